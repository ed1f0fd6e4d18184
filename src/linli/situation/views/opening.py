"""How far the opening of a round is: a page that can be left and returned to, and stopped."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.access import access_opening
from linli.planning.drafting.selectors import has_draft
from linli.planning.opening.selectors import OpeningSeen
from linli.planning.opening.services import stop_opening
from linli.planning.opening.wish import STEPS
from linli.situation.views.frame import around_community


@requires(Right.ROUND_OPEN)
@never_cache
@require_GET
def round_opening(request: LinliRequest, opening_id: UUID) -> HttpResponse:
    """Show how far it is, why there is no round, or the round's board once it is open."""
    seen = access_opening(request.actor, opening_id)
    context = {**around_community(request.actor, seen.work.community), "seen": seen, "job": _job(seen)}
    context |= {"drafted": has_draft(request.actor, seen.wish.new.id)}
    if request.headers.get("HX-Request") == "true":
        return _polled(request, seen, context)
    if seen.is_done:
        return redirect("round_board", round_id=seen.wish.new.id)
    return render(request, "situation/opening.html", context)


def _polled(request: LinliRequest, seen: OpeningSeen, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "linli/_progress.html", context)
    if not seen.is_under_way:
        response.headers["HX-Redirect"] = reverse("round_opening", args=[seen.work.pk])
    return response


@requires(Right.ROUND_OPEN)
@never_cache
@require_POST
def opening_stop(request: LinliRequest, opening_id: UUID) -> HttpResponse:
    """Have it stopped."""
    stop_opening(request.actor, opening_id)
    return redirect("round_opening", opening_id=opening_id)


def _job(seen: OpeningSeen) -> dict[str, Any]:
    """Return what the progress bar shows."""
    work, address = seen.work, [seen.work.pk]
    return {
        "id": "opening-progress",
        "label": seen.message,
        "done": work.done,
        "total": STEPS if seen.is_under_way and work.total else None,
        "url": reverse("round_opening", args=address),
        "stop_url": reverse("opening_stop", args=address),
        "finished": not seen.is_under_way,
        "failed": bool(work.error),
    }
