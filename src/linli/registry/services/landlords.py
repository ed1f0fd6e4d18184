"""Who lets a dwelling, corrected by hand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, crypto, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.models import Dwelling
from linli.places.services import save_dwellings
from linli.registry.intake.particulars import phones_sealed, phones_unsealed
from linli.registry.turns import editing
from linli.registry.versions import version_of


@dataclass(frozen=True)
class LandlordWords:
    """What somebody says about a landlord. None leaves a field as it is; empty ones remove the landlord."""

    name: str | None = None
    phones: tuple[str, ...] | None = None


REMOVED = LandlordWords("", ())


def edit_landlord(actor: Actor, dwelling_id: UUID, words: LandlordWords, *, version: str | None = None) -> Dwelling:
    """Set, change or remove the landlord of a dwelling (R39).

    For who holds person_write there. The next ledger that says something else is listed as a conflict. Writes the
    dwelling and, when anything has changed, one audit entry. Raises NotFound, Invalid for a name that is too long, Conflict
    where `version` is given and somebody or an import has changed the dwelling since, RegisterBusy.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = access_dwelling(actor, dwelling_id, right=Right.PERSON_WRITE).community
        with editing(community):
            locks.hold("dwelling", dwelling_id)
            dwelling = access_dwelling(actor, dwelling_id, right=Right.PERSON_WRITE)
            if version not in (None, version_of(dwelling)):
                raise Conflict
            before = {"landlord_name": dwelling.landlord_name}
            changed = _tell(dwelling, words)
            if changed:
                save_dwellings(actor, community, [dwelling], right=Right.PERSON_WRITE)
                audit.record(
                    actor, "landlord_edited", community=community, right=Right.PERSON_WRITE, object_type="dwelling",
                    object_id=dwelling_id, before=before, after=changed,
                )  # fmt: skip
    return dwelling


def _tell(dwelling: Dwelling, words: LandlordWords) -> dict[str, Any]:
    """Put what somebody says into the row; return what it changes, phones masked."""
    changed: dict[str, Any] = {}
    name = dwelling.landlord_name if words.name is None else words.name.strip()
    _refuse_too_long(name)
    if name != dwelling.landlord_name:
        dwelling.landlord_name = changed["landlord_name"] = name
    if words.phones is not None and words.phones != phones_unsealed(dwelling.landlord_phones):
        dwelling.landlord_phones = phones_sealed(words.phones)
        changed["landlord_phones"] = list(map(crypto.mask_phone, words.phones))
    return changed


def _refuse_too_long(name: str) -> None:
    most = Dwelling.landlord_name.field.max_length
    if most and len(name) > most:
        raise Invalid(
            _("“%(read)s…” is too long: at most %(most)s characters."), code="too_long", read=name[:20], most=most
        )
