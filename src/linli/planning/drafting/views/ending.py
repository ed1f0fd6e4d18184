"""Everything about a draft on one page, and what is done with it: the round is opened, or the draft is thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.drafting.checking import Problem
from linli.planning.drafting.forms import StepForm
from linli.planning.drafting.selectors import draft_seen, review, scope_names, staff_seen, venues_to_choose
from linli.planning.drafting.services import discard_draft, open_draft
from linli.planning.drafting.told import Step
from linli.planning.drafting.views.frame import ADDRESS, around_draft, elsewhere
from linli.planning.drafting.wording import STEPS
from linli.rounds.models import Round
from linli.rounds.reasons import SETTLED


@requires(Right.ROUND_OPEN)
@never_cache
@require_GET
def draft(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Show everything that was settled, what stands against opening the round, and what has changed meanwhile."""
    actor, seen = request.actor, draft_seen(request.actor, draft_id)
    found = review(actor, seen)
    desks = seen.told.sites.desks if seen.told.sites else {}
    context = {
        **around_draft(request, seen, Step.REVIEW),
        "found": found,
        "stops": [_where(seen.id, each) for each in found.stops],
        "notes": [_where(seen.id, each) for each in found.notes],
        "form": StepForm(initial={"version": seen.version}),
        "kind": Round.Kind(seen.told.what.kind).label,
        "places": scope_names(actor, seen),
        "reasons": [(SETTLED[code], count) for code, count in sorted(found.targets.reasons.items())]
        if found.targets
        else [],
        "venues": [(each.name, desks[each.pk]) for each in venues_to_choose(actor, seen.community) if each.pk in desks],
        "staff": staff_seen(actor, seen) if found.rules else None,
    }
    return elsewhere(request, seen) or render(request, "planning/draft.html", context)


def _where(draft_id: UUID, problem: Problem) -> dict[str, str]:
    """Return a problem with the page where it is put right."""
    url = reverse(ADDRESS[problem.step], args=[draft_id])
    return {"text": problem.text, "url": url, "label": str(STEPS[problem.step])}


@requires(Right.ROUND_OPEN)
@never_cache
@require_POST
def draft_open(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Have the round opened, or say on the draft's page why not."""
    form = StepForm(request.POST)
    version = form.seen_version if form.is_valid() else 0
    try:
        work = open_draft(request.actor, draft_id, version)
    except (Invalid, Conflict) as refusal:
        messages.error(request, str(refusal))
        return redirect("planning:draft", draft_id)
    return redirect("round_opening", opening_id=work.pk)


@requires(Right.ROUND_OPEN)
@never_cache
@require_POST
def draft_discard(request: LinliRequest, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    community = discard_draft(request.actor, draft_id)
    messages.success(request, _("The draft was discarded. No round was opened."))
    return redirect("round_list", community=community)
