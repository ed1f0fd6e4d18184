"""What stands in each cell of a row: one function a column, chosen once. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from linli.core import clock
from linli.core.crypto import mask_id_number, mask_phone
from linli.paperwork.content import choosing, words
from linli.paperwork.content.fitting import age_on, counted, fits
from linli.paperwork.content.register import HEAD, ID_NUMBERS, LANDLORDS, OWN_COLUMNS, PHONES, Place, Register, Someone
from linli.paperwork.sheet.asked import DATE, NUMBER, TEXT, Value
from linli.paperwork.sheet.conditions import read_condition
from linli.paperwork.sheet.lexicon import COUNT, IS, OWN
from linli.paperwork.sheet.records import PLACE, Column
from linli.places.addresses import Address
from linli.registry.masking import masked


@dataclass(slots=True)
class Row:
    """One row of a form: somebody, a household with its members, a door, or a place with everybody in it."""

    number: int
    person: Someone | None = None
    members: Sequence[Someone] = ()
    place: Place | None = None
    places: Sequence[Place] = ()
    kind: str = ""
    label: dict[str, str] = field(default_factory=dict)
    """Of a place: its compound, building, unit or grid."""


@dataclass(frozen=True)
class Around:
    """What is the same in every row."""

    register: Register
    community: str
    subdistrict: str
    district: str
    city: str
    clerk: str
    round: str
    sees_numbers: bool
    names_compounds: bool = False
    """Whether a building is written with its compound, because no other column says which of several it is in."""


Cell = Callable[[Row], Value]
_MOBILE = re.compile(r"(?:\+?86)?1\d{10}$")


def cell_of(column: Column, around: Around) -> Cell:
    """Return what fills a column."""
    name = column.field
    if name == "text":
        return lambda _row: column.text
    if name.startswith(COUNT):
        asked = read_condition(name.removeprefix(COUNT))
        return lambda row: counted(asked, row.members, row.places, around.register.day)
    if name.startswith(IS):
        return _tick(column, around)
    if name.startswith(OWN):
        header = name.removeprefix(OWN)
        return lambda row: _shown(one.own.get(header, ""), around) if (one := _whom(row, column)) else ""
    return _of_field(column, around)


def cells_of(column: Column, around: Around) -> list[tuple[int, Cell]]:
    """Return what fills a column, or each of its boxes of one character, by the number of the spreadsheet's column."""
    cell = cell_of(column, around)
    if not column.boxes:
        return [(column.index, cell)]
    return [(column.index + at, _box(cell, at, column.boxes)) for at in range(column.boxes)]


def _box(cell: Cell, at: int, boxes: int) -> Cell:
    def character(row: Row) -> Value:
        text = str(cell(row) or "")
        return text[at] if len(text) == boxes else (text if at == 0 else "")

    return character


def kind_of(column: Column) -> str:
    """Return how a column is written."""
    if column.style == "date":
        return DATE
    counts = column.field.startswith(COUNT) or column.field in ("sequence", "age", "household_size", "floor")
    return NUMBER if counts else TEXT


def opened_for(columns: Sequence[Column]) -> set[str]:
    """Return which sealed columns of the register a form needs."""
    asked = {column.field for column in columns}
    own = {OWN_COLUMNS} if any(name.startswith(OWN) for name in asked) else set()
    numbers = {ID_NUMBERS} if asked & {"id_number", "head_id", "id_kind"} else set()
    phones = {PHONES} if asked & {"phone", "head_phone"} else set()
    landlords = {LANDLORDS} if asked & {"landlord", "landlord_phone"} else set()
    return own | numbers | phones | landlords


def _whom(row: Row, column: Column) -> Someone | None:
    """Return whom a column is about: who is numbered among the other members, else the row's own person."""
    if not column.member:
        return row.person
    others = [one for one in row.members if one is not row.person]
    return others[column.member - 1] if column.member <= len(others) else None


def _head(row: Row) -> Someone | None:
    return next((one for one in row.members if one.relation == HEAD), None) or (
        row.members[0] if row.members else row.person
    )


