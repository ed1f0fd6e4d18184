"""Villages whose ledger knows no door numbers: each household is a dwelling, named by its number or its head.

村民小组 and 户主 are all that tells where somebody lives. One dwelling a group would put a whole hamlet behind one
door, so 户号 or the head's name stands where a door number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linli.registry.ledger.address import Address
from linli.registry.ledger.people import read_name
from linli.registry.ledger.placing import Placed
from linli.registry.ledger.row import Row

_HEADS = frozenset(("户主", "本人", "戶主", "户主本人"))
_VILLAGE = re.compile(r"(?:村|湾|屯|庄|寨|组|队|塘|冲|坝|堡|营|岭|坪|沟|坡|岗|垸|畈)$")


@dataclass(slots=True)
class _Homestead:
    number: str
    head: str
    headed: bool = False
    """Whether a row of its own names the head: the next such row begins another household."""


def name_homesteads(rows: list[Row], placed: list[Placed]) -> list[Placed]:
    """Give each household a room of its own where addresses end at the group or building and tell hardly any apart."""
    inhabited = [n for n, row in enumerate(rows) if row.kind in ("person", "dwelling")]
    if any(placed[n].address.room for n in inhabited):
        return placed
    homes = dict(zip(inhabited, _households([rows[n] for n in inhabited]), strict=True))
    households = {id(home) for home in homes.values() if home is not None}
    grouped = _groups_carried_down(placed, inhabited)
    addresses = {_address(grouped[n]) for n in inhabited}
    if not _all_in_groups([rows[n] for n in inhabited]) and len(addresses) * 2 > len(households):
        return placed
    rooms = _rooms(homes, grouped)
    return [_in_room(here, rooms.get(n, "")) for n, here in enumerate(grouped)]


def _groups_carried_down(placed: list[Placed], inhabited: list[int]) -> list[Placed]:
    """Put whoever follows a group named once into it: nobody's door is said here that could be a neighbour's."""
    carried = list(placed)
    last: Placed | None = None
    for n in inhabited:
        here = placed[n]
        if here.said:
            last = here
        elif last is not None and here.address.compound in ("", last.address.compound):
            carried[n] = replace(here, address=last.address, said=True)
    return carried


def _households(rows: list[Row]) -> list[_Homestead | None]:
    """Return the household of each row; None before the first that a number or a head begins."""
    for field in ("household_number", "head_name"):
        if all(row.text(field) for row in rows):
            named = {row.text(field): _begun(row) for row in reversed(rows)}
            return [named[row.text(field)] for row in rows]
    below = list(_below_one_another(rows))
    return list(_as_numbered(rows)) if not any(below) and _all_in_groups(rows) else below


def _all_in_groups(rows: list[Row]) -> bool:
    """Tell whether all rows are put into groups of a village: 3组, 张家湾."""
    said = [row.text("building") or row.text("address") or row.text("compound") for row in rows]
    return any(said) and all(not text or _VILLAGE.search(text.rstrip("0123456789")) for text in said)


def _as_numbered(rows: list[Row]) -> Iterator[_Homestead | None]:
    """Begin a household at each row that has a running number where others go without, else at each row."""
    numbered = {bool(row.text("sequence")) for row in rows} == {True, False}
    last: _Homestead | None = None
    for row in rows:
        last = _begun(row) if last is None or row.text("sequence") or not numbered else last
        yield last


def _below_one_another(rows: list[Row]) -> Iterator[_Homestead | None]:
    """Begin a household where its number or head stands; rows that say neither go on with the one above."""
    numbered = any(row.text("household_number") for row in rows)
    last: _Homestead | None = None
    for row in rows:
        if last is None or (_has_another_number(row, last) if numbered else _has_another_head(row, last)):
            named = row.text("household_number") if numbered else row.text("head_name") or _is_head(row)
            last = _begun(row) if named else last
        if last is not None:
            last.headed = last.headed or _is_head(row)
        yield last


def _begun(row: Row) -> _Homestead:
    head = read_name(row.value("head_name"))[0] or read_name(row.value("name"))[0]
    return _Homestead(row.text("household_number"), head)


def _has_another_number(row: Row, last: _Homestead) -> bool:
    return row.text("household_number") not in ("", last.number)


def _has_another_head(row: Row, last: _Homestead) -> bool:
    head = read_name(row.value("head_name"))[0]
    return head not in ("", last.head) or (_is_head(row) and last.headed)


def _is_head(row: Row) -> bool:
    return row.text("relation") in _HEADS


def _rooms(homes: dict[int, _Homestead | None], placed: list[Placed]) -> dict[int, str]:
    """Name the room of each row; two heads of one name at one address are told apart by their order."""
    names: dict[tuple[Address, str], dict[int, int]] = {}
    rooms: dict[int, str] = {}
    for n, home in homes.items():
        if home is None:
            continue
        name = home.number or f"{home.head}户"
        alike = names.setdefault((_address(placed[n]), name), {})
        order = alike.setdefault(id(home), len(alike) + 1)
        rooms[n] = name if order == 1 or home.number else f"{name}{order}"
    return rooms


def _in_room(here: Placed, room: str) -> Placed:
    address = _address(here)
    if not room or not (address.building or _VILLAGE.search(address.compound)):
        return here
    return replace(here, address=replace(address, room=room), said=True)


def _address(here: Placed) -> Address:
    elsewhere = here.address.compound != here.around.compound
    return here.address if here.said or elsewhere else here.address.over(here.around)
