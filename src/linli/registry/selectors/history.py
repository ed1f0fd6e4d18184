"""What was done with a person or a dwelling in Linli, by whom and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.core import audit
from linli.core.actors import Actor
from linli.core.crypto import KeyUnusable
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.models import Dwelling
from linli.registry.access import access_person
from linli.registry.masking import masked
from linli.registry.models import Person

_SHOWN = 50
_EDITS = ("person_edited", "landlord_edited")


@dataclass(frozen=True)
class Act:
    """One entry of the audit chain about a person or dwelling; `changed` names the fields that were edited."""

    at: datetime
    actor: str
    action: str
    reason: str
    changed: tuple[str, ...]


def person_history(actor: Actor, person_id: UUID) -> list[Act]:
    """Return what was done with a person, newest first, for who holds audit_read there. Raises NotFound."""
    with scoped(actor, Right.AUDIT_READ):
        return _acts(access_person(actor, person_id, right=Right.AUDIT_READ))


def dwelling_history(actor: Actor, dwelling_id: UUID) -> list[Act]:
    """Return what was done with a dwelling, newest first, for who holds audit_read there. Raises NotFound."""
    with scoped(actor, Right.AUDIT_READ):
        return _acts(access_dwelling(actor, dwelling_id, right=Right.AUDIT_READ))


def _acts(row: Person | Dwelling) -> list[Act]:
    about = AuditEntry.objects.filter(community=row.community, object_id=row.pk)
    entries = list(about.order_by("-number")[:_SHOWN])
    return [_act(entry, detail) for entry, detail in zip(entries, _details(entries), strict=True)]


def _act(entry: AuditEntry, detail: dict[str, Any]) -> Act:
    before, after = detail.get("before") or {}, detail.get("after") or {}
    edited = entry.action in _EDITS
    changed = tuple(name for name, value in after.items() if edited and before.get(name, "") != value)
    return Act(entry.at, entry.actor, entry.action, masked(str(detail.get("reason") or "")), changed)


def _details(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    try:
        return audit.details_of(entries)
    except KeyUnusable:
        return [{} for _entry in entries]
