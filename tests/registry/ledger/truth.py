"""The sample ledgers with their truth, and how a reading is compared with it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from linli.registry.ledger import Ledger, PersonRecord
from linli.registry.ledger.columns import understand_columns
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.rows import rows_of
from linli.registry.ledger.tables import find_tables

DATA = Path(__file__).parents[2] / "data" / "registry"
FILES = ("balicha.xlsx", "jianghua.xlsx", "huili.xlsx", "fangcao.csv")
KINDS = frozenset(("id_check_digit", "id_precision_lost", "id_length", "id_missing", "duplicate_person"))
RESIDENCY = {"常住": "resident", "租户": "tenant", "外出": "away"}
CELLS = (
    "compound", "building", "unit", "room", "name", "relation", "sex", "id_number", "phone", "category",
    "hukou_division", "landlord_name", "landlord_phone", "remarks",
)  # fmt: skip


@dataclass
class Truth:
    """What a ledger must give. Rows of people and flags are numbers in the sheet `sheet`."""

    people: list[dict[str, Any]]
    flags: Counter[tuple[str, int, str, str]]
    dwellings: int
    households: int


@dataclass
class Source:
    """Rows of a sample as raw cells by field, and the truth about exactly these rows."""

    rows: list[tuple[int, dict[str, Any]]]
    people: dict[int, dict[str, Any]]
    flags: list[tuple[int, str, str]]


def load_truth(file: str) -> Truth:
    given = json.loads((DATA / f"{file.split('.')[0]}.truth.json").read_text(encoding="utf-8"))
    sheet = "" if file.endswith(".csv") else "台账"
    flags = Counter((sheet, _row(flag["row"]), flag["kind"], flag["name"]) for flag in given["flags"])
    people = [person | {"sheet": sheet, "number": _row(person["row"])} for person in given["people"]]
    return Truth(people, flags, given["dwellings"], given["households"])


def _row(text: str) -> int:
    return int(text.split("!")[1])


def compare(ledger: Ledger, truth: Truth, *, skip: frozenset[str] = frozenset()) -> list[Any]:
    """Return every difference between a reading and the truth, except in the person's fields in `skip`."""
    flags = Counter((flag.sheet, flag.row, flag.kind, flag.name) for flag in ledger.flags if flag.kind in KINDS)
    found: list[Any] = [("flag", key) for key in ((flags - truth.flags) + (truth.flags - flags))]
    counts = (len(ledger.people), len(ledger.dwellings), ledger.household_count)
    if counts != (len(truth.people), truth.dwellings, truth.households):
        found.append(("counts", counts, (len(truth.people), truth.dwellings, truth.households)))
    read = {(p.sheet, p.row): (d, p) for d in ledger.dwellings for p in d.people}
    for expected in truth.people:
        pair = read.get((expected["sheet"], expected["number"]))
        if pair is None:
            found.append(("missing", expected["row"], expected["name"]))
            continue
        told = _told(*pair)
        wanted = _wanted(expected, pair[1])
        found += [
            (expected["row"], key, told[key], wanted[key])
            for key in wanted
            if told[key] != wanted[key] and key not in skip
        ]
    return found


def _told(dwelling: Any, person: PersonRecord) -> dict[str, Any]:
    return {
        "name": person.name, "relation": person.relation, "phone": next(iter(person.phones), ""),
        "category": person.residency_kind, "tags": set(person.care_needs), "compound": dwelling.compound,
        "building": dwelling.building, "unit": dwelling.unit, "room": dwelling.room, "id": person.id_number,
        "sex": person.sex, "birth": str(person.birth),
    }  # fmt: skip


def _wanted(expected: dict[str, Any], person: PersonRecord) -> dict[str, Any]:
    whole = expected.get("id_ok", True) and not expected.get("id_missing", False)
    wanted = {key: expected[key] for key in ("name", "relation", "phone", "compound", "room")}
    wanted |= {"building": str(expected["building"]), "unit": str(expected["unit"]), "tags": set(expected["tags"])}
    wanted |= {"category": RESIDENCY[expected["category"]], "id": expected["id"] if whole else None}
    # What the digits of a damaged number no longer tell may be unknown, but never wrong.
    wanted |= {"sex": expected["sex"]} if whole or person.sex else {}
    return wanted | ({"birth": expected["birth"]} if whole or person.birth else {})


@cache
def source(file: str = "balicha.xlsx", doors: int = 30) -> Source:
    """Take the first doors of a sample behind which anything odd is, whole, with vacant ones and repeated people."""
    truth = load_truth(file)
    rows = dict(_cells(file))
    people = {person["number"]: person for person in truth.people}
    by_id = {person["id"]: person for person in people.values()}
    again = {
        row: by_id[_digits(rows[row]["id_number"])] for _, row, kind, _ in truth.flags if kind == "duplicate_person"
    }
    odd = [
        again.get(row) or people[row]
        for _, row, _, _ in sorted(truth.flags, key=lambda flag: flag[2] != "duplicate_person")
    ]
    chosen = list(dict.fromkeys(_home(person) for person in odd[::3]))[:doors]
    kept = {number for number, person in people.items() if _home(person) in chosen}
    kept |= {row for row, person in again.items() if person["number"] in kept}
    kept |= set([number for number, cells in rows.items() if not cells["name"]][::4])
    flags = [(row, kind, name) for (_, row, kind, name) in truth.flags if row in kept]
    some = {row: person for row, person in people.items() if row in kept}
    return Source([(row, rows[row]) for row in sorted(kept)], some, flags)


def _home(person: dict[str, Any]) -> tuple[str, str, str, str]:
    return person["compound"], str(person["building"]), str(person["unit"]), person["room"]


def _digits(value: Any) -> str:
    return str(value).strip("'").replace(" ", "").upper()


def _cells(file: str) -> list[tuple[int, dict[str, Any]]]:
    grid = next(grid for grid in read_book(DATA / file, Limits()).grids if grid.name in ("", "台账"))
    table = find_tables(grid)[0]
    columns = understand_columns([(grid, table)], ColumnMapping())
    rows = [row for row in rows_of(grid, table, columns) if row.kind in ("person", "dwelling")]
    index = {column.field: column.index for column in columns}
    return [(row.number, {name: grid.rows[row.number - 1][index[name]] for name in CELLS}) for row in rows]


def truth_of(part: Source, placed: dict[int, tuple[str, int]]) -> Truth:
    """Return the truth about a source written elsewhere: `placed` gives each original row its sheet and row."""
    people = []
    for row, person in part.people.items():
        sheet, number = placed[row]
        people.append(person | {"sheet": sheet, "number": number})
    flags = Counter((*placed[row], kind, name) for row, kind, name in part.flags)
    inhabited = set(map(_home, part.people.values()))
    vacant = {_door(cells) for _, cells in part.rows if not cells["name"]} - inhabited
    return Truth(people, flags, len(inhabited | vacant), len(inhabited))


def _door(cells: dict[str, Any]) -> tuple[str, str, str, str]:
    building, unit = (str(cells[key]).strip("号楼栋#单元").removesuffix(".0") for key in ("building", "unit"))
    return cells["compound"], building, unit, cells["room"]
