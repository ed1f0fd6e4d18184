"""The round's live board, asked anew every five seconds, and one of its compounds door by door."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.drafting.selectors import draft_is_kept
from linli.rounds.selectors import round_version
from linli.situation import shapes
from linli.situation.selectors.live import LiveBoard, compound_of_round, live_board
from linli.situation.views.drawn import Shown, draw, drawn, live_answer
from linli.situation.views.frame import around_round

_CHANGING_A_BOARD = (Right.ROUND_READ, Right.PERSON_SEARCH, Right.ROUND_CLOSE, Right.DRILL_RUN)
"""Rights by which two people who look at the same board see different ones."""

ROWS_AT_MOST = 3
"""Compounds up to which each is a row of façades; more are a wall."""


@requires(Right.FIGURES_READ)
@require_GET
def round_board(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the board in its page."""
    shown = drawn(_etag(request, round_id), partial(_draw, request, round_id))
    frame = around_round(request.actor, shown.about)
    prepared = draft_is_kept(request.actor, round_id)
    context = {**frame, "crumbs": frame["crumbs"][:1], "shown": shown, "prepared": prepared}
    return render(request, "situation/board.html", context)


@requires(Right.FIGURES_READ)
@require_GET
def round_live(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Answer 304 while nothing has changed, else the board alone. Nothing of it is kept on the device."""
    return live_answer(request, _etag(request, round_id), partial(_draw, request, round_id))


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
    """Name what the board shows: the state of the round, the language and whose names are shown; weak, for it is compressed on its way."""
    version = round_version(request.actor, round_id)
    rights = [request.actor.ranges(right) for right in _CHANGING_A_BOARD]
    return f'W/"{version}-{get_language()}-{crc32(repr(rights).encode()):x}-{settings.LINLI_VERSION}"'


def _draw(request: LinliRequest, round_id: UUID) -> Shown:
    live = live_board(request.actor, round_id)
    sentence = "situation/_board_sentence.html"
    return draw(request, live.board.round, "situation/_board.html", sentence, _context(request, live))


def _context(request: LinliRequest, live: LiveBoard) -> dict[str, Any]:
    board = live.board
    frame = around_round(request.actor, board.round)
    opens = frame["may"]["lists"]
    compound = shapes.address("round_compound", "compound_id", round_id=board.round.id) if opens else shapes.no_address
    return {
        **frame,
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
        return {"rows": [shapes.compound_shape(each, building=shapes.always(url(each.id))) for each in compounds]}
    return {"wall": shapes.wall_shape(live.board.round.name, compounds, url)}


def _queues(live: LiveBoard) -> list[dict[str, Any]]:
    return [{"site": site, "shape": shapes.queue_shape(site, live.queues, live.board, "")} for site in live.board.sites]


def _longest_now(live: LiveBoard) -> float:
    """Return for how many minutes the first of those who are waiting has been waiting."""
    since = [site.waiting_since for site in live.board.sites if site.waiting_since]
    return max(((live.board.as_of - each) / timedelta(minutes=1) for each in since), default=0.0)
