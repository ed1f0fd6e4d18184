"""Labels along the sides of a plan of a building: 4层, 1单元, 01室, 2单元东户, 101."""

from __future__ import annotations

import re
from functools import lru_cache

from linli.registry.ledger.address import Address, on_floor, plain_number, plain_room
from linli.registry.ledger.text import clean

_ZH = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NUMBER = rf"(?:\d{{1,2}}|{_ZH}|[A-Z])"
_LABEL = re.compile(
    rf"^(?:第?(?P<b>{_NUMBER})(?:栋|幢|座|号楼|#楼?)-?)?(?:第?(?P<u>{_NUMBER})(?:单元|門洞|门洞|梯)-?)?"
    rf"(?:第?(?P<f>\d{{1,2}}|{_ZH})(?:层|楼|F)-?)?(?P<r>\d{{1,4}}[A-Z]?|[东西南北中左右前后]{{1,2}}(?=户|室|房|边|套|$)|[A-Z])?(?:号房|号|室|户型?|房|边|套)?$"
)
_UNIT_ROOM = re.compile(r"^(?P<u>\d{1,2})-(?P<r>\d{1,4})(?:号|室|户)?$")
_CORNERS = {
    "floor": re.compile(r"^(?:所在)?(?:楼层|层数?|层次|楼?层号)$|^(?:楼?层)?[/\\-].{1,3}$|^楼?层[/\\和与、-].{1,3}$"),
    "unit": re.compile(r"^单元号?$|^单元[/\\].{1,3}$"),
    "building": re.compile(r"^(?:楼栋|栋|幢|楼号|栋号|楼栋号)$"),
    "room": re.compile(r"^(?:房号|室号|户号|房间号?|门牌号?|户室?|住户)$|^(?:房号|室|户)[/\\].{1,3}$"),
}  # fmt: skip
_ASIDE = re.compile(r"^(?:备注|说明|合计|小计|总计|人数|户数|序号)$")
_WHOLE_ROOM = 3


@lru_cache(maxsize=4096)
def read_label(text: str) -> Address | None:
    """Read one label as the part of an address that it names; None where it is none."""
    line = clean(text).replace(" ", "").upper()
    match = _UNIT_ROOM.match(line) or _LABEL.match(line)
    parts = {key: value for key, value in match.groupdict().items() if value} if match else {}
    if not parts:
        return None
    floor = plain_number(parts.get("f", ""))
    return Address(
        building=plain_number(parts.get("b", "")),
        unit=plain_number(parts.get("u", "")),
        floor=int(floor) if floor.isdigit() else None,
        room=parts.get("r", ""),
    )


def is_corner(text: str) -> bool:
    """Tell whether text names a side of the plan rather than a place along it: 楼层, 单元, 楼层/房号."""
    return corner_of(text) != "" or text == ""


@lru_cache(maxsize=1024)
def corner_of(text: str) -> str:
    """Return what the cells below or behind a corner number: floor, unit, building, room; blank where it is none."""
    line = text.replace(" ", "")
    return next((part for part, words in _CORNERS.items() if words.match(line)), "")


def is_aside(text: str) -> bool:
    """Tell whether a label stands over remarks or sums instead of rooms."""
    return _ASIDE.match(text.replace(" ", "")) is not None


def label_under(corner: str, text: str) -> Address | None:
    """Read a label below a corner: a bare number is a floor under 楼层, a unit under 单元."""
    number = plain_number(clean(text))
    if number.isdigit() and len(number) < _WHOLE_ROOM:
        if corner == "unit":
            return Address(unit=number)
        if corner == "building":
            return Address(building=number)
        if corner != "room":
            return Address(floor=int(number))
    return read_label(text)


def is_whole_room(address: Address) -> bool:
    """Tell whether a label is a room's whole number: 101 rather than 01."""
    return len(address.room) >= _WHOLE_ROOM and address.room[:_WHOLE_ROOM].isdigit()


def door_at(along: Address, across: Address) -> Address:
    """Return the door where a row and a column of the plan meet: floor 4 and 01 are 401, floor 2 and 东 2楼东户."""
    place = along.over(across)
    room, floor = place.room, place.floor
    if floor is not None and room and not is_whole_room(place):
        room = f"{floor}{int(room):02d}" if room.isdigit() else _lettered(floor, room)
    return Address(place.compound, place.building, place.unit, floor, plain_room(room))


def _lettered(floor: int, room: str) -> str:
    return f"{floor}{room}" if room.isascii() else on_floor(floor, room, room)
