"""The building or compound that slips are made for, and its households. Call inside a scope."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.places.access import access_building, access_compound
from linli.places.models import Building, Compound
from linli.registry.dependants import Created, goes_along, stands_in_the_way
from linli.registry.errors import ReportsStand
from linli.registry.models import Household, HouseholdSlip, Residency, SelfReport


@dataclass(frozen=True)
class SlipPlace:
    """A building or compound by its id."""

    kind: Literal["building", "compound"]
    id: UUID


_TO_PLACE = {"building": "dwelling__unit__building", "compound": "dwelling__unit__building__compound"}


def reach_place(actor: Actor, place: SlipPlace) -> Building | Compound:
    """Return the building or compound of a place where the actor may print slips. Raises NotFound."""
    reach = access_building if place.kind == "building" else access_compound
    return reach(actor, place.id, right=Right.LEDGER_EXPORT)


def households_of(community: int, place: SlipPlace) -> QuerySet[Household, UUID]:
    """Return the ids of the households of a place in which somebody lives now."""
    lived_in = Residency.objects.filter(community=community, until=None).values("household_id")
    here = Household.objects.filter(
        community=community, until=None, pk__in=lived_in, **{_TO_PLACE[place.kind]: place.id}
    )
    return here.values_list("id", flat=True)


@goes_along
def slips_of_households(_actor: Actor, community: int, created: Created) -> list[str]:
    """Remove the slips of households that leave with an import; they name nothing that anybody would miss."""
    households = list(created.get(Household, ()))
    HouseholdSlip.objects.filter(community=community, household__in=households).delete()
    return []


@stands_in_the_way
def reports_of_households(community: int, created: Created) -> list[LinliError]:
    """Say that households of an import have said something about themselves, which nobody may lose."""
    households = list(created.get(Household, ()))
    count = SelfReport.objects.filter(community=community, household__in=households).count()
    return [ReportsStand(count=count)] if count else []
