"""Getting a round going: which building is told when, who is called, and their phones."""

import io
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.access import access_building
from linli.places.models import Building
from linli.rounds.access import access_round
from linli.rounds.forms import BuildingForm, DeskUnreadable, read_ids
from linli.rounds.models import Round
from linli.rounds.phone_sheet import phone_workbook
from linli.rounds.selectors.calls import buildings_to_tell, call_list
from linli.rounds.services import mark_mobilised, mark_mustered, take_back_told
from linli.rounds.services.phones import export_phone_list
from linli.rounds.views.frame import around_round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Right.ROUND_READ)
@never_cache
@require_GET
def calls(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the buildings of a round: who is told, who is still to be told, and when they are to come."""
    round, buildings = buildings_to_tell(request.actor, round_id)
    waiting = [one for one in buildings if one.told_at is None]
    may_plan = request.actor.has(Right.PLAN_WRITE, round.community) and not round.is_closed
    context = {
        **around_round(request.actor, round),
        "buildings": buildings,
        "waiting": len(waiting),
        "people": sum(one.people for one in waiting),
        "may_plan": may_plan,
        "may_name": request.actor.has(Right.PERSON_SEARCH, round.community),
        "may_export": request.actor.has(Right.LEDGER_EXPORT, round.community),
    }
    return render(request, "rounds/calls.html", context)


@requires(Right.PLAN_WRITE)
@require_POST
def told(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Note that the team stands ready, or that a building, or all of them, were told; or take a building back."""
    if "mustered" in request.POST:
        mark_mustered(request.actor, round_id)
        messages.success(request, _("The team is assembled."))
        return redirect("rounds:calls", round_id)
    if "back" in request.POST:
        wrong = read_ids(request.POST.getlist("back"))
        if len(wrong) != 1:
            raise DeskUnreadable
        take_back_told(request.actor, round_id, wrong[0])
        messages.success(request, _("Taken back. The building is still to be told."))
        return redirect("rounds:calls", round_id)
    buildings = None if "all" in request.POST else read_ids(request.POST.getlist("building"))
    if buildings == []:
        raise DeskUnreadable
    left = mark_mobilised(request.actor, round_id, buildings)
    said = ngettext("Noted. %(n)d building is still to be told.", "Noted. %(n)d buildings are still to be told.", left)
    messages.success(request, said % {"n": left} if left else _("Noted. Every building has been told."))
    return redirect("rounds:calls", round_id)


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def calls_of_building(request: LinliRequest, round_id: UUID, building_id: UUID) -> HttpResponse:
    """Show who of a building is called when, door by door: the list that its head works through, on paper too."""
    round = access_round(request.actor, round_id, right=Right.PERSON_SEARCH)
    building = _building(request, round, building_id, Right.PERSON_SEARCH)
    groups = [group for group in call_list(request.actor, round_id, building_id) if group.homes]
    frame = around_round(request.actor, round)
    above = {"url": reverse("rounds:calls", args=[round_id]), "label": _("Buildings and times")}
    context = {
        **frame,
        "crumbs": [*frame["crumbs"], above],
        "building": building,
        "groups": groups,
        "people": sum(group.people for group in groups),
        "may_export": request.actor.has(Right.LEDGER_EXPORT, round.community),
    }
    return render(request, "rounds/calls_of_building.html", context)


def _building(request: LinliRequest, round: Round, building_id: UUID, right: Right) -> Building:
    building = access_building(request.actor, building_id, right=right)
    if building.community != round.community:
        raise NotFound
    return building


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_POST
def phones(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Hand out the phone list of a round or of a building as a workbook."""
    round = access_round(request.actor, round_id, right=Right.LEDGER_EXPORT)
    form = BuildingForm(request.POST)
    building = form.cleaned_data["building"] if form.is_valid() else None
    if building:
        _building(request, round, building, Right.LEDGER_EXPORT)
    lines = export_phone_list(request.actor, round_id, building)
    file = io.BytesIO(phone_workbook(lines, f"{round.name} · {_('Phone list')}"))
    return FileResponse(file, as_attachment=True, filename=f"{round.name}-{len(lines)}.xlsx", content_type=XLSX)  # type: ignore[return-value]  # Django's own kind of answer
