"""The daily report in one click: a page, paper, and a workbook."""

import io
from datetime import date

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.core import clock
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.situation.access import access_community
from linli.situation.daily_sheet import change_rows, daily_workbook, need_rows, register_rows
from linli.situation.forms import DayForm
from linli.situation.selectors.daily import daily_report
from linli.situation.views.frame import around_community

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Right.FIGURES_READ)
@require_GET
def daily(request: LinliRequest, community: int) -> HttpResponse:
    """Show what happened on a day, today's unless another is asked for."""
    division = access_community(request.actor, community, right=Right.FIGURES_READ)
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": clock.today()})
    report = daily_report(request.actor, community, _day(form))
    context = {
        **around_community(request.actor, community, division.name),
        "report": report,
        "register": register_rows(report),
        "changes": change_rows(report),
        "needs": need_rows(report),
        "form": form,
        "printed_at": clock.now(),
    }
    return render(request, "situation/daily.html", context, status=422 if form.errors else 200)


@requires(Right.FIGURES_READ)
@require_GET
def daily_file(request: LinliRequest, community: int) -> HttpResponse:
    """Hand the report of a day out as a workbook."""
    division = access_community(request.actor, community, right=Right.FIGURES_READ)
    report = daily_report(request.actor, community, _day(DayForm(request.GET)))
    name = f"{division.name}-{report.day.isoformat()}.xlsx"
    file = io.BytesIO(daily_workbook(report, division.name))
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)  # type: ignore[return-value]  # Django's own


def _day(form: DayForm) -> date:
    day: date = form.cleaned_data["day"] if form.is_valid() else clock.today()
    return day
