"""Which rule packs there are and which one holds."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.orders.models import RulePack
from linli.orders.rules import pack_is_in_force


class NoRulePack(NotFound):
    """No rule pack holds on the day asked for."""

    code = "no_rule_pack"
    message = _("There is no rule pack in force on %(day)s. Choose one that is, or run a drill.")


def rule_packs(actor: Actor) -> tuple[RulePack, ...]:
    """Return every version of every rule pack, newest first. Anybody with an account may read them."""
    del actor
    return tuple(RulePack.objects.order_by("-effective_from", "code", "-version"))


def rule_packs_now(actor: Actor) -> tuple[RulePack, ...]:
    """Return the rule packs that hold today, the latest to begin first. Anybody with an account may read them."""
    today = clock.today()
    return tuple(pack for pack in rule_packs(actor) if pack_is_in_force(pack.effective_from, pack.effective_to, today))


def rule_pack_in_force(actor: Actor, day: date, *, code: str | None = None) -> RulePack:
    """Return the rule pack that holds on a day: the latest to begin, its highest version; of one code where given.

    Raises NoRulePack.
    """
    del actor
    holds = RulePack.objects.filter(Q(effective_to=None) | Q(effective_to__gt=day), effective_from__lte=day)
    if code is not None:
        holds = holds.filter(code=code)
    found = holds.order_by("-effective_from", "-version", "code").first()
    if found is None:
        raise NoRulePack(day=day)
    return found


def rule_pack_named(actor: Actor, code: str, *, version: int | None = None) -> RulePack:
    """Return a version of a pack, by default its highest, whether it is in force or not (drills). Raises NotFound."""
    del actor
    named = RulePack.objects.filter(code=code)
    if version is not None:
        named = named.filter(version=version)
    found = named.order_by("-version").first()
    if found is None:
        raise NotFound
    return found
