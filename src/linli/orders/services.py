"""The only writer of rule packs."""

from django.utils.translation import gettext_lazy as _

from linli.core import audit, locks
from linli.core.actors import Actor
from linli.core.divisions import EVERYWHERE
from linli.core.errors import Conflict, Refused
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope
from linli.orders.models import RulePack
from linli.orders.shipped import shipped_packs

_KEPT = ("name_zh", "name_en", "effective_from", "effective_to", "source", "rules", "sources")


class RulePackChanged(Conflict):
    """A version that is already in the database says something else now."""

    code = "rule_pack_changed"
    message = _("Rule pack %(code)s version %(version)s is already stored with other contents. Give it a new version.")


def load_shipped_packs(actor: Actor) -> tuple[RulePack, ...]:
    """Store the shipped rule packs that are not there yet and return them; those that are there stay as they are.

    An administrator's act (users_manage), run after each migration. Writes RulePack, and one audit entry when something
    is new. Raises Refused, or RulePackChanged when a stored version differs: a version is never edited (R85, R211).
    """
    if not actor.has_all(Right.USERS_MANAGE, EVERYWHERE):
        raise Refused
    with installation_scope():
        locks.hold("rule packs")
        new = tuple(pack for pack in shipped_packs() if _is_new(pack))
        if new:
            RulePack.objects.bulk_create(new)
            audit.record(
                actor, "load_shipped_packs", community=NO_COMMUNITY, right=Right.USERS_MANAGE, object_type="rule_pack",
                after={"packs": [f"{pack.code} {pack.version}" for pack in new]},
            )  # fmt: skip
    return new


def _is_new(pack: RulePack) -> bool:
    stored = RulePack.objects.filter(code=pack.code, version=pack.version).first()
    if stored is None:
        return True
    if any(getattr(stored, name) != getattr(pack, name) for name in _KEPT):
        raise RulePackChanged(code=pack.code, version=pack.version)
    return False
