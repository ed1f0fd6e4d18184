"""Whether a round may be opened as it was asked for."""

from datetime import datetime

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.orders.models import RulePack
from linli.orders.rules import pack_is_in_force
from linli.orders.selectors import NoRulePack, rule_pack_in_force
from linli.rounds.asked import NewRound
from linli.rounds.errors import (
    FrozenAhead,
    RoundAlreadyOpen,
    RoundTimesWrong,
    RoundTooLong,
    RoundUnnamed,
    UnknownCompound,
)
from linli.rounds.models import Round
from linli.rounds.register import scope_exists, scope_in
from linli.rounds.rules.fact import CLOCKS_DIFFER
from linli.rounds.rules.times import LONGEST, decide_times

NAME_AT_MOST = 120


def checked_round(actor: Actor, community: int, new: NewRound) -> Round:
    """Return the round that was asked for, not stored yet. Call inside a scope.

    Raises NotFound, RoundUnnamed, RoundTimesWrong, RoundTooLong, FrozenAhead, UnknownCompound, NoRulePack,
    RoundAlreadyOpen.
    """
    if not 0 < len(new.name.strip()) <= NAME_AT_MOST:
        raise RoundUnnamed(most=NAME_AT_MOST)
    t0 = new.t0 or clock.now()
    ordered_at = new.ordered_at or t0
    _refuse_times(ordered_at, t0, new.deadline)
    if not new.is_drill and t0 > clock.now() + CLOCKS_DIFFER:
        raise FrozenAhead
    if not scope_exists(community, new.scope):
        raise UnknownCompound
    rule_pack = _rule_pack(actor, new, t0)
    _refuse_second(community, new)
    return Round(
        id=new.id,
        community=community,
        kind=new.kind,
        name=new.name.strip(),
        is_drill=new.is_drill,
        t0=t0,
        deadline=new.deadline,
        ordered_at=ordered_at,
        rule_pack=rule_pack,
        opened_by=actor.name,
        followed_at=clock.now(),
        settings=dict(new.settings),
    )


def _refuse_times(ordered_at: datetime, t0: datetime, deadline: datetime) -> None:
    wrong = decide_times(ordered_at, t0, deadline)
    if wrong == "round_too_long":
        raise RoundTooLong(days=LONGEST.days)
    if wrong:
        raise RoundTimesWrong


def _refuse_second(community: int, new: NewRound) -> None:
    if new.is_drill or new.another:
        return
    alike = Round.objects.filter(community=community, kind=new.kind, is_drill=False, state=Round.State.OPEN)
    for round in alike.prefetch_related("scopes"):
        if scope_in(round.scopes.all()).places == new.scope.places:
            raise RoundAlreadyOpen(name=round.name)


def _rule_pack(actor: Actor, new: NewRound, t0: datetime) -> RulePack:
    """Return the pack asked for, which a live round may use only while it is in force, or the one in force."""
    day = t0.astimezone(clock.local_zone()).date()
    if new.rule_pack is None:
        return rule_pack_in_force(actor, day)
    pack = RulePack.objects.filter(pk=new.rule_pack).first()
    if pack is None:
        raise NotFound
    if not new.is_drill and not pack_is_in_force(pack.effective_from, pack.effective_to, day):
        raise NoRulePack(day=day)
    return pack
