"""From rows to dwellings: the same door together, the same identity number merged, households told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from linli.registry.ledger.address import Address
from linli.registry.ledger.care import settled
from linli.registry.ledger.compounds import compound_name
from linli.registry.ledger.counts import unnamed_person
from linli.registry.ledger.people import Draft
from linli.registry.ledger.records import DwellingRecord, Flag, HouseholdRecord, Landlord, PersonRecord
from linli.registry.ledger.text import without_spaces

Key = tuple[str, str, str, str]
_DOTS = str.maketrans("", "", "·•‧・.．∙ ")
_HERE = ("resident", "tenant")


@dataclass(slots=True)
class Door:
    """A dwelling while rows are still being added to it."""

    address: Address
    known: bool = True
    people: list[Draft] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    landlord: tuple[str, tuple[str, ...]] = ("", ())
    remarks: list[str] = field(default_factory=list)
    merged: bool = False
    counted: tuple[str, int, int] = ("", 0, 0)
    """Sheet and row that count people here without naming them, and how many."""


@dataclass(slots=True)
class Entry:
    """One row placed: its address, whether the ledger gave one, and the person, if it holds one."""

    address: Address
    known: bool
    sheet: str
    row: int
    person: Draft | None
    landlord: tuple[str, tuple[str, ...]] = ("", ())
    remark: str = ""
    counted: int = 0
    """How many people a row that names nobody says live here."""


def assemble(entries: list[Entry]) -> tuple[tuple[DwellingRecord, ...], tuple[Flag, ...]]:
    """Group rows into dwellings in the order they first appear, and collect every flag in row order."""
    _settle_compounds(entries)
    _settle_units(entries)
    flags: list[Flag] = []
    doors = _doors(entries, flags)
    _seat_the_unnamed(doors)
    _flag_namesakes(doors)
    for door in doors:
        _give_heads_their_phones(door.people)
        _settle_landlord(door)
    dwellings = tuple(_dwelling(door) for door in doors)
    for dwelling in dwellings:
        flags += [flag for person in dwelling.people for flag in person.flags]
    sheets = list(dict.fromkeys(entry.sheet for entry in entries))
    flags.sort(key=lambda flag: (sheets.index(flag.sheet), flag.row))
    return dwellings, tuple(flags)


def _settle_compounds(entries: list[Entry]) -> None:
    """Where the ledger writes both 明珠华府 and 明珠华府小区, use whichever it writes more often."""
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.address.compound] = counts.get(entry.address.compound, 0) + 1
    same = {name: name.removesuffix("小区") for name in counts if name.removesuffix("小区") in counts and name}
    for long, short in list(same.items()):
        if long != short:
            better = max((short, long), key=lambda name: counts[name])
            same[long] = same[short] = better
    for entry in entries:
        better = same.get(entry.address.compound, entry.address.compound)
        if better != entry.address.compound:
            entry.address = replace(entry.address, compound=better)


def _settle_units(entries: list[Entry]) -> None:
    """Give a door without building or unit the first one; flag it where the place has others too."""
    buildings: dict[str, set[str]] = {}
    units: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        address = entry.address
        if address.building:
            buildings.setdefault(address.compound, set()).add(address.building)
        if address.unit:
            units.setdefault((address.compound, address.building), set()).add(address.unit)
    for entry in entries:
        address = entry.address
        if not entry.known:
            continue
        if not address.building:
            _assume(entry, "building", buildings.get(address.compound, set()))
        if not address.unit:
            _assume(entry, "unit", units.get((address.compound, address.building), set()))


def _assume(entry: Entry, part: str, others: set[str]) -> None:
    if others - {"1"} and entry.person is not None:
        entry.person.flag(f"{part}_missing", entry.address.room)
    address = entry.address
    entry.address = replace(address, building="1") if part == "building" else replace(address, unit="1")


def _doors(entries: list[Entry], flags: list[Flag]) -> list[Door]:
    doors: dict[Key, Door] = {}
    holders: dict[str, tuple[Draft, Door]] = {}
    for entry in entries:
        door = doors.setdefault(_key(entry), Door(entry.address, entry.known))
        door.rows.append((entry.sheet, entry.row))
        _note_landlord(door, entry)
        if entry.person is None:
            door.remarks += [entry.remark] if entry.remark else []
            door.counted = max(door.counted, (entry.sheet, entry.row, entry.counted), key=lambda told: told[2])
            continue
        number = entry.person.identity.number or entry.person.identity.renewed
        if not number:
            door.people.append(entry.person)
        elif number not in holders:
            holders[number] = (entry.person, door)
            door.people.append(entry.person)
        else:
            _meet_again(entry.person, door, holders, flags)
    return [door for door in doors.values() if door.known or door.people or not door.merged]


def _key(entry: Entry) -> Key:
    address = entry.address
    if not entry.known:
        return (address.compound, "?", "?", "?")
    return (address.compound, address.building, address.unit, address.room)


def _meet_again(later: Draft, door: Door, holders: dict[str, tuple[Draft, Door]], flags: list[Flag]) -> None:
    """Merge a person whose identity number was read before; keep both when the names plainly differ."""
    number = later.identity.number or later.identity.renewed
    first, first_door = holders[number]
    if not same_name(first.name, later.name):
        if later.identity.number:
            later.identity = replace(later.identity, number=None)
            later.flag("id_shared", number)
        door.people.append(later)
        return
    flags += [flag for flag in later.flags if flag.kind == "id_length"]
    flags.append(Flag(later.sheet, later.row, "duplicate_person", without_spaces(later.name), number))
    if door is not first_door and door.known:
        flags.append(
            Flag(later.sheet, later.row, "duplicate_other_address", without_spaces(later.name), _line(door.address))
        )
        if not first_door.known or (later.residency in _HERE and first.residency not in _HERE):
            first_door.people.remove(first)
            door.people.append(first)
            first.residency, first.relation = later.residency, later.relation or first.relation
            holders[number] = (first, door)
            _drop_flag(first, "address_missing")
    door.merged = True
    _fill(first, later)


def _drop_flag(person: Draft, kind: str) -> None:
    person.flags = [flag for flag in person.flags if flag.kind != kind]


def _fill(first: Draft, later: Draft) -> None:
    if first.identity.number is None and later.identity.number:
        first.identity = later.identity
    first.name = first.name or later.name
    first.sex = first.sex or later.sex
    first.birth = first.birth or later.birth
    first.phones = first.phones or later.phones
    first.relation = first.relation or later.relation
    first.hukou = first.hukou or later.hukou
    if later.residency_said and not first.residency_said:
        first.residency, first.residency_said = later.residency, True
    first.needs = settled((*first.needs, *later.needs))
    first.remarks += [remark for remark in later.remarks if remark not in first.remarks]
    first.extra = first.extra or later.extra


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings can be one person: equal without dots, one within the other, one sign apart."""
    a, b = one.translate(_DOTS).lower(), other.translate(_DOTS).lower()
    if not a or not b or a in b or b in a:
        return True
    return len(a) == len(b) and len(a) >= 2 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _line(address: Address) -> str:
    return f"{address.compound}{address.building}栋{address.unit}单元{address.room}"


