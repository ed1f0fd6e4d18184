"""The wall of a sub-district, district or city, asked anew every five seconds; a community has its rounds."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from linli.core.divisions import Level, level_of
from linli.core.rights import Right
from linli.core.shapes import RoundRibbon
from linli.core.web import LinliRequest, requires
from linli.situation.access import access_community
from linli.situation.selectors.departments import departments_at
from linli.situation.selectors.wall import Wall, wall_of, wall_version, walls_above
from linli.situation.views.drawn import Shown, draw, drawn, live_answer
from linli.situation.wall import FIGURES, rows_by


@requires(Right.FIGURES_READ)
@require_GET
def wall(request: LinliRequest, division: int) -> HttpResponse:
    """Show the wall in its page, or lead to the rounds of a community."""
    if division % Level.SUBDISTRICT:
        return _to_rounds(request, division)
    shown = drawn(_etag(request, division), partial(_draw, request, division))
    above = walls_above(request.actor, division)
    context = {
        "shown": shown,
        "division": division,
        "community_name": place_name(division, shown.about),
        "crumbs": [{"url": reverse("wall", args=[code]), "label": place_name(code, name)} for code, name in above],
        "departments": departments_at(request.actor, division),
        "may_key_lists": request.actor.has_anywhere(Right.KEY_LIST_READ),
        "may_audit": request.actor.has_anywhere(Right.AUDIT_READ),
    }
    return render(request, "situation/wall.html", context)


@requires(Right.FIGURES_READ)
@require_GET
def wall_live(request: LinliRequest, division: int) -> HttpResponse:
    """Answer 304 while nothing has changed, else the wall alone."""
    if division % Level.SUBDISTRICT:
        return _to_rounds(request, division)
    return live_answer(request, _etag(request, division), partial(_draw, request, division))


def _to_rounds(request: LinliRequest, community: int) -> HttpResponse:
    access_community(request.actor, community, right=Right.FIGURES_READ)
    return redirect("round_list", community=community)


def place_name(code: int, name: str) -> str:
    """Return the name of a division; the whole country has none of its own."""
    return name or (gettext("All divisions") if code == 0 else str(code))


def _etag(request: LinliRequest, division: int) -> str:
    """Name what the wall shows: the state of its rounds, the language and the figure that was asked for; weak, as the board's."""
    version = wall_version(request.actor, division)
    return f'W/"{version}-{get_language()}-{_figure(request)}-{settings.LINLI_VERSION}"'


def _figure(request: LinliRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in FIGURES else ""


def _draw(request: LinliRequest, division: int) -> Shown:
    wall = wall_of(request.actor, division)
    return draw(request, wall.name, "situation/_wall.html", "situation/_wall_sentence.html", _context(request, wall))


def _context(request: LinliRequest, wall: Wall) -> dict[str, Any]:
    figure = _figure(request)
    live = wall.live.sum
    return {
        "wall": wall,
        "name": place_name(wall.code, wall.name),
        "level": level_of(wall.code).name.lower(),
        "by": figure,
        "rows": rows_by(wall.live, figure),
        "ribbon": RoundRibbon(wall.ordered_at, hourly=wall.day, deadline_at=live.deadline, now=wall.as_of)
        if wall.day
        else None,
    }
