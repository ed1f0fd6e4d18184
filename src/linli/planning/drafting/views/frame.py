"""What the pages of a draft share: names, crumbs, steps, and saving one of them."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.web import LinliRequest
from linli.places.selectors import community_name
from linli.planning.drafting.errors import DraftChanged, DraftOpened
from linli.planning.drafting.forms import StepForm
from linli.planning.drafting.selectors import DraftSeen, draft_seen
from linli.planning.drafting.services import save_part
from linli.planning.drafting.told import Part, Step

ADDRESS = {step: f"planning:draft_{step}" for step in Step} | {Step.REVIEW: "planning:draft"}


def around_draft(request: LinliRequest, seen: DraftSeen, step: Step) -> dict[str, Any]:
    """Return the frame of a page about a step of a draft."""
    actor, community = request.actor, seen.community
    name = community_name(actor, community)
    above = reverse("community_home" if actor.has(Right.PLACES_READ, community) else "round_list", args=[community])
    steps = [{"seen": each, "url": reverse(ADDRESS[each.step], args=[seen.id])} for each in seen.steps]
    return {
        "community": community,
        "community_name": name,
        "crumbs": [{"url": above, "label": name}, {"url": reverse("round_list", args=[community]), "label": seen.name}],
        "seen": seen,
        "steps": steps,
        "step": step,
        "step_number": list(Step).index(step) + 1,
    }


def elsewhere(request: LinliRequest, seen: DraftSeen) -> HttpResponse | None:
    """Lead who looks at the draft of a round that is open, or is being opened, to where that is."""
    if request.method != "GET" or not seen.is_settled:
        return None
    if seen.draft.opened_at:
        return redirect("round_board", round_id=seen.id)
    assert seen.opening
    return redirect("round_opening", opening_id=seen.opening.pk)


def to_next(seen: DraftSeen, step: Step) -> HttpResponse:
    """Lead on to the step behind this one."""
    order = list(Step)
    return redirect(ADDRESS[order[order.index(step) + 1]], seen.id)


def saved(request: LinliRequest, seen: DraftSeen, form: StepForm, part: Part) -> bool:
    """Save a step, or let its form say why that is not done; what was entered stays, beside what others have done."""
    try:
        save_part(request.actor, seen.id, part, form.seen_version)
    except DraftOpened:
        raise
    except (Invalid, Conflict) as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, DraftChanged):
            carry(form, "version", draft_seen(request.actor, seen.id).version)
        return False
    return True


def carry(form: Form, name: str, value: object) -> None:
    """Have the page carry something as it is now: who sends it again means it."""
    assert isinstance(form.data, QueryDict)
    sent = form.data.copy()
    sent[name] = str(value)
    form.data = sent


def status_of(form: Form) -> int:
    """Return the status of a page with this form."""
    return Invalid.status if form.errors else 200
