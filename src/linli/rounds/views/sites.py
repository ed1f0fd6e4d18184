"""The sites of a round as a clerk sees them, and the choice of a desk."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.forms import SeatForm
from linli.rounds.selectors.sites import site_of_desk, sites_now
from linli.rounds.views.frame import around_round, seat_of, take_seat


@requires(Right.FACT_RECORD)
@never_cache
@require_http_methods(["GET", "POST"])
def sites(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show every site with its hours and queue; choosing a desk leads there."""
    if request.method == "POST":
        return _sit_down(request, round_id)
    round, found = sites_now(request.actor, round_id)
    seat = seat_of(request, round_id)
    context = {
        **around_round(request.actor, round),
        "sites": [{"figures": site, "desks": range(1, site.desks + 1)} for site in found],
        "waiting": sum(site.waiting for site in found),
        "seat": seat,
    }
    return render(request, "rounds/sites.html", context)


def _sit_down(request: LinliRequest, round_id: UUID) -> HttpResponse:
    form = SeatForm(request.POST)
    site = site_of_desk(request.actor, round_id, form.cleaned_data["site"]) if form.is_valid() else None
    if site is None or form.cleaned_data["desk"] > site.desks:
        raise NotFound
    take_seat(request, site, form.cleaned_data["desk"])
    return redirect("rounds:desk", round_id)
