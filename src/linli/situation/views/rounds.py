"""The rounds of a community, and opening a new one."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.errors import Invalid, NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.selectors import latest_plan
from linli.planning.services import plan_round
from linli.rounds.errors import RoundAlreadyOpen
from linli.rounds.models import Round
from linli.rounds.selectors import CLOSED_SHOWN, RoundHead, count_live_rounds, rounds_of
from linli.rounds.services import open_round
from linli.situation.access import access_community
from linli.situation.forms import NewRoundForm, proposal
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
    """Ask for a round's name, deadline and compounds, and open it."""
    actor = request.actor
    division = access_community(actor, community, right=Right.ROUND_OPEN)
    form = NewRoundForm(
        request.POST or None,
        initial=proposal(count_live_rounds(actor, community)),
        compounds=compounds_of_community(actor, community),
        may_plan=actor.has(Right.PLAN_WRITE, community),
    )
    if request.method == "POST" and form.is_valid():
        opened = _open(request, community, form)
        if opened is not None:
            return redirect("round_board", round_id=opened.pk)
    context = {**around_community(actor, community, division.name), "form": form}
    return render(request, "situation/round_new.html", context, status=422 if form.errors else 200)


def _open(request: LinliRequest, community: int, form: NewRoundForm) -> Round | None:
    """Open and plan a round as one act: when no plan fits, nothing is opened and the form says why."""
    try:
        with transaction.atomic():
            opened = open_round(request.actor, community, form.new_round())
            if form.plans and latest_plan(request.actor, opened.pk) is None:
                plan_round(request.actor, opened.pk)
    except (Invalid, RoundAlreadyOpen) as refusal:
        form.add_error(None, str(refusal))
        return None
    return opened
