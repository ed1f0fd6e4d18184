"""The round's live board, asked anew every five seconds, and one of its compounds door by door."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.selectors import round_version
from linli.situation import shapes
from linli.situation.selectors.live import LiveBoard, compound_of_round, live_board
from linli.situation.views.frame import around_round

ROWS_AT_MOST = 3
"""Compounds up to which each is a row of façades; more are a wall."""


@requires(Right.ROUND_READ)
@require_GET
def round_board(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the board in its page."""
    live = live_board(request.actor, round_id)
    return render(request, "situation/board.html", _context(request, live))


@requires(Right.ROUND_READ)
@require_GET
def round_live(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Answer 304 while nothing has changed, else the board alone. Nothing of it is kept on the device."""
    etag = _etag(request, round_id)
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "situation/_board.html", _context(request, live_board(request.actor, round_id)))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    return response


@requires(Right.ROUND_READ)
@require_GET
def round_compound(request: LinliRequest, round_id: UUID, compound_id: UUID) -> HttpResponse:
    """Show a compound's buildings door by door."""
    round, compound = compound_of_round(request.actor, round_id, compound_id)
    frame = around_round(request.actor, round)
    door = (
        shapes.address("round_door", "dwelling_id", round_id=round_id) if frame["may"]["names"] else shapes.no_address
    )
    buildings = [shapes.building_shape(each, door) for each in compound.buildings] if compound else []
    context = {**frame, "compound": compound, "compound_id": compound_id, "buildings": buildings}
    return render(request, "situation/compound.html", context)


def _etag(request: LinliRequest, round_id: UUID) -> str:
    """Name what the board shows: the state of the round, the language and whose names are shown."""
    version = round_version(request.actor, round_id)
    rights = [request.actor.ranges(right) for right in (Right.PERSON_SEARCH, Right.ROUND_CLOSE, Right.DRILL_RUN)]
    return f'"{version}-{get_language()}-{crc32(repr(rights).encode()):x}-{settings.LINLI_VERSION}"'


def _context(request: LinliRequest, live: LiveBoard) -> dict[str, Any]:
    board = live.board
    frame = around_round(request.actor, board.round)
    compound = shapes.address("round_compound", "compound_id", round_id=board.round.id)
    return {
        **frame,
        "crumbs": frame["crumbs"][:1],
        "live": live,
        "board": board,
        "home_wanted": live.home_wanted,
        "doors_open": sum(each.doors_open for each in board.compounds),
        "ribbon": shapes.ribbon_shape(board),
        **_buildings(live, compound),
        "queues": _queues(live),
        "longest_now": _longest_now(live),
    }


def _buildings(live: LiveBoard, url: shapes.Address) -> dict[str, Any]:
    compounds = live.board.compounds
    if not live.has_doors:
        return {"tiles": shapes.tiles(compounds, url)}
    if len(compounds) <= ROWS_AT_MOST:
        return {"rows": [shapes.compound_shape(each, building=lambda _, one=each.id: url(one)) for each in compounds]}
    return {"wall": shapes.wall_shape(live.board.round.name, compounds, url)}


def _queues(live: LiveBoard) -> list[dict[str, Any]]:
    return [{"site": site, "shape": shapes.queue_shape(site, live.queues, live.board, "")} for site in live.board.sites]


def _longest_now(live: LiveBoard) -> float:
    """Return for how many minutes the first of those who are waiting has been waiting."""
    since = [site.waiting_since for site in live.board.sites if site.waiting_since]
    return max(((live.board.as_of - each) / timedelta(minutes=1) for each in since), default=0.0)
