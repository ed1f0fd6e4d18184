"""The rounds of a community, and asking for a new one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.access import access_opening
from linli.planning.opening.selectors import opening_under_way
from linli.planning.opening.services import ask_round
from linli.rounds.selectors import CLOSED_SHOWN, RoundHead, count_live_rounds, rounds_of
from linli.situation.access import access_community
from linli.situation.forms import NewRoundForm, proposal, proposal_again
from linli.situation.selectors.compounds import compounds_of_community
from linli.situation.views.frame import around_community


@requires(Right.FIGURES_READ)
@require_GET
def round_list(request: LinliRequest, community: int) -> HttpResponse:
    """List the rounds of a community, drills apart; of closed ones the latest, or those before one of them."""
    division = access_community(request.actor, community, right=Right.FIGURES_READ)
    before = _id_of(request.GET.get("before"))
    found = rounds_of(request.actor, community, before=before)
    rounds = [each for each in found if not each.is_drill]
    drills = [each for each in found if each.is_drill]
    context = {
        **around_community(request.actor, community, division.name),
        "rounds": rounds,
        "drills": drills,
        "before": before,
        "earlier_round": _last_of_many(rounds),
        "earlier_drill": _last_of_many(drills),
        "running": sum(not each.is_closed and not each.is_drill for each in found),
        "opening": opening_under_way(request.actor, community),
    }
    return render(request, "situation/rounds.html", context)


def _id_of(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error


def _last_of_many(rounds: list[RoundHead]) -> UUID | None:
    """Return the last of as many closed rounds as are shown at most: there may be earlier ones."""
    closed = [each.id for each in rounds if each.is_closed]
    return closed[-1] if len(closed) >= CLOSED_SHOWN else None


@requires(Right.ROUND_OPEN)
@require_http_methods(["GET", "POST"])
def round_new(request: LinliRequest, community: int) -> HttpResponse:
    """Ask for a round's name, deadline and compounds, and have it opened; `again` is one that could not be opened."""
    actor = request.actor
    division = access_community(actor, community, right=Right.ROUND_OPEN)
    if request.method == "GET" and (opening := opening_under_way(actor, community)):
        return redirect("round_opening", opening_id=opening.work.pk)
    form = NewRoundForm(
        request.POST or None,
        initial=_initial(request, community),
        compounds=compounds_of_community(actor, community),
        may_plan=actor.has(Right.PLAN_WRITE, community),
    )
    if request.method == "POST" and form.is_valid():
        work = _ask(request, community, form)
        if work is not None:
            return redirect("round_opening", opening_id=work.pk)
    context = {**around_community(actor, community, division.name), "form": form}
    return render(request, "situation/round_new.html", context, status=422 if form.errors else 200)


def _initial(request: LinliRequest, community: int) -> dict[str, Any]:
    again = _id_of(request.GET.get("again"))
    if again is None:
        return proposal(count_live_rounds(request.actor, community))
    return proposal_again(access_opening(request.actor, again).wish)


def _ask(request: LinliRequest, community: int, form: NewRoundForm) -> Work | None:
    """Ask for the round, or let the form say why it cannot be opened."""
    try:
        return ask_round(request.actor, community, form.wish())
    except (Invalid, Conflict) as refusal:
        form.add_error(None, str(refusal))
        return None
