"""The sampling desk: find a household, register who of it is here, take it back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.errors import Invalid, LinliError
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.registry.errors import TooManyNumbers
from linli.rounds.asked import AtDesk, Receipt
from linli.rounds.forms import read_ids, read_registered
from linli.rounds.selectors.desk import Found, Household, household_with
from linli.rounds.services import find_households, register_at_desk, take_back_facts
from linli.rounds.views.frame import Seat, around_round, seat_of


@requires(Right.FACT_RECORD)
@never_cache
@require_GET
def desk(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the desk; `target` opens a household at once."""
    seat = seat_of(request, round_id)
    if seat is None or seat.site.round.is_closed:
        return redirect("rounds:sites", round_id)
    asked = request.GET.get("target", "")
    household = household_with(request.actor, round_id, read_ids([asked])) if asked else None
    return _page(request, seat, {"household": household})


@requires(Right.FACT_RECORD)
@never_cache
@require_POST
def find(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Find by what was typed or scanned, or open the household that was chosen.

    Names and numbers come in the body only, so that no history, log or address bar keeps them.
    """
    seat = seat_of(request, round_id)
    if seat is None:
        return _sit_down_first(request, round_id)
    chosen = request.POST.get("target")
    if chosen:
        return _answer(request, seat, {"household": household_with(request.actor, round_id, read_ids([chosen]))})
    words = request.POST.get("q", "")
    try:
        found = find_households(request.actor, round_id, words)
    except TooManyNumbers as error:
        return _refusal(request, seat, error)
    return _answer(request, seat, {"words": words, **_found(found)})


def _found(found: Found) -> dict[str, Any]:
    """Open the household at once when it is the only one."""
    return {"household": found.households[0]} if found.count == 1 else {"found": found}


@requires(Right.FACT_RECORD)
@never_cache
@require_POST
def register(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Store what the button of a household says, and show what became of it in its place."""
    seat = seat_of(request, round_id)
    if seat is None:
        return _sit_down_first(request, round_id)
    try:
        registered = read_registered(request.POST, seat.site.pk, seat.desk)
        receipts = register_at_desk(request.actor, round_id, registered)
    except LinliError as error:
        return _refusal(request, seat, error)
    household = household_with(request.actor, round_id, [person.target for person in registered.people])
    return _answer(request, seat, {"registered": _registered(household, registered, receipts)})


def _registered(household: Household, registered: AtDesk, receipts: list[Receipt]) -> dict[str, Any]:
    taken = [
        person
        for person, receipt in zip(registered.people, receipts, strict=True)
        if receipt.answer in ("stored", "duplicate")
    ]
    targets = {person.target for person in taken}
    return {
        "household": household,
        "people": [member for member in household.members if member.id in targets],
        "at": registered.pressed,
        "facts": [id for person in taken for id in (person.specimen, person.arrival)],
        "remarks": sorted({receipt.code for receipt in receipts if receipt.code}),
    }


@requires(Right.FACT_RECORD)
@never_cache
@require_POST
def take_back(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Take back what was just registered, and show the household as it is again."""
    seat = seat_of(request, round_id)
    if seat is None:
        return _sit_down_first(request, round_id)
    try:
        targets = take_back_facts(request.actor, round_id, read_ids(request.POST.getlist("fact")))
    except LinliError as error:
        return _refusal(request, seat, error)
    household = household_with(request.actor, round_id, targets)
    return _answer(request, seat, {"household": household, "taken_back": len(targets)})


def _page(request: LinliRequest, seat: Seat, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    round = seat.site.round
    around = {**around_round(request.actor, round), "seat": seat, "pool_size": round.rule_pack.reading().pool_size}
    return render(request, "rounds/desk.html", {**around, **context}, status=status)


def _answer(request: LinliRequest, seat: Seat, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with the part that changes; with the whole page to a browser that sent the form by itself."""
    if request.headers.get("HX-Request") != "true":
        return _page(request, seat, context, status=status)
    return render(request, "rounds/_desk_answer.html", {"round": seat.site.round, **context}, status=status)


def _refusal(request: LinliRequest, seat: Seat, error: LinliError) -> HttpResponse:
    """Say in the place of the answer why nothing was stored; a page shows no answer of another status."""
    return _answer(request, seat, {"refusal": error}, status=Invalid.status)


def _sit_down_first(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Lead to the choice of a desk when the session has forgotten it."""
    response = redirect("rounds:sites", round_id)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