def _tick(column: Column, around: Around) -> Cell:
    asked, day = read_condition(column.field.removeprefix(IS)), around.register.day
    yes, no = _words_of(column)
    if column.field == "is:head":
        return lambda row: yes if row.person and row.person.relation == HEAD else no

    def tick(row: Row) -> Value:
        one = _whom(row, column)
        about = [one] if one and (column.member or row.kind == "person") else row.members
        return yes if any(fits(each, asked, day) for each in about) else no

    return tick


def _words_of(column: Column) -> tuple[str, str]:
    """Return what stands for yes and for no: what the agency lets choose, a tick, or 是 and 否."""
    told = choosing.yes_and_no(column.choices)
    if told:
        return told
    return ("√", "") if column.style == "tick" else ("是", "否")


def _of_field(column: Column, around: Around) -> Cell:
    name = column.field
    if name == "sequence":
        return lambda row: row.number
    if column.choices and name in choosing.OF_PERSON:
        choose = choosing.OF_PERSON[name]
        return lambda row: choose(one, column.choices) if (one := _whom(row, column)) else ""
    if column.choices and name == "occupancy":
        return lambda row: choosing.occupancy_as(_occupancy(row, around), column.choices)
    if name in _OF_PERSON:
        tell = _OF_PERSON[name]
        return lambda row: tell(one, around, column) if (one := _whom(row, column)) else ""
    if name in _OF_HEAD:
        tell = _OF_PERSON[_OF_HEAD[name]]
        return lambda row: tell(one, around, column) if (one := _head(row)) else ""
    if name in _OF_ROW:
        tell_row = _OF_ROW[name]
        return lambda row: tell_row(row, around)
    if name == "building" and around.names_compounds:
        return lambda row: (
            building_of(row.label.get("compound", ""), row.label.get(name, ""), around)
            if row.label
            else _OF_DOOR[name](row.place, around)
            if row.place
            else ""
        )
    if name in _OF_DOOR:
        tell_door = _OF_DOOR[name]
        return lambda row: (
            row.label.get(name, "") if row.kind == PLACE else (tell_door(row.place, around) if row.place else "")
        )
    if name in _OF_ALL:
        value = _OF_ALL[name](around, column)
        return lambda _row: value
    return lambda _row: ""


def _shown(text: str, around: Around) -> str:
    return text if around.sees_numbers else masked(text)


def _day(one: Someone, around: Around, column: Column) -> Value:
    return (
        one.birth
        if column.style == "date"
        else words.DATE_STYLES.get(column.style, words.DATE_STYLES[""])(one.birth)
        if one.birth
        else ""
    )


def _since(one: Someone, _around: Around, column: Column) -> Value:
    if one.since is None:
        return ""
    return (
        one.since if column.style == "date" else words.DATE_STYLES.get(column.style, words.DATE_STYLES[""])(one.since)
    )


def _id_number(one: Someone, around: Around, _column: Column) -> Value:
    return one.id_number if around.sees_numbers or not one.id_number else mask_id_number(one.id_number)


def _phones(one: Someone, around: Around, column: Column) -> Value:
    phones = one.phones
    if column.style in ("mobile", "landline"):
        phones = [phone for phone in phones if bool(_MOBILE.match(phone)) == (column.style == "mobile")]
    if column.boxes:
        phones = [phone for phone in phones if len(phone) == column.boxes][:1]
    return "、".join(phones if around.sees_numbers else map(mask_phone, phones))


def _result(one: Someone, _around: Around, _column: Column) -> Value:
    return words.OUTCOME_WORDS.get(one.outcome, "")


def _reason(one: Someone, _around: Around, _column: Column) -> Value:
    if one.outcome in ("", "done", "tested_elsewhere"):
        return ""
    return one.outcome_reason or ("" if one.outcome == "open" else words.OUTCOME_WORDS.get(one.outcome, ""))


def _result_time(one: Someone, _around: Around, column: Column) -> Value:
    if one.outcome_at is None or one.outcome not in ("done", "tested_elsewhere"):
        return ""
    at = one.outcome_at.astimezone(clock.local_zone())
    return at.date() if column.style == "date" else f"{at:%Y-%m-%d %H:%M}"


