"""Household slips: what is printed on them, for which buildings there are any, and whose one is."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.addresses import Address, address_key, natural_key
from linli.places.models import Building
from linli.places.scope import in_community
from linli.registry.models import Household, HouseholdSlip, Residency
from linli.registry.shown import address_of
from linli.registry.slipped import SlipPlace, households_of, reach_place
from linli.registry.slips import is_intact

_BUILDING = "dwelling__unit__building"


@dataclass(frozen=True)
class PrintedSlip:
    """What stands on one slip: a door, how many live behind it, and the code. No names, no numbers of people."""

    code: str
    address: Address
    household: str
    """Tells two households of one door apart; mostly empty."""
    people: int


@dataclass(frozen=True)
class SlipSheet:
    """The slips of a building or compound in the order of doors."""

    community: int
    name: str
    slips: tuple[PrintedSlip, ...]
    missing: int
    """Households that have no slip yet."""


def slip_sheet(actor: Actor, place: SlipPlace) -> SlipSheet:
    """Return the valid slips of a building or compound, for who holds ledger_export there. Raises Refused, NotFound."""
    with scoped(actor, Right.LEDGER_EXPORT):
        reached = reach_place(actor, place)
        households = list(households_of(reached.community, place))
        slips = HouseholdSlip.objects.filter(community=reached.community, household__in=households, revoked_at=None)
        people = _people_of(reached.community, households)
        rows = slips.select_related(f"household__{_BUILDING}__compound")
        printed = [_printed(slip, people[slip.household_id]) for slip in rows]
        printed.sort(key=lambda slip: (*address_key(slip.address), natural_key(slip.household)))
        name = f"{reached.compound.name} {reached.name}" if isinstance(reached, Building) else reached.name
    return SlipSheet(reached.community, name, tuple(printed), len(households) - len(printed))


def _people_of(community: int, households: list[UUID]) -> dict[UUID, int]:
    lives = Residency.objects.filter(community=community, household__in=households, until=None).order_by()
    return defaultdict(int, lives.values_list("household_id").annotate(Count("id")))


def _printed(slip: HouseholdSlip, people: int) -> PrintedSlip:
    household = slip.household
    return PrintedSlip(crypto.unseal(slip.code, "slip"), address_of(household.dwelling), household.number, people)


@dataclass(frozen=True)
class SlipFigures:
    """A building with how many households live in it and how many of them have a slip."""

    building_id: UUID
    building: str
    compound_id: UUID
    compound: str
    households: int
    slips: int


def slip_figures(actor: Actor, community: int) -> tuple[SlipFigures, ...]:
    """Return every building in which somebody lives, in the order of doors (ledger_export). One query."""
    with in_community(actor, Right.LEDGER_EXPORT, community):
        living = Residency.objects.filter(community=community, household=OuterRef("pk"), until=None)
        households = Household.objects.filter(Exists(living), community=community, until=None).order_by()
        valid = HouseholdSlip.objects.filter(community=community, household=OuterRef("pk"), revoked_at=None)
        names = (f"{_BUILDING}_id", f"{_BUILDING}__name", f"{_BUILDING}__compound_id", f"{_BUILDING}__compound__name")
        rows = households.annotate(has=Exists(valid)).values_list(*names)
        counted = rows.annotate(all=Count("id"), have=Count("id", filter=Q(has=True)))
        found = [SlipFigures(*row) for row in counted]
    return tuple(sorted(found, key=lambda each: (each.compound, natural_key(each.building))))


@dataclass(frozen=True)
class SlipRead:
    """Whose slip a code is; `wrong` says why it is nobody's: misread, replaced or unknown."""

    household: UUID | None = None
    wrong: str = ""


def read_slip(actor: Actor, community: int, code: str) -> SlipRead:
    """Return the household that a code stands for, for who holds person_search there. Raises Refused, NotFound."""
    if not is_intact(code):
        return SlipRead(wrong="slip_misread")
    with in_community(actor, Right.PERSON_SEARCH, community):
        slips = HouseholdSlip.objects.filter(community=community, code_index=crypto.blind_index("slip", code))
        found = slips.values_list("household_id", "revoked_at").first()
    if found is None:
        return SlipRead(wrong="slip_unknown")
    household, revoked_at = found
    return SlipRead(wrong="slip_replaced") if revoked_at else SlipRead(household)
