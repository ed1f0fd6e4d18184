"""The rounds of a community, and asking for a new one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.orders.selectors import rule_packs_now
from linli.planning.drafting.forms import WhatForm, proposed_what
from linli.planning.drafting.selectors import drafts_of, drafts_open
from linli.planning.drafting.services import begin_draft
from linli.planning.opening.selectors import opening_under_way
from linli.rounds.selectors import CLOSED_SHOWN, RoundHead, count_live_rounds, rounds_of
from linli.situation.access import access_community
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
        "drafts": drafts_open(request.actor, community),
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
    """Begin to prepare a round with its name, rules and times, or go on with one that somebody has begun."""
    actor = request.actor
    division = access_community(actor, community, right=Right.ROUND_OPEN)
    if request.method == "GET" and (opening := opening_under_way(actor, community)):
        return redirect("round_opening", opening_id=opening.work.pk)
    initial = proposed_what(count_live_rounds(actor, community))
    form = WhatForm(request.POST or None, initial=initial, packs=rule_packs_now(actor))
    if request.method == "POST" and form.is_valid():
        draft = begin_draft(actor, community, form.draft_id(), form.what())
        return redirect("planning:draft_scope", draft_id=draft.pk)
    context = {
        **around_community(actor, community, division.name),
        "form": form,
        "drafts": drafts_of(actor, community),
    }
    return render(request, "situation/round_new.html", context, status=422 if form.errors else 200)
