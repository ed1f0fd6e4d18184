"""Pages of drills: start one, watch it, stop it; and of a sweep: share its doors out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import Invalid
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.planning.access import access_drill
from linli.planning.forms import DrillForm, ShareDoorsForm
from linli.planning.selectors import DrillSeen, doors_left, drill_community, drills
from linli.planning.services import plan_sweep, start_drill, stop_drill

BOARD_SHOWN = "board"
"""Parameter of the progress when the page has the link to the round's board already."""


@requires(Right.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def share_doors(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Ask for the number of teams, and share the outstanding doors out to them."""
    left = doors_left(request.actor, round_id)
    form = ShareDoorsForm(request.POST or None, initial={"teams": left.teams})
    if request.method == "POST" and form.is_valid():
        try:
            plan_sweep(request.actor, round_id, form.cleaned_data["teams"])
        except Invalid as error:
            form.add_error("teams", str(error))
        else:
            return redirect("rounds:sweep", round_id)
    context = {
        "form": form, "left": left, "round": left.round, "community": left.round.community,
        "drill": left.round.is_drill,
        "community_name": community_name(request.actor, left.round.community),
        "crumbs": [{"url": reverse("round_board", args=[round_id]), "label": left.round.name}],
    }  # fmt: skip
    return render(request, "planning/share_doors.html", context, status=422 if form.errors else 200)


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
