"""Door lists on paper: printed with numbers, and typed in when the team is back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.forms import TypedForm, written_in
from linli.rounds.models import Visit
from linli.rounds.selectors.sheets import SheetShown, door_sheet
from linli.rounds.services.paper import CODES, print_door_list, type_door_list
from linli.rounds.views.frame import around_round, say_remarks

LEGEND = tuple((digit, Visit.Result(result).label) for digit, result in CODES.items())


@requires(Right.SWEEP_RECORD)
@require_POST
def print_list(request: LinliRequest, round_id: UUID, team_id: UUID) -> HttpResponse:
    """Keep the team's open doors as a numbered list, and show it ready to print."""
    sheet = print_door_list(request.actor, round_id, team_id)
    return redirect("rounds:door_sheet", sheet.pk)


@requires(Right.SWEEP_RECORD)
@never_cache
@require_GET
def sheet(request: LinliRequest, sheet_id: UUID) -> HttpResponse:
    """Show a door list as it is printed."""
    return render(request, "rounds/door_sheet.html", _context(request, door_sheet(request.actor, sheet_id)))


@requires(Right.SWEEP_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def typed(request: LinliRequest, sheet_id: UUID) -> HttpResponse:
    """Take in what was written on a door list: a digit a line."""
    shown = door_sheet(request.actor, sheet_id)
    form = TypedForm(request.POST) if request.method == "POST" else TypedForm()
    written = written_in(request.POST)
    if form.is_bound and form.is_valid():
        try:
            receipts = type_door_list(request.actor, sheet_id, written, form.cleaned_data["at"])
        except LinliError as error:
            form.add_error(None, str(error))
        else:
            count = len(say_remarks(request, receipts))
            said = ngettext("%(n)d entry was stored.", "%(n)d entries were stored.", count)
            messages.success(request, said % {"n": count})
            return redirect("rounds:sweep_team", shown.round.pk, shown.team.pk)
    lines = [(line, written.get(line.number, "")) for line in shown.lines]
    context = {**_context(request, shown), "form": form, "lines": lines}
    return render(request, "rounds/type_sheet.html", context, status=422 if form.errors else 200)


def _context(request: LinliRequest, shown: SheetShown) -> dict[str, Any]:
    frame = around_round(request.actor, shown.round)
    team = {"url": reverse("rounds:sweep_team", args=[shown.round.pk, shown.team.pk]), "label": shown.team.name}
    return {**frame, "crumbs": [*frame["crumbs"], team], "shown": shown, "legend": LEGEND}