_OF_PERSON: dict[str, Callable[[Someone, Around, Column], Value]] = {
    "name": lambda one, _around, _column: one.name,
    "sex": lambda one, _around, column: (words.SEX_CODES if column.style == "coded" else words.SEX_WORDS).get(
        one.sex, ""
    ),
    "birth": _day,
    "age": lambda one, around, _column: age_on(one.birth, around.register.day),
    "id_number": _id_number,
    "id_kind": lambda one, _around, _column: (
        words.ID_KIND_WORDS.get(one.id_kind, "") if one.id_number or one.id_kind != "resident_id" else ""
    ),
    "phone": _phones,
    "relation": lambda one, _around, _column: one.relation,
    "category": lambda one, _around, _column: words.KIND_WORDS.get(one.kind, ""),
    "hukou_division": lambda one, around, _column: _shown(one.hukou, around),
    "care_needs": lambda one, _around, _column: "、".join(one.needs),
    "remarks": lambda one, around, _column: _shown(one.remarks, around),
    "since": _since,
    "round_result": _result,
    "round_reason": _reason,
    "round_time": _result_time,
}
_OF_HEAD = {"head_name": "name", "head_phone": "phone", "head_id": "id_number"}


def _landlord(place: Place, around: Around) -> Value:
    return "".join((place.landlord, *_landlord_phones(place, around)))


def _landlord_phones(place: Place, around: Around) -> list[str]:
    return (
        list(place.landlord_phones) if around.sees_numbers else [mask_phone(phone) for phone in place.landlord_phones]
    )


def _joined(address: Address, *parts: str) -> str:
    told = Address(*(part if name in parts else "" for name, part in zip(Address._fields, address, strict=True)))
    return words.whole_address(told)


_OF_DOOR: dict[str, Callable[[Place, Around], Value]] = {
    "address": lambda place, _around: words.whole_address(place.address),
    "compound": lambda place, _around: place.address.compound,
    "building": lambda place, around: building_of(place.address.compound, place.address.building, around),
    "unit": lambda place, _around: place.address.unit,
    "floor": lambda place, _around: place.floor,
    "room": lambda place, _around: place.address.room,
    "building_unit": lambda place, _around: _joined(place.address, "building", "unit"),
    "unit_room": lambda place, _around: _joined(place.address, "unit", "room"),
    "grid": lambda place, _around: place.grid,
    "landlord_name": lambda place, _around: place.landlord,
    "landlord_phone": lambda place, around: "、".join(_landlord_phones(place, around)),
    "landlord": _landlord,
}


def building_of(compound: str, building: str, around: Around) -> str:
    """Return how a building is written: 3, or 明珠华府3栋 where that must be told apart."""
    return compound + words.with_word(building, "栋") if around.names_compounds else building


def _occupancy(row: Row, _around: Around) -> str:
    """Say whether a dwelling is vacant, let or lived in."""
    if not row.members:
        return "空置"
    return "出租" if any(one.kind == "tenant" for one in row.members) else "自住"


_OF_ROW: dict[str, Callable[[Row, Around], Value]] = {
    "household_size": lambda row, _around: len(row.members),
    "household_number": lambda row, _around: row.members[0].household_number.partition("·")[0] if row.members else "",
    "members": lambda row, _around: "、".join(
        one.name + (f"({one.relation})" if one.relation else "") for one in row.members if one is not _head(row)
    ),
    "occupancy": _occupancy,
}
_OF_ALL: dict[str, Callable[[Around, Column], Value]] = {
    "community": lambda around, _column: around.community,
    "subdistrict": lambda around, _column: around.subdistrict,
    "district": lambda around, _column: around.district,
    "city": lambda around, _column: around.city,
    "clerk": lambda around, _column: around.clerk,
    "today": lambda around, column: (
        around.register.day
        if column.style == "date"
        else words.DATE_STYLES.get(column.style, words.DATE_STYLES[""])(around.register.day)
    ),
    "round_name": lambda around, _column: around.round,
}
FIELDS = ("sequence", *_OF_PERSON, *_OF_HEAD, *_OF_DOOR, *_OF_ROW, *_OF_ALL, "is:head")
"""Every field that a column can be filled with beside ticks, numbers, texts and the office's own columns."""
