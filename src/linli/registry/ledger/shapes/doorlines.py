"""One line a door: its address and, in the same cell, everybody behind it. 3栋2单元501：王建国、李娜."""

from __future__ import annotations

import re

from linli.registry.ledger.address import Address, read_address
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.shapes.occupants import Occupants, read_occupants
from linli.registry.ledger.shapes.written import PEOPLE_HEADER, beside_all, padded, person_row, vacant_row
from linli.registry.ledger.tables import is_header
from linli.registry.ledger.text import Value, clean

_PARTED = re.compile(r"^(?P<door>[^:]*\d[^:\s]*?)(?:\s*:\s*|\s+)(?P<rest>.+)$")
_NUMBERED = re.compile(r"^\d{1,4}[.、)]\s*(?=\S)")
_MOSTLY = 0.6
_FEW = 2


def doorlines_as_rows(grid: Grid) -> Grid | None:
    """Write lines that each tell a door and its people out as a table; None where most lines tell anything else."""
    if any(map(is_header, grid.rows)):
        return None
    lines = [(grid.number(n), _only_cell(row)) for n, row in enumerate(grid.rows) if any(map(clean, row))]
    told = {number: _told(line) for number, line in lines}
    doors = [number for number, found in told.items() if found is not None]
    if len(doors) < _FEW or len(doors) < len(lines) * _MOSTLY:
        return None
    rows: list[tuple[int, list[Value]]] = []
    for number, line in lines:
        rows += [(number, list(PEOPLE_HEADER))] if number == doors[0] else []
        found = told[number]
        rows += (
            [(number, beside_all(PEOPLE_HEADER, line))]
            if found is None
            else [(number, row) for row in _rows_at(*found)]
        )
    return Grid(grid.name, padded([row for _, row in rows]), [], grid.hidden, tuple(number for number, _ in rows))


def _only_cell(row: list[Value]) -> str:
    return " ".join(text for text in map(clean, row) if text) if sum(bool(clean(value)) for value in row) == 1 else ""


def _told(line: str) -> tuple[Address, Occupants] | None:
    parted = _PARTED.match(_NUMBERED.sub("", line))
    if parted is None:
        return None
    address, occupants = read_address(parted["door"]), read_occupants(parted["rest"])
    return (
        (address, occupants) if address.clear and address.building and address.room and occupants.understood else None
    )


def _rows_at(door: Address, told: Occupants) -> list[list[Value]]:
    return [person_row(door, said, told.remark) for said in told.people] or [vacant_row(door, told.remark)]
