"""A household tells about itself without signing in; the office compares and decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.rights import Right
from linli.core.web import LinliRequest, public, requires
from linli.places.selectors import community_name
from linli.registry.comparing import Act
from linli.registry.models import Household
from linli.registry.selectors.self_reports import ReportShown, reporting_household, self_report, self_reports
from linli.registry.self_report_forms import (
    MOST_PEOPLE,
    SAYS,
    HouseholdTellsForm,
    PeopleTellForms,
    RefuseReportForm,
    household_told,
    one_more_person,
)
from linli.registry.services.self_reports import (
    HOUSEHOLD,
    confirm_self_report,
    give_self_report,
    refuse_self_report,
)
from linli.registry.shown import address_of

_TAKEN_OVER = (Act.ADD, Act.CORRECT, Act.END)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, community: int, code: str) -> HttpResponse:
    """Show a household its form; take what it says and hand it the receipt's number."""
    household = reporting_household(HOUSEHOLD, community, code)
    if request.POST.get("act") == "send":
        people, form = PeopleTellForms(request.POST, prefix="person"), HouseholdTellsForm(request.POST)
        if people.is_valid() and form.is_valid():
            receipt = give_self_report(HOUSEHOLD, community, code, household_told(people, form))
            return render(request, "registry/told.html", {**_place(household), "receipt": receipt})
    else:
        people, form = one_more_person(request.POST), HouseholdTellsForm(initial=request.POST.dict())
    context = {**_place(household), "people": people, "form": form, "may_add": len(people.forms) < MOST_PEOPLE}
    return render(request, "registry/tell.html", context, status=422 if form.is_bound else 200)


def _place(household: Household) -> dict[str, Any]:
    name = community_name(HOUSEHOLD, household.community)
    return {"community_name": name, "address": address_of(household.dwelling)}


@requires(Right.PERSON_WRITE)
@require_GET
def reports(request: LinliRequest, community: int) -> HttpResponse:
    """List the reports, those that wait first."""
    figures, listed = self_reports(request.actor, community)
    name = community_name(request.actor, community)
    context = {
        "community": community,
        "community_name": name,
        "crumbs": [{"url": reverse("community_home", args=[community]), "label": name}],
        "told": figures,
        "reports": listed,
        "may_print": request.actor.has(Right.LEDGER_EXPORT, community),
    }
    return render(request, "registry/self_reports.html", context)


@requires(Right.PERSON_WRITE)
@require_GET
def report(request: LinliRequest, report_id: UUID) -> HttpResponse:
    """Show a report beside the register."""
    return _report(request, self_report(request.actor, report_id), RefuseReportForm())


def _report(request: LinliRequest, shown: ReportShown, form: RefuseReportForm) -> HttpResponse:
    crumb = {"url": reverse("registry:self_reports", args=[shown.community]), "label": _("Self-reports")}
    context = {
        "community": shown.community,
        "community_name": community_name(request.actor, shown.community),
        "crumbs": [crumb],
        "report": shown,
        "lines": [
            {"line": each, "says": SAYS[each.told.says], "takes": each.act in _TAKEN_OVER} for each in shown.lines
        ],
        "form": form,
    }
    return render(request, "registry/self_report.html", context, status=422 if form.errors else 200)


@requires(Right.PERSON_WRITE)
@require_POST
def confirm(request: LinliRequest, report_id: UUID) -> HttpResponse:
    """Take the chosen lines over."""
    chosen = {int(number) for number in request.POST.getlist("line") if number.isdecimal()}
    community = self_report(request.actor, report_id).community
    count = confirm_self_report(request.actor, report_id, chosen)
    said = ngettext("%(n)d entry of the register was changed.", "%(n)d entries of the register were changed.", count)
    messages.success(request, said % {"n": count})
    return redirect("registry:self_reports", community=community)


@requires(Right.PERSON_WRITE)
@require_POST
def refuse(request: LinliRequest, report_id: UUID) -> HttpResponse:
    """Put a report aside."""
    shown, form = self_report(request.actor, report_id), RefuseReportForm(request.POST)
    if not form.is_valid():
        return _report(request, shown, form)
    refuse_self_report(request.actor, report_id, form.cleaned_data["reason"])
    messages.success(request, _("The report is put aside. The register stays as it was."))
    return redirect("registry:self_reports", community=shown.community)
