"""What stands in each cell of a row: one function a column, chosen once. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from linli.core import clock
from linli.core.crypto import mask_id_number, mask_phone
from linli.paperwork.content import words
from linli.paperwork.content.choosing import KEYS, age_chosen, chosen, needs_chosen, origin_of, yes_and_no
from linli.paperwork.content.fitting import age_on, counted, fits
from linli.paperwork.content.register import HEAD, ID_NUMBERS, LANDLORDS, OWN_COLUMNS, PHONES, Place, Register, Someone
from linli.paperwork.content.splitting import part
from linli.paperwork.sheet.asked import DATE, NUMBER, TEXT, Value
from linli.paperwork.sheet.conditions import read_condition
from linli.paperwork.sheet.lexicon import COUNT, IS, OWN
from linli.paperwork.sheet.meanings import LET, MEANINGS, VACANT
from linli.paperwork.sheet.meanings import OWN as OWN_HOME
from linli.paperwork.sheet.records import PLACE, Column
from linli.paperwork.sheet.splitting import DAY, MONTH, YEAR
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
    province: str
    clerk: str
    round: str
    sees_numbers: bool
    code: int = 0
    """The community's."""
    sheet: str = ""
    left: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """What has no word in an agency's list and is left empty: sheet, column, header, what the register says."""
    names_compounds: bool = False
    """Whether a building is written with its compound, because no other column says which of several it is in."""


Cell = Callable[[Row], Value]
_MOBILE = re.compile(r"(?:\+?86)?1\d{10}$")


def cell_of(column: Column, around: Around) -> Cell:
    """Return what fills a column, in the agency's own words where it lists them."""
    cell = _usual(column, around)
    if column.part:
        return lambda row: part(cell(row), column.part)
    if not column.choices or column.field == "text" or column.field.startswith((IS, COUNT)):
        return cell
    return _among_choices(column, cell, around)


def _among_choices(column: Column, cell: Cell, around: Around) -> Cell:
    """Write a word of the agency's list; what has none is left empty and counted."""
    name = column.field

    def choose(row: Row) -> Value:
        one, said = _whom(row, column), cell(row)
        if name == "care_needs":
            fits_one, value = needs_chosen(column, one.needs if one else ())
        elif name == "age_band":
            fits_one, value = age_chosen(column, one.birth if one else None, around.register.day)
        else:
            fits_one, value = chosen(column, said, _key(name, one, row, around))
        if not fits_one:
            around.left[around.sheet, column.letter, column.header, str(said) if name in MEANINGS else ""] += 1
        return value

    return choose


def _key(name: str, one: Someone | None, row: Row, around: Around) -> str:
    if name == "occupancy":
        return _state_of(row)
    if name == "hukou_kind":
        return origin_of(one, around.code) if one else ""
    return KEYS[name](one) if one and name in KEYS else ""


def _usual(column: Column, around: Around) -> Cell:
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


def kind_of(column: Column) -> str:
    """Return how a column is written."""
    if column.part in (YEAR, MONTH, DAY):
        return NUMBER
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


def _words_of(column: Column) -> tuple[Value, Value]:
    """Return what stands for yes and for no: what the agency lets choose, a tick, or 是 and 否."""
    if column.choices:
        return yes_and_no(column)
    return ("√", "") if column.style == "tick" else ("是", "否")


def _of_field(column: Column, around: Around) -> Cell:
    name = column.field
    if name == "sequence":
        return lambda row: row.number
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
    if column.boxes > 1:
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
    "hukou_kind": lambda one, around, _column: words.origin_word(origin_of(one, around.code)),
    "age_band": lambda _one, _around, _column: "",
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


def _state_of(row: Row) -> str:
    """Tell whether a dwelling is vacant, let or lived in."""
    if not row.members:
        return VACANT
    return LET if any(one.kind == "tenant" for one in row.members) else OWN_HOME


def _occupancy(row: Row, _around: Around) -> Value:
    return {VACANT: "空置", LET: "出租", OWN_HOME: "自住"}[_state_of(row)]


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
    "province": lambda around, _column: around.province,
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
