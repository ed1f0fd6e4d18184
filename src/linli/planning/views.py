"""Pages of drills: start one, watch it, stop it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.models import Work
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.planning.access import access_drill
from linli.planning.forms import DrillForm
from linli.planning.selectors import DrillSeen, drill_community, drills
from linli.planning.services import start_drill, stop_drill

BOARD_SHOWN = "board"
"""Parameter of the progress when the page has the link to the round's board already."""


@requires(Right.DRILL_RUN)
@require_http_methods(["GET", "POST"])
def drill_list(request: LinliRequest) -> HttpResponse:
    community = drill_community(request.actor, request.POST.get("community") or request.GET.get("community"))
    form = DrillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        work = start_drill(request.actor, community, **form.wishes())
        return redirect("planning:drill", work_id=work.pk)
    context = {"form": form, "community": community, "drills": drills(request.actor, community), "drill": True}
    return render(request, "planning/drills.html", context)


@requires(Right.DRILL_RUN)
@require_GET
def drill(request: LinliRequest, work_id: UUID) -> HttpResponse:
    seen = access_drill(request.actor, work_id)
    context = {"seen": seen, "job": _job(seen), "drill": True, "report": seen.report}
    if request.headers.get("HX-Request") != "true":
        return render(request, "planning/drill.html", context)
    response = render(request, "linli/_progress.html", context)
    if seen.has_ended or (seen.round_exists and BOARD_SHOWN not in request.GET):
        response.headers["HX-Refresh"] = "true"
    return response


@requires(Right.DRILL_RUN)
@require_POST
def drill_stop(request: LinliRequest, work_id: UUID) -> HttpResponse:
    stop_drill(request.actor, work_id)
    return redirect("planning:drill", work_id=work_id)


def _job(seen: DrillSeen) -> dict[str, Any]:
    """Return what the progress bar shows."""
    work, address = seen.work, {"work_id": seen.work.pk}
    return {
        "id": "drill-progress",
        "label": _("Drill, minutes of the played day"),
        "done": work.done,
        "total": work.total,
        "url": reverse("planning:drill", kwargs=address) + (f"?{BOARD_SHOWN}=1" if seen.round_exists else ""),
        "stop_url": reverse("planning:drill_stop", kwargs=address),
        "finished": seen.has_ended,
        "failed": work.state == Work.State.FAILED,
        "message": seen.message,
    }
