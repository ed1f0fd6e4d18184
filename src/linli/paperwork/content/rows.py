"""The rows of a form: people, households, dwellings or places, in the order of doors. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from linli.paperwork.content.cells import Row
from linli.paperwork.content.fitting import fits
from linli.paperwork.content.register import HEAD, Place, Register, Someone
from linli.paperwork.content.wish import Wish
from linli.paperwork.sheet.conditions import LET, VACANT
from linli.paperwork.sheet.records import DWELLING, HOUSEHOLD, PERSON, PLACE, Column
from linli.places.addresses import natural_key


def rows_of(kind: str, columns: Sequence[Column], register: Register, wish: Wish) -> list[Row]:
    """Return the rows of a form of this kind for what is wanted."""
    asked = wish.condition
    chosen = {place.id for place in register.places if _is_in(place, wish)}
    everywhere = wish.compound is None and wish.building is None and wish.grid is None
    people = [
        one for one in register.people
        if (one.place.id in chosen if one.place else everywhere) and fits(one, asked, register.day)
    ]  # fmt: skip
    places = [place for place in register.places if place.id in chosen]
    make = {PERSON: _people, HOUSEHOLD: _households, DWELLING: _dwellings}.get(kind)
    rows = list(make(register, people, places) if make else _places(columns, people, places))
    if kind == DWELLING and asked.unit in (VACANT, LET):
        rows = [row for row in rows if _is_so(row, asked.unit)]
    elif kind == DWELLING and asked.names_people:
        rows = [row for row in rows if row.members]
    return [_numbered(row, kind, number) for number, row in enumerate(rows, start=1)]


def _is_so(row: Row, unit: str) -> bool:
    """Tell whether a dwelling is vacant, or let."""
    return not row.members if unit == VACANT else any(one.kind == "tenant" for one in row.members)


def everybody(register: Register, wish: Wish) -> Row:
    """Return one row of all that is wanted, for forms that have their rows already."""
    people = rows_of(PERSON, (), register, wish)
    chosen = [place for place in register.places if _is_in(place, wish)]
    return Row(1, None, [row.person for row in people if row.person], None, chosen, PLACE)


def named_place(label: str, everyone: Row, community: str) -> Row | None:
    """Return what is wanted of the place that a row of the form names: the community, a compound or a grid; None for another's."""
    name = re.sub(r"^[\d.、\s]+|(?:社区|小区|网格)?$", "", label)
    if name and name == community.removesuffix("社区"):
        return everyone
    places = [
        place for place in everyone.places
        if name and name in (place.address.compound.removesuffix("小区"), place.grid.removesuffix("网格"))
    ]  # fmt: skip
    doors = {place.id for place in places}
    people = [one for one in everyone.members if one.place and one.place.id in doors]
    return Row(1, None, people, None, places, PLACE) if places else None


def _numbered(row: Row, kind: str, number: int) -> Row:
    row.number, row.kind = number, kind
    return row


def _is_in(place: Place, wish: Wish) -> bool:
    return (
        wish.compound in (None, place.compound_id)
        and wish.building in (None, place.building_id)
        and wish.grid in (None, place.grid_id)
    )


def _people(register: Register, people: list[Someone], _places: list[Place]) -> Iterator[Row]:
    for one in people:
        household = register.members[one.household] if one.household else [one]
        yield Row(0, one, household, one.place, [one.place] if one.place else [])


def _households(register: Register, people: list[Someone], _places: list[Place]) -> Iterator[Row]:
    """Yield the whole household of everybody who is wanted; who has no door is one alone."""
    for household in dict.fromkeys(one.household or one.id for one in people):
        members = register.members.get(household) or [one for one in people if one.id == household]
        head = next((one for one in members if one.relation == HEAD), members[0])
        yield Row(0, head, members, head.place, [head.place] if head.place else [])


def _dwellings(register: Register, people: list[Someone], places: list[Place]) -> Iterator[Row]:
    """Yield every door of the place, lived in or not; of a group of people only the doors behind which they live."""
    living: dict[UUID, list[Someone]] = defaultdict(list)
    for one in people:
        if one.place:
            living[one.place.id].append(one)
    for place in places:
        members = living.get(place.id, [])
        head = next((one for one in members if one.relation == HEAD), members[0] if members else None)
        yield Row(0, head, members, place, [place])


def _places(columns: Sequence[Column], people: list[Someone], places: list[Place]) -> Iterator[Row]:
    """Yield one row a place of the finest kind that the form names: unit, building, grid, compound, or the community."""
    asked = {column.field for column in columns}
    by_unit = bool(asked & {"unit", "building_unit"})
    by_building = by_unit or "building" in asked
    names = [name for name in ("grid", "compound") if name in asked]
    doors: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in places:
        doors[_key(place, names, by_building=by_building, by_unit=by_unit)].append(place)
    living: dict[tuple[str, ...], list[Someone]] = defaultdict(list)
    for one in people:
        key = _key(one.place, names, by_building=by_building, by_unit=by_unit) if one.place else None
        if key is not None:
            living[key].append(one)
    if not (names or by_building):
        yield Row(0, None, people, None, places)
        return
    for key in sorted(doors, key=lambda key: [natural_key(part) for part in key]):
        grid, compound, building, unit = key
        label = {
            "grid": grid or "未划入网格",
            "compound": compound,
            "building": building,
            "unit": unit,
            "building_unit": f"{building}-{unit}".strip("-"),
        }
        yield Row(0, None, living.get(key, []), None, doors[key], label=label)


def _key(place: Place, names: Sequence[str], *, by_building: bool, by_unit: bool) -> tuple[str, ...]:
    compound, building, unit, _room = place.address
    return (
        place.grid if "grid" in names else "",
        compound if "compound" in names or by_building else "",
        building if by_building else "",
        unit if by_unit else "",
    )
