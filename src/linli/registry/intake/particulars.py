"""From the reader's records to particulars, and particulars as sealed JSON."""

import json
from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from linli.core import crypto
from linli.places.addresses import Address
from linli.registry.ledger import DwellingRecord, Flag, Ledger, PersonRecord
from linli.registry.models import Person
from linli.registry.rules import Particulars, Place, Tenure

SEX_OF = {"男": Person.Sex.MALE.value, "女": Person.Sex.FEMALE.value}
SHORTENED = "value_shortened"
INVENTED = "·"
"""Begins a household number that we made up to tell households of one unknown address apart."""
_FIELDS_OF_COLUMN = {
    "phone": ("phones",),
    "relation": ("relation",),
    "head_name": ("relation",),
    "hukou_division": ("hukou_division",),
    "category": ("residency_kind",),
    "remarks": ("remarks", "care_needs", "residency_kind"),
    "care_flag": ("care_needs",),
}
_LONGEST = {"name": 120, "hukou_division": 200, "relation": 40}
"""As long as the columns of the register are."""


@dataclass(frozen=True, slots=True)
class LedgerPerson:
    """One person of a ledger with their particulars and everything that was flagged about them."""

    record: PersonRecord
    particulars: Particulars
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class LedgerDoor:
    """One dwelling of a ledger."""

    address: Address
    tenure: Tenure
    is_vacant: bool


def fields_said(ledger: Ledger) -> frozenset[str]:
    """Return the particulars for which at least one sheet has a column."""
    columns = {column.field for sheet in ledger.sheets if sheet.role == "ledger" for column in sheet.columns}
    return frozenset(name for column in columns for name in _FIELDS_OF_COLUMN.get(column, ()))


def doors_of(ledger: Ledger) -> list[LedgerDoor]:
    """Return each dwelling of a ledger once; a dwelling of unknown address is kept as one without a room."""
    doors: dict[Address, LedgerDoor] = {}
    for dwelling in ledger.dwellings:
        landlord = dwelling.landlord
        tenure = Tenure(
            _small(dwelling.floor),
            (landlord.name if landlord else "")[:60],
            landlord.phones if landlord else (),
            dwelling.remarks,
        )
        doors.setdefault(address_of(dwelling), LedgerDoor(address_of(dwelling), tenure, dwelling.vacant))
    return list(doors.values())


def people_of(ledger: Ledger) -> list[LedgerPerson]:
    """Return each person of a ledger once, in the ledger's order."""
    repeated: dict[str, list[Flag]] = {}
    for flag in ledger.flags:
        if flag.kind in ("duplicate_person", "duplicate_other_address"):
            repeated.setdefault(flag.read, []).append(flag)
    found = []
    for dwelling in ledger.dwellings:
        numbers: Counter[str] = Counter()
        for household in dwelling.households:
            number = household.number[:30]
            numbers[number] += 1
            shown = number if numbers[number] == 1 else f"{number}{INVENTED}{numbers[number]}"
            place = Place(address_of(dwelling), shown)
            found += [
                _person(record, place, tuple(repeated.get(record.id_number or "", ()))) for record in household.people
            ]
    return found


def address_of(dwelling: DwellingRecord) -> Address:
    """Return the address of a dwelling record, each part as long as the register keeps it."""
    return Address(dwelling.compound[:80], dwelling.building[:40], dwelling.unit[:40], dwelling.room[:40])


def _small(floor: int | None) -> int | None:
    return floor if floor is not None and abs(floor) < 1000 else None


def _person(record: PersonRecord, place: Place, repeated: tuple[Flag, ...]) -> LedgerPerson:
    whole = Particulars(
        name=record.name,
        sex=SEX_OF.get(record.sex, ""),
        birth=record.birth,
        id_kind=record.id_kind,
        id_number=record.id_number,
        phones=record.phones,
        relation=record.relation,
        residency_kind=record.residency_kind,
        hukou_division=record.hukou_division,
        care_needs=tuple(sorted({need[:60] for need in record.care_needs})),
        remarks=record.remarks,
        place=place,
        extra=record.extra,
    )
    flags = (*record.flags, *repeated)
    long = {name: getattr(whole, name)[:most] for name, most in _LONGEST.items() if len(getattr(whole, name)) > most}
    if not long:
        return LedgerPerson(record, whole, flags)
    cut = Flag(record.sheet, record.row, SHORTENED, long.get("name", whole.name), "/".join(sorted(long)))
    return LedgerPerson(record, replace(whole, **long), (*flags, cut))


def seal_particulars(said: Particulars | Tenure) -> bytes:
    """Return particulars as sealed JSON, fields that say nothing left out."""
    return crypto.seal(json.dumps(as_json(said), ensure_ascii=False))


def as_json(said: Particulars | Tenure) -> dict[str, Any]:
    """Return particulars as JSON carries them."""
    told = {name: value for name in _NAMES[type(said)] if (value := getattr(said, name))}
    if "birth" in told:
        told["birth"] = told["birth"].isoformat()
    return told


_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Particulars, Tenure)}


def unseal_particulars(sealed: bytes | memoryview | None) -> Particulars | None:
    """Return what `seal_particulars` sealed, None where there was no ledger."""
    if sealed is None:
        return None
    told = _tuples(json.loads(crypto.unseal(sealed)), Particulars)
    place = told.get("place")
    if place:
        told["place"] = Place(Address(*place[0]), place[1])
    if "birth" in told:
        told["birth"] = date.fromisoformat(told["birth"])
    return Particulars(**{"name": "", **told})


def unseal_tenure(sealed: bytes | memoryview | None) -> Tenure | None:
    """Return what `seal_particulars` sealed of a dwelling."""
    return None if sealed is None else Tenure(**_tuples(json.loads(crypto.unseal(sealed)), Tenure))


def _tuples(told: dict[str, Any], kind: type[Any]) -> dict[str, Any]:
    names = _NAMES[kind]
    return {
        name: tuple(tuple(item) if isinstance(item, list) else item for item in value)
        if isinstance(value, list)
        else value
        for name, value in told.items()
        if name in names
    }


def phones_sealed(phones: tuple[str, ...]) -> bytes | None:
    """Return a landlord's numbers as sealed JSON, None for none."""
    return crypto.seal(json.dumps(phones), "phone") if phones else None


def phones_unsealed(sealed: bytes | memoryview | None) -> tuple[str, ...]:
    """Return a landlord's numbers."""
    return tuple(json.loads(crypto.unseal(sealed, "phone"))) if sealed else ()
