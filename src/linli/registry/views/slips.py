"""Household slips on paper."""

from itertools import groupby
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import community_name
from linli.registry.selectors.slips import PrintedSlip, SlipFigures, slip_figures, slip_sheet
from linli.registry.services.slips import make_missing_slips, renew_slips
from linli.registry.slipped import SlipPlace
from linli.registry.slips import for_people

PER_SHEET = 8
"""Slips on a sheet of A4."""


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_GET
def slips(request: LinliRequest, community: int) -> HttpResponse:
    """Choose the building or compound whose slips are printed."""
    if not request.actor.has(Right.LEDGER_EXPORT, community):
        raise NotFound
    figures = slip_figures(request.actor, community)
    name = community_name(request.actor, community)
    context = {
        "community": community,
        "community_name": name,
        "crumbs": [{"url": reverse("community_home", args=[community]), "label": name}],
        "households": sum(each.households for each in figures),
        "have": sum(each.slips for each in figures),
        "compounds": [_compound(list(each)) for _id, each in groupby(figures, key=lambda one: one.compound_id)],
    }
    return render(request, "registry/slips.html", context)


def _compound(buildings: list[SlipFigures]) -> dict[str, Any]:
    first = buildings[0]
    return {
        "id": first.compound_id,
        "name": first.compound,
        "households": sum(each.households for each in buildings),
        "slips": sum(each.slips for each in buildings),
        "buildings": buildings,
    }


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def building_slips(request: LinliRequest, building_id: UUID) -> HttpResponse:
    """Show the slips of a building, or make them."""
    return _sheet(request, SlipPlace("building", building_id))


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def compound_slips(request: LinliRequest, compound_id: UUID) -> HttpResponse:
    """Show the slips of a compound, or make them."""
    return _sheet(request, SlipPlace("compound", compound_id))


def _sheet(request: LinliRequest, place: SlipPlace) -> HttpResponse:
    if request.method == "POST":
        return _make(request, place)
    sheet = slip_sheet(request.actor, place)
    by_link = request.GET.get("with") == "link"
    printed = [_shown(request, sheet.community, slip, by_link=by_link) for slip in sheet.slips]
    context = {
        "sheet": sheet,
        "by_link": by_link,
        "sheets": [printed[at : at + PER_SHEET] for at in range(0, len(printed), PER_SHEET)],
        "community": sheet.community,
        "community_name": community_name(request.actor, sheet.community),
        "crumbs": [{"url": reverse("registry:slips", args=[sheet.community]), "label": _("Household slips")}],
    }
    return render(request, "registry/slip_sheet.html", context)


def _make(request: LinliRequest, place: SlipPlace) -> HttpResponse:
    if request.POST.get("act") == "renew":
        count = renew_slips(request.actor, place)
        said = ngettext(
            "%(n)d new slip. The old one is valid no more.",
            "%(n)d new slips. The old ones are valid no more.",
            count,
        )
    else:
        count = make_missing_slips(request.actor, place)
        said = ngettext("%(n)d slip made. Print it now.", "%(n)d slips made. Print them now.", count)
    messages.success(request, said % {"n": count})
    return redirect(request.path)


def _shown(request: LinliRequest, community: int, slip: PrintedSlip, *, by_link: bool) -> dict[str, Any]:
    link = request.build_absolute_uri(reverse("registry:tell", args=[community, slip.code])) if by_link else ""
    return {"slip": slip, "picture": _picture(link or slip.code), "code": for_people(slip.code)}


def _picture(text: str) -> SafeString:
    """Draw a code; that of a desk fits the smallest QR code, which the cheapest camera reads."""
    drawn = segno.make_qr(text, error="m", boost_error=False).svg_inline(border=2, omitsize=True)
    return mark_safe(drawn)  # noqa: S308  # segno's own drawing
