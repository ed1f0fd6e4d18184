"""What stands against opening a round as its draft says, what has changed meanwhile, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.models import Work
from linli.places.models import Venue
from linli.planning.drafting.plans import error_text
from linli.planning.drafting.reading import (
    chosen_sites,
    latest_work,
    new_round,
    plan_basis,
    rules_for,
    scope_digest,
    told_of,
)
from linli.planning.drafting.rules import decide_sites, decide_what
from linli.planning.drafting.staff import refuse_roles
from linli.planning.drafting.told import Step, Told
from linli.planning.drafting.wording import WRONG
from linli.planning.models import RoundDraft
from linli.rounds.errors import NobodyInScope, RoundAlreadyOpen
from linli.rounds.models import Round
from linli.rounds.new_round import checked_round
from linli.rounds.selectors.ahead import TargetsAhead, targets_ahead


@dataclass(frozen=True)
class Problem:
    """Something about a draft: the step where it is put right, in a sentence, and whether the round can open all the same."""

    step: Step
    text: str
    stops: bool = True


def stops_of(actor: Actor, draft: RoundDraft) -> list[Problem]:
    """Return what stands against opening the round now. Call inside a scope."""
    told = told_of(draft)
    found = [*_missing(told), *_of_what(told), *_of_sites(draft, told)]
    return found or [*_of_round(actor, draft, told), *_of_plan(draft, told), *_of_staff(actor, draft, told)]


def notes_of(actor: Actor, draft: RoundDraft, targets: TargetsAhead | None) -> list[Problem]:
    """Return what has changed since a step was looked at, and does not keep the round from opening. Call inside a scope."""
    told = told_of(draft)
    return [
        *_of_targets(draft, told, targets),
        *_of_other_rounds(draft),
        *_of_plan_age(draft, targets),
        *_of_notice(draft, told),
    ]


def targets_of(actor: Actor, draft: RoundDraft) -> TargetsAhead | None:
    """Return whom the round would reach now; None when its scope covers nothing any more. Call inside a scope."""
    try:
        return targets_ahead(actor, draft.community, new_round(draft, told_of(draft)))
    except LinliError:
        return None


def _missing(told: Told) -> Iterator[Problem]:
    if told.scope is None:
        yield Problem(Step.SCOPE, _("Say whom the round is for: everybody, or some places."))
    if told.sites is None:
        yield Problem(Step.SITES, _("Say where and when the sites open."))


def _of_what(told: Told) -> Iterator[Problem]:
    for _box, code in decide_what(told.what, clock.now()):
        yield Problem(Step.WHAT, str(WRONG[code]))


def _of_sites(draft: RoundDraft, told: Told) -> Iterator[Problem]:
    if told.sites:
        room = dict(Venue.objects.filter(community=draft.community).values_list("id", "desks_at_most"))
        for _box, code in decide_sites(told.sites, told.what.deadline, room, clock.now()):
            yield Problem(Step.SITES, str(WRONG[code]))


def _of_round(actor: Actor, draft: RoundDraft, told: Told) -> Iterator[Problem]:
    """Say what opening it would answer."""
    try:
        checked_round(actor, draft.community, new_round(draft, told))
        if not targets_ahead(actor, draft.community, new_round(draft, told)).targets:
            raise NobodyInScope
    except RoundAlreadyOpen as refusal:
        yield Problem(Step.SCOPE, str(refusal))
    except LinliError as refusal:
        yield Problem(_STEP_OF.get(refusal.error_code, Step.SCOPE), str(refusal))


_STEP_OF = {"no_rule_pack": Step.WHAT, "not_found": Step.WHAT, "round_unnamed": Step.WHAT}


def _of_plan(draft: RoundDraft, told: Told) -> Iterator[Problem]:
    work = latest_work(draft)
    if chosen_sites(told) and work and work.error and work.arguments["basis"] == plan_basis(draft):
        yield Problem(Step.PLAN, error_text(work))


def _of_staff(actor: Actor, draft: RoundDraft, told: Told) -> Iterator[Problem]:
    """Say whom somebody would need to give a role that whoever opens the round may not give."""
    if not told.staff:
        return
    try:
        refuse_roles(actor, draft, told.staff)
    except LinliError as refusal:
        yield Problem(Step.STAFF, str(refusal))


def _of_targets(draft: RoundDraft, told: Told, targets: TargetsAhead | None) -> Iterator[Problem]:
    seen = told.seen
    if targets is None or seen is None:
        return
    if seen.scope != scope_digest(draft):
        yield Problem(
            Step.TARGETS, _("The scope has changed since the targets were looked at. Look at them again."), stops=False
        )
    elif seen.digest != targets.digest:
        text = _(
            "The ledger has changed since the targets were looked at: %(people)d people then, %(now)d now; expected "
            "%(expected)d then, %(expected_now)d now. Look at them again."
        )
        told_now = {
            "people": seen.people, "now": len(targets.targets), "expected": seen.expected,
            "expected_now": targets.expected,
        }  # fmt: skip
        yield Problem(Step.TARGETS, text % told_now, stops=False)


def _of_other_rounds(draft: RoundDraft) -> Iterator[Problem]:
    running = Round.objects.filter(community=draft.community, is_drill=False, state=Round.State.OPEN)
    for round in running.exclude(pk=draft.pk).order_by("t0"):
        text = _("The round “%(name)s” is open too. Who lives in both is called twice: compare the scopes.")
        yield Problem(Step.SCOPE, text % {"name": round.name}, stops=False)


def _of_plan_age(draft: RoundDraft, targets: TargetsAhead | None) -> Iterator[Problem]:
    work = latest_work(draft)
    if work is None or work.state != Work.State.DONE or targets is None or work.arguments["basis"] != plan_basis(draft):
        return
    if work.result["digest"] != targets.digest:
        text = _(
            "The ledger has changed since the plan was made. It is made anew as the round opens; plan again to see it."
        )
        yield Problem(Step.PLAN, text, stops=False)


def _of_notice(draft: RoundDraft, told: Told) -> Iterator[Problem]:
    if told.notice and told.notice.basis != notice_basis(draft):
        text = _("Times or places have changed since the notice was written. Fill it again, or read it over.")
        yield Problem(Step.NOTICE, text, stops=False)


def notice_basis(draft: RoundDraft) -> str:
    """Return a text that changes with whatever the notice is filled from."""
    what, basis, plan = draft.told[Step.WHAT], plan_basis(draft), latest_work(draft)
    is_made = plan is not None and plan.state == Work.State.DONE and plan.arguments["basis"] == basis
    return f"{basis}/{plan.pk if plan and is_made else 'no plan'}/{what['name']}/{what['deadline']}"


def rules_name(actor: Actor, draft: RoundDraft) -> str:
    """Return the name of the rules that the round would run by; empty when none holds."""
    try:
        return rules_for(actor, told_of(draft)).name
    except LinliError:
        return ""