def _note_landlord(door: Door, entry: Entry) -> None:
    name, phones = entry.person.landlord if entry.person else entry.landlord
    if not name and not phones:
        return
    if not any(door.landlord):
        door.landlord = (name, phones)
    elif name and door.landlord[0] and not same_name(name, door.landlord[0]):
        if entry.person:
            entry.person.flag("landlord_disagrees", f"{door.landlord[0]}、{name}")
    else:
        door.landlord = (door.landlord[0] or name, tuple(dict.fromkeys((*door.landlord[1], *phones))))


def _settle_landlord(door: Door) -> None:
    """Miss no landlord for the other tenants of a dwelling where the first one's row names them."""
    if door.known and any(door.landlord):
        for person in door.people:
            _drop_flag(person, "landlord_missing")


def _flag_namesakes(doors: Iterable[Door]) -> None:
    for door in doors:
        seen: dict[str, Draft] = {}
        for person in door.people:
            first = seen.setdefault(person.name, person)
            unsure = first.identity.number is None or person.identity.number is None
            if first is not person and person.name and unsure and door.known:
                person.flag("possible_duplicate", f"{first.sheet}!{first.row}".strip("!"))


def _give_heads_their_phones(people: list[Draft]) -> None:
    """Give the number under 户主电话 to the head among the people of a door: to whoever is named first where none is."""
    head = next((person for person in people if person.relation == "户主"), next(iter(people), None))
    for person in people:
        head = person if person.relation == "户主" else head
        if head is not None and person.head_phones:
            head.phones = tuple(dict.fromkeys((*head.phones, *person.head_phones)))


def _seat_the_unnamed(doors: Iterable[Door]) -> None:
    """Put people without names behind a door where the ledger only counts them, so that nobody takes it for vacant."""
    for door in doors:
        sheet, row, count = door.counted
        if not door.people:
            door.people = [unnamed_person(sheet, row) for _ in range(count)]


def _dwelling(door: Door) -> DwellingRecord:
    address = door.address
    households = tuple(
        HouseholdRecord(number, tuple(map(_person, people))) for number, people in _households(door) if people
    )
    landlord = Landlord(*door.landlord) if any(door.landlord) else None
    return DwellingRecord(
        compound_name(address.compound) if not door.known else address.compound,
        address.building if door.known else "",
        address.unit if door.known else "",
        address.room if door.known else "",
        address.floor if door.known else None,
        households,
        landlord,
        "；".join(dict.fromkeys(door.remarks)),
        tuple(door.rows),
        door.known,
    )


def _households(door: Door) -> list[tuple[str, list[Draft]]]:
    """Tell households apart by the ledger's own household number, where it has one and each has several or a head.

    Without such a number everyone behind a door is one household; people without a door number are one
    household for each head among them.
    """
    if not door.known or not door.address.room:
        return _by_heads(door.people)
    groups: dict[str, list[Draft]] = {}
    for person in door.people:
        groups.setdefault(person.household_number, []).append(person)
    blank = groups.pop("", [])
    plausible = len(groups) > 1 and all(any(p.relation == "户主" for p in people) for people in groups.values())
    if not plausible:
        number = next(iter(groups), "")
        return [(number, door.people)]
    next(iter(groups.values())).extend(blank)
    return list(groups.items())


def _by_heads(people: list[Draft]) -> list[tuple[str, list[Draft]]]:
    groups: list[tuple[str, list[Draft]]] = []
    for person in people:
        if not groups or person.relation in ("户主", ""):
            groups.append((person.household_number, []))
        groups[-1][1].append(person)
    return groups


def _person(draft: Draft) -> PersonRecord:
    return PersonRecord(
        name=draft.name,
        sex=draft.sex,
        birth=draft.birth,
        id_number=draft.identity.number,
        id_kind=draft.identity.kind,
        phones=draft.phones,
        relation=draft.relation,
        residency_kind=draft.residency,
        hukou_division=draft.hukou,
        care_needs=draft.needs,
        remarks="；".join(dict.fromkeys(draft.remarks)),
        sheet=draft.sheet,
        row=draft.row,
        extra=draft.extra,
        flags=tuple(draft.flags),
    )
