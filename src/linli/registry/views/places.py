"""Doors and buildings, with who lives behind them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.access import access_building, access_dwelling
from linli.places.selectors import community_name
from linli.registry.selectors.cards import dwelling_card
from linli.registry.selectors.doors import facade
from linli.registry.shapes import building_name, facade_shape


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def dwelling(request: LinliRequest, dwelling_id: UUID) -> HttpResponse:
    """Show a door: its households, its landlord, where it is in its building."""
    card = dwelling_card(request.actor, dwelling_id)
    building_id = access_dwelling(request.actor, dwelling_id, right=Right.PERSON_SEARCH).unit.building_id
    context = {
        **_shared(request, card.community),
        "card": card,
        "people_count": sum(len(household.members) for household in card.households),
        "building": facade_shape(facade(request.actor, building_id), _dwelling_url, here=dwelling_id),
        "building_url": reverse("registry:building", kwargs={"building_id": building_id}),
    }
    return render(request, "registry/dwelling.html", context)


@requires(Right.PLACES_READ)
@never_cache
@require_GET
def building(request: LinliRequest, building_id: UUID) -> HttpResponse:
    """Show a building with how many live behind each door; the doors open for who may see the people."""
    found = access_building(request.actor, building_id)
    seen = facade(request.actor, building_id)
    may_enter = request.actor.has(Right.PERSON_SEARCH, found.community)
    context = {
        **_shared(request, found.community),
        "name": building_name(seen),
        "people": sum(door.occupants for door in seen.doors),
        "dwellings": len(seen.doors),
        "building": facade_shape(seen, _dwelling_url if may_enter else lambda _dwelling: ""),
    }
    return render(request, "registry/building.html", context)


def _dwelling_url(dwelling_id: UUID) -> str:
    return reverse("registry:dwelling", kwargs={"dwelling_id": dwelling_id})


def _shared(request: LinliRequest, community: int) -> dict[str, Any]:
    search = {"url": reverse("registry:search", kwargs={"community": community}), "label": _("Search")}
    may_search = request.actor.has(Right.PERSON_SEARCH, community)
    return {
        "community": community,
        "community_name": community_name(request.actor, community),
        "crumbs": [search] if may_search else [],
    }
