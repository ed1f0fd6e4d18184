"""The screen at a venue: large, without names, asked anew every five seconds."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.selectors import round_version
from linli.rounds.selectors.venue import venue_screen
from linli.rounds.views.frame import around_round


@requires(Right.ROUND_READ)
@require_GET
def venue(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the screen in its page."""
    return render(request, "rounds/venue.html", _context(request, round_id))


@requires(Right.ROUND_READ)
@require_GET
def venue_live(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Answer 304 while nothing has changed, else the screen alone."""
    etag = f'W/"{round_version(request.actor, round_id)}-{get_language()}-{settings.LINLI_VERSION}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "rounds/_venue.html", _context(request, round_id))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _context(request: LinliRequest, round_id: UUID) -> dict[str, Any]:
    site = _site(request)
    screen = venue_screen(request.actor, round_id, site)
    return {**around_round(request.actor, screen.round), "screen": screen, "only": site}


def _site(request: LinliRequest) -> UUID | None:
    text = request.GET.get("site", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
