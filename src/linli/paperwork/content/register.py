"""The register of a community as it was on a day, read with one query a table. Call inside a scope."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.core import clock, crypto
from linli.core.ids import uuid7_time
from linli.places.addresses import Address, address_key
from linli.places.models import Dwelling, GridPart
from linli.registry.intake.particulars import phones_unsealed
from linli.registry.ledger.headers import normal_header
from linli.registry.models import CareNeed, Household, Person, PersonPhone, Residency

HEAD = "户主"
ID_NUMBERS, PHONES, OWN_COLUMNS, LANDLORDS = "id_numbers", "phones", "own", "landlords"
"""What is sealed and opened only where a form asks for it."""


@dataclass(slots=True)
class Place:
    """A door with what it lies in."""

    id: UUID
    address: Address
    floor: int | None
    compound_id: UUID
    building_id: UUID
    unit_id: UUID
    grid: str = ""
    grid_id: UUID | None = None
    landlord: str = ""
    landlord_phones: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(slots=True)
class Someone:
    """A person as the register had them on the day, at their door if one is known."""

    id: UUID
    name: str
    sex: str
    birth: date | None
    id_kind: str
    hukou: str
    remarks: str
    kind: str = ""
    relation: str = ""
    since: date | None = None
    household: UUID | None = None
    household_number: str = ""
    place: Place | None = None
    id_number: str = ""
    phones: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    outcome: str = ""
    """Of the round that was chosen: an `Outcome`, "open" for a target without one, empty for who is no target."""
    outcome_at: datetime | None = None
    outcome_reason: str = ""


@dataclass(slots=True)
class Register:
    """Everybody and every door of a community on a day, both in the order of doors."""

    day: date
    places: list[Place]
    people: list[Someone]
    members: dict[UUID, list[Someone]]
    """By household, its head first."""


def register_on(community: int, day: date, wanted: Collection[str]) -> Register:
    """Return who lived where on a day; `wanted` says which sealed columns are opened."""
    places = _places(community, wanted)
    households = dict_of(Household.objects.filter(community=community).values_list("id", "dwelling_id", "number"))
    stays = Residency.objects.filter(Q(until=None) | Q(until__gt=day), community=community, since__lte=day)
    stay_of = {
        row[0]: row
        for row in stays.order_by("since").values_list("person_id", "household_id", "kind", "relation", "since")
    }
    left = set(Residency.objects.filter(community=community).exclude(until=None).values_list("person_id", flat=True))
    found = {one.id: one for one in _people(community, day, stay_of.keys(), left, wanted)}
    for person_id, household_id, kind, relation, since in stay_of.values():
        if one := found.get(person_id):
            dwelling_id, number = households[household_id]
            one.household, one.household_number, one.place = household_id, number, places[dwelling_id]
            one.kind, one.relation, one.since = kind, relation, since
    _add_needs(community, found)
    if PHONES in wanted:
        _add_phones(community, found)
    if OWN_COLUMNS in wanted:
        _add_own_columns(community, found)
    return _in_order(day, list(places.values()), list(found.values()))


def dict_of(rows: Any) -> dict[UUID, tuple[Any, ...]]:
    """Return rows by their first column."""
    return {first: tuple(rest) for first, *rest in rows}


def _in_order(day: date, places: list[Place], people: list[Someone]) -> Register:
    places.sort(key=lambda place: address_key(place.address))
    order = {place.id: number for number, place in enumerate(places)}
    people.sort(
        key=lambda one: (order[one.place.id] if one.place else -1, one.household_number, one.relation != HEAD, one.id)
    )
    members: dict[UUID, list[Someone]] = defaultdict(list)
    for one in people:
        if one.household:
            members[one.household].append(one)
    return Register(day, places, people, members)


def _places(community: int, wanted: Collection[str]) -> dict[UUID, Place]:
    grids = _grids(community)
    rows = Dwelling.objects.filter(community=community).values_list(
        "id", "floor", "unit__building__compound_id", "unit__building_id", "unit_id", "unit__building__compound__name",
        "unit__building__name", "unit__name", "room", "landlord_name", "landlord_phones", "remarks",
    )  # fmt: skip
    found = {}
    for id, floor, compound_id, building_id, unit_id, compound, building, unit, room, landlord, phones, remarks in rows:
        grid_id, grid = grids.get(unit_id) or grids.get(building_id) or (None, "")
        opened = phones_unsealed(phones) if LANDLORDS in wanted else ()
        address = Address(compound, building, unit, room)
        found[id] = Place(
            id, address, floor, compound_id, building_id, unit_id, grid, grid_id, landlord, opened, remarks
        )
    return found


def _grids(community: int) -> dict[UUID, tuple[UUID, str]]:
    """Return the grid of each unit or building that has one."""
    rows: Iterable[tuple[UUID, UUID | None, UUID, str, int]] = GridPart.objects.filter(community=community).values_list(
        "building_id", "unit_id", "grid_id", "grid__name", "grid__number"
    )
    return {
        building if unit is None else unit: (grid, name or str(number)) for building, unit, grid, name, number in rows
    }


def _people(
    community: int, day: date, at_doors: Collection[UUID], left: Collection[UUID], wanted: Collection[str]
) -> list[Someone]:
    """Return who lived behind a door on that day, or was here and lived behind none that is known."""
    rows = Person.objects.filter(community=community).values_list(
        "id",
        "name",
        "sex",
        "birth",
        "id_kind",
        "hukou_division",
        "remarks",
        "id_number",
        "died_on",
        "without_door_since",
    )
    found = []
    for id, name, sex, birth, id_kind, hukou, remarks, number, died_on, doorless in rows.iterator(chunk_size=5000):
        if died_on and died_on <= day:
            continue
        if id not in at_doors and (_day_of(id, doorless) > day or (id in left and doorless is None)):
            continue
        one = Someone(id, name, sex, birth, id_kind, hukou, remarks)
        if number and ID_NUMBERS in wanted:
            one.id_number = crypto.unseal(number, "id_number")
        found.append(one)
    return found


def _day_of(person_id: UUID, without_door_since: date | None) -> date:
    return without_door_since or uuid7_time(person_id).astimezone(clock.local_zone()).date()


def own_columns(imported: bytes | memoryview | None) -> list[tuple[str, str]]:
    """Return what an office's ledger had of somebody in columns of its own."""
    if imported is None:
        return []
    told: list[tuple[str, str]] = json.loads(crypto.unseal(imported)).get("extra") or []
    return told


def _add_needs(community: int, found: dict[UUID, Someone]) -> None:
    for person_id, kind in (
        CareNeed.objects.filter(community=community).order_by("kind").values_list("person_id", "kind")
    ):
        if person_id in found:
            found[person_id].needs.append(kind)


def _add_phones(community: int, found: dict[UUID, Someone]) -> None:
    rows = PersonPhone.objects.filter(community=community).order_by("position").values_list("person_id", "number")
    for person_id, number in rows.iterator(chunk_size=5000):
        if person_id in found:
            found[person_id].phones.append(crypto.unseal(number, "phone"))


def _add_own_columns(community: int, found: dict[UUID, Someone]) -> None:
    rows = Person.objects.filter(community=community, imported__isnull=False).values_list("id", "imported")
    for person_id, imported in rows.iterator(chunk_size=5000):
        if person_id in found:
            found[person_id].own = {normal_header(header): value for header, value in own_columns(imported)}
