"""Ask for a round to be opened and planned, do it, stop it."""

from dataclasses import replace
from uuid import UUID

from linli.core import audit, clock, jobs, locks
from linli.core.actors import Actor
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.core.working import Tell
from linli.places.scope import in_community
from linli.planning.access import access_opening
from linli.planning.drafting.ending import end_draft
from linli.planning.opening.errors import OpeningEnded, OpeningStopped, OpeningUnderWay
from linli.planning.opening.selectors import UNDER_WAY
from linli.planning.opening.wish import FREEZING, PLANNING, ROUND_OPENING, STEPS, STORING, TASK, Wish, wish_of
from linli.planning.selectors import latest_plan
from linli.planning.services import plan_round
from linli.rounds.models import Round
from linli.rounds.new_round import checked_round
from linli.rounds.services import open_round


def ask_round(actor: Actor, community: int, wish: Wish) -> Work:
    """Ask for a round to be opened in the background, as ordered now; return the work to watch, the same when asked twice.

    For who may open rounds (round_open). Writes one audit entry beside those of opening and planning. Raises what
    open_round does before it reads the register, and OpeningUnderWay when another round of the community is being opened.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        locks.hold("asking for a round", community)
        asked = Work.objects.filter(community=community, kind=ROUND_OPENING).order_by("-id")
        same: Work | None = asked.filter(
            arguments__id=str(wish.new.id), state__in=(*UNDER_WAY, Work.State.DONE)
        ).first()
        if same is not None:
            return same
        if other := asked.filter(state__in=UNDER_WAY).first():
            raise OpeningUnderWay(name=wish_of(other).new.name)
        checked_round(actor, community, wish.new)
        told = replace(wish, new=replace(wish.new, ordered_at=wish.new.ordered_at or clock.now())).as_arguments()
        work = jobs.ask(actor, community, ROUND_OPENING, TASK, **told)
        audit.record(
            actor, "round_opening_asked", community=community, right=Right.ROUND_OPEN, object_type="work",
            object_id=work.pk, after=told,
        )  # fmt: skip
    return work


def open_wished_round(actor: Actor, community: int, wish: Wish, tell: Tell) -> Round:
    """Open a round and plan it, as one act: when no plan fits or somebody stops it, there is no round.

    For who may open rounds (round_open), and plan (plan_write) when it is to be planned. Whoever its draft names gets the
    role their post needs until it closes. Doing it twice does it once. It has no audit entry of its own beside those of
    open_round, plan_round and the roles. Raises what these raise, and OpeningStopped.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        _go_on(tell, FREEZING)
        opened = open_round(actor, community, wish.new)
        if wish.planned and latest_plan(actor, opened.pk) is None:
            _go_on(tell, PLANNING)
            plan_round(actor, opened.pk, chosen=wish.chosen)
        end_draft(actor, opened)
        _go_on(tell, STORING)
    return opened


def stop_opening(actor: Actor, work_id: UUID) -> Work:
    """Ask the opening of a round to stop at its next step; there is no round then.

    For who may open rounds (round_open). Writes one audit entry. Raises NotFound, and OpeningEnded when it has ended.
    """
    with scoped(actor, Right.ROUND_OPEN):
        work = access_opening(actor, work_id).work
        asked = Work.objects.filter(pk=work_id, state__in=UNDER_WAY)
        if not asked.update(state=Work.State.STOPPED, changed_at=clock.now()):
            raise OpeningEnded
        audit.record(
            actor, "round_opening_stopped", community=work.community, right=Right.ROUND_OPEN, object_type="work",
            object_id=work_id,
        )  # fmt: skip
    return work


def _go_on(tell: Tell, step: int) -> None:
    if not tell(step, STEPS):
        raise OpeningStopped
