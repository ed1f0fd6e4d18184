"""Doors and buildings, with who lives behind them and who lets them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.core import clock
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.access import access_building, access_dwelling
from linli.places.models import Gate
from linli.registry.forms import LandlordForm
from linli.registry.models import Residency
from linli.registry.selectors.cards import dwelling_card
from linli.registry.selectors.compound_file import CompoundPeople, compound_file
from linli.registry.selectors.doors import facade
from linli.registry.selectors.history import dwelling_history
from linli.registry.services.landlords import edit_landlord
from linli.registry.shapes import building_name, facade_shape
from linli.registry.versions import version_of
from linli.registry.views.frame import behind_search


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def dwelling(request: LinliRequest, dwelling_id: UUID) -> HttpResponse:
    """Show a door: its households, its landlord, where it is in its building."""
    actor = request.actor
    card = dwelling_card(actor, dwelling_id)
    building_id = access_dwelling(actor, dwelling_id, right=Right.PERSON_SEARCH).unit.building_id
    context = {
        **behind_search(request, card.community),
        "card": card,
        "people_count": sum(len(household.members) for household in card.households),
        "building": facade_shape(facade(actor, building_id), _dwelling_url, here=dwelling_id),
        "building_url": reverse("registry:building", kwargs={"building_id": building_id}),
        "can_edit": actor.has(Right.PERSON_WRITE, card.community),
        "history": dwelling_history(actor, dwelling_id) if actor.has(Right.AUDIT_READ, card.community) else None,
    }
    return render(request, "registry/dwelling.html", context)


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def landlord(request: LinliRequest, dwelling_id: UUID) -> HttpResponse:
    """Set, change or remove the landlord of a dwelling, unless somebody else did so meanwhile."""
    row = access_dwelling(request.actor, dwelling_id, right=Right.PERSON_WRITE)
    card = dwelling_card(request.actor, dwelling_id)
    form = LandlordForm(
        request.POST or None, initial={"name": card.landlord_name, "version": version_of(row)},
        name=row.landlord_name, masked_phones=card.landlord_phones,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        edit_landlord(request.actor, dwelling_id, form.words(), version=form.cleaned_data["version"])
        messages.success(request, _("Saved. The next ledger that says something else will be listed, not taken."))
        return redirect("registry:dwelling", dwelling_id=dwelling_id)
    context = {**behind_search(request, card.community), "card": card, "form": form}
    return render(request, "registry/edit_landlord.html", context, status=422 if form.errors else 200)


@requires(Right.PLACES_READ)
@never_cache
@require_GET
def building(request: LinliRequest, building_id: UUID) -> HttpResponse:
    """Show a building with how many live behind each door; the doors open for who may see the people."""
    found = access_building(request.actor, building_id)
    seen = facade(request.actor, building_id)
    may_enter = request.actor.has(Right.PERSON_SEARCH, found.community)
    context = {
        **behind_search(request, found.community),
        "name": building_name(seen),
        "people": sum(door.occupants for door in seen.doors),
        "dwellings": len(seen.doors),
        "building_id": building_id,
        "can_export": request.actor.has(Right.LEDGER_EXPORT, found.community),
        "can_write": request.actor.has(Right.PERSON_WRITE, found.community),
        "building": facade_shape(seen, _dwelling_url if may_enter else lambda _dwelling: ""),
    }
    return render(request, "registry/building.html", context)


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def compound(request: LinliRequest, compound_id: UUID) -> HttpResponse:
    """Show the file of a compound, which prints on paper."""
    file = compound_file(request.actor, compound_id)
    context = {
        **behind_search(request, file.community),
        "file": file,
        "counts": _counts(file.people),
        "gates": [(name, Gate.State(state).label) for name, state in file.gates],
        "printed_at": clock.now(),
    }
    return render(request, "registry/compound.html", context)


def _counts(people: CompoundPeople) -> list[tuple[str, int]]:
    return [
        (_("households with people"), people.households),
        *((str(label), people.kinds.get(kind, 0)) for kind, label in Residency.Kind.choices),
        (_("under 14 years"), people.children),
        (_("60 years and older"), people.old),
        (_("80 years and older"), people.very_old),
        (_("without a birth date"), people.birth_unknown),
        (_("with care needs"), people.with_needs),
        (_("with something to look at"), people.to_look_at),
    ]


def _dwelling_url(dwelling_id: UUID) -> str:
    return reverse("registry:dwelling", kwargs={"dwelling_id": dwelling_id})
