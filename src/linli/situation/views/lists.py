"""The lists behind the figures: targets, who is missing, and the household behind a door."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.reasons import OPEN
from linli.rounds.selectors.doors import door_now
from linli.situation.selectors.missing import VISITED, missing_list
from linli.situation.selectors.targets import Wanted, targets_of
from linli.situation.views.frame import around_round
from linli.situation.views.sentences import sentence_of


@requires(Right.ROUND_READ)
@require_GET
def round_targets(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the targets that a figure counts."""
    wanted = _wanted(request)
    found = targets_of(request.actor, round_id, wanted, request.GET.get("page", "1"))
    context = {
        **around_round(request.actor, found.round),
        "wanted": wanted,
        "found": found,
        "page": found.page,
        "sentence": sentence_of(wanted, found.page.paginator.count),
    }
    return render(request, "situation/targets.html", context)


@requires(Right.PERSON_SEARCH)
@require_GET
def round_missing(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show who is missing by compound, building and door, all of them or those of one kind."""
    compound, building = _id(request, "compound"), _id(request, "building")
    kind = request.GET.get("kind", "")
    if kind not in ("", VISITED, *OPEN):
        raise NotFound
    found = missing_list(request.actor, round_id, compound=compound, building=building, kind=kind)
    part = f"building={building}" if building else f"compound={compound}" if compound else ""
    context = {**around_round(request.actor, found.round), "found": found, "part": part}
    return render(request, "situation/missing.html", context)


@requires(Right.PERSON_SEARCH)
@require_GET
def round_door(request: LinliRequest, round_id: UUID, dwelling_id: UUID) -> HttpResponse:
    """Show the household behind a door."""
    found = door_now(request.actor, round_id, dwelling_id, right=Right.PERSON_SEARCH)
    unit = found.dwelling.unit
    context: dict[str, Any] = {**around_round(request.actor, found.round), "found": found, "unit": unit}
    return render(request, "situation/door.html", context)


def _wanted(request: LinliRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        outcome=asked.get("outcome", ""),
        joined=asked.get("joined", ""),
        evidence=asked.get("evidence", ""),
        name=asked.get("q", "").strip()[:60].replace("\0", ""),
        compound=_id(request, "compound"),
        building=_id(request, "building"),
        site=_id(request, "site"),
        without_door=asked.get("door") == "none",
    )


def _id(request: LinliRequest, name: str) -> UUID | None:
    """Return the id in a parameter; what is no id at all leads nowhere, as one that does not exist."""
    text = request.GET.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
