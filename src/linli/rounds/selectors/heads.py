"""The rounds of a community, and how to tell that something about one has changed."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.rounds.access import access_round
from linli.rounds.heads import RoundHead, head_of
from linli.rounds.models import Round, Target
from linli.rounds.rules.account import LEAVING

CLOSED_SHOWN = 30


def rounds_of(actor: Actor, community: int, *, before: UUID | None = None) -> tuple[RoundHead, ...]:
    """Return the open rounds of a community, then the latest closed ones, each newest first (figures_read).

    Of closed live rounds and of closed drills at most CLOSED_SHOWN each. `before` is a round: then only closed ones of
    its sort, live or drill, that began before it. Open rounds are counted, closed ones say what their report says: the
    same number of queries, however many there were. Raises Refused, NotFound.
    """
    with in_community(actor, Right.FIGURES_READ, community):
        rounds = Round.objects.filter(community=community).order_by("-t0", "-id")
        closed = rounds.exclude(state=Round.State.OPEN)
        if before is not None:
            return _closed(
                _began_before(closed, access_round(actor, before, right=Right.FIGURES_READ), community)[:CLOSED_SHOWN]
            )
        return (
            *_counted(community, list(rounds.filter(state=Round.State.OPEN))),
            *_closed(closed.filter(is_drill=False)[:CLOSED_SHOWN]),
            *_closed(closed.filter(is_drill=True)[:CLOSED_SHOWN]),
        )


def round_head(actor: Actor, round_id: UUID) -> RoundHead:
    """Return one round, however long ago it was (figures_read). Raises Refused, NotFound."""
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        (head,) = _closed([round]) if round.is_closed else _counted(round.community, [round])
    return head


def count_live_rounds(actor: Actor, community: int) -> int:
    """Return how many rounds a community has had, drills apart (figures_read). Raises Refused, NotFound."""
    with in_community(actor, Right.FIGURES_READ, community):
        return Round.objects.filter(community=community, is_drill=False).count()


def _began_before(closed: QuerySet[Round], last: Round, community: int) -> QuerySet[Round]:
    if last.community != community:
        raise NotFound
    earlier = Q(t0__lt=last.t0) | Q(t0=last.t0, pk__lt=last.pk)
    return closed.filter(earlier, is_drill=last.is_drill)


def _closed(rounds: Iterable[Round]) -> tuple[RoundHead, ...]:
    return tuple(head_of(round, round.report["expected"], round.report["outstanding"]) for round in rounds)


def _counted(community: int, rounds: list[Round]) -> tuple[RoundHead, ...]:
    targets = Target.objects.filter(community=community, round__in=rounds).order_by().values_list("round_id")
    left = Count("id", filter=Q(outcome__in=LEAVING))
    rows = targets.annotate(all=Count("id"), left=left, open=Count("id", filter=Q(outcome=None)))
    counts = {round: (all - left, open) for round, all, left, open in rows}
    return tuple(head_of(round, *counts.get(round.pk, (0, 0))) for round in rounds)


def round_version(actor: Actor, round_id: UUID) -> str:
    """Return a text that changes whenever the board of a round may have: for ETags (figures_read).

    Every service writes into the community's audit chain, so its last number is enough; waiting people wait longer each
    minute, so an open round has a new version each minute. Raises Refused, NotFound.
    """
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        last = AuditEntry.objects.filter(community=round.community).aggregate(last=Max("number"))["last"] or 0
    ticking = not round.is_closed and not round.is_drill
    minute = int(clock.now().timestamp()) // 60 if ticking else 0
    return f"{round.pk.hex}-{last}-{minute}"
