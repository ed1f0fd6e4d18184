"""Addresses in the forms offices write: 3栋2单元501室, 3#-2-501, 三栋二单元501, 3-2-501, 3幢501, 3组12号.

What comes out is plain: building "3", unit "2", room "501", and whatever stood before as the compound. A building
without units has the one unit "1", so that 3幢501 and 3栋1单元501 are the same door. A village's group (组) stands
where a building stands, the door number where the room stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from linli.registry.ledger.compounds import EDGES, compound_name, ends_like_a_compound
from linli.registry.ledger.text import clean, is_nothing, number_zh

_ZH = r"(?:[一二两三四五六七八九]?百[零〇]?)?(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_NUMBER = rf"(?:(?<!\d)\d{{1,4}}[A-Z]?|(?<![A-Z])[A-Z]\d{{0,3}}|(?<![一二三四五六七八九十百]){_ZH}|[甲乙丙丁戊])"
_BUILDING_WORD = (
    r"(?:[号號][楼樓]|[号號][栋棟幢]|#[楼樓栋棟幢]|[楼樓][栋棟]|[栋棟][楼樓]|栋|棟|幢|座|#"
    r"|村民小组|居民小组|组|組|排|[号號]院|号|號)"
)
_NTH = r"(?:(?<![门門])第)?"
_UNIT_WORD = r"(?:#?单元|#?單元|单(?!元)|口|号门|门洞|门|梯位|梯|#)"
_ROOM = (
    r"(?:\d{1,4}号?附\d{1,3}|\d{3,4}(?:、\d{3,4})+|[A-Z]?\d{1,5}(?:[A-Z]|[东西南北中左右前后]{1,2}(?=户|室|房|$))?(?:[-/]\d{1,3})?|[零〇○一二三四五六七八九]{3,4}|[一二三四五六七八九十]{1,2}(?=号|室|户)|附\d+|"
    r"(?:商铺|门面|门店|铺面)\d{1,3}|(?:地下室|车库|阁楼|架空层|储藏室)\d{0,3}|"
    r"[东西南北中左右前后上下]{1,3}(?=户|室|房|门|$)|负一)"
)
_ROOM_WORD = r"(?:号房|房间|室|房|号|號|户|住户|#)?"
_DASH = r"[-/.、]"
_BLOCK_OF = r"(?:(?<![\d路街巷道])\d{1,2}-(?=\d{1,2}(?:栋|棟|幢|座|号楼)))?"
"""What stands before the number of a block of a building: 3- in 3-1栋."""


def _worded(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<prefix>.*?){_NTH}(?P<b>{_BLOCK_OF}{_NUMBER}){word}{_DASH}*"
        rf"(?:第?(?P<u>{_NUMBER}){_UNIT_WORD}{_DASH}*|(?P<u3>[东西南北中])单元{_DASH}*|(?P<u2>\d{{1,2}}|[A-Z]){_DASH}(?=\d{{3}}))?"
        rf"(?:第?(?P<f>{_NUMBER}|-\d)(?:层|楼|F){_DASH}*)?"
        rf"(?:第?(?P<r>{_ROOM}){_ROOM_WORD})?$"
    )


# A street number (12号) is taken for the building only where nothing else is: 中山路12号3栋 is building 3.
_WORDED = _worded(_BUILDING_WORD.replace("|号|號", ""))
_STREET_NUMBERED = _worded("(?:号|號)")
_STOREYED = re.compile(
    rf"^(?P<prefix>.*?){_NTH}(?P<b>{_NUMBER})楼{_DASH}*第?(?P<u>{_NUMBER})(?:单元|單元|单|号门|门洞|门|口){_DASH}*"
    rf"(?:(?P<f>{_NUMBER})(?:层|楼|F){_DASH}*)?(?:第?(?P<r>{_ROOM}){_ROOM_WORD})?$"
)
_DASHED = re.compile(
    rf"^(?P<prefix>.*?)(?P<b>{_NUMBER})(?:(?:{_BUILDING_WORD}|楼)?{_DASH}+|楼(?=\d{{1,2}}-\d{{3}}))"
    rf"(?P<u>\d{{1,2}}[A-Z]?|[A-Z]|{_ZH})(?:{_UNIT_WORD}{_DASH}*|{_DASH}+)"
    rf"(?:(?P<f>\d{{1,2}})(?:层|楼|F)?{_DASH})?(?P<r>{_ROOM}){_ROOM_WORD}$"
)
_PAIRED = re.compile(rf"^(?P<prefix>.*?)(?P<b>{_NUMBER}){_BUILDING_WORD}?{_DASH}+(?P<r>{_ROOM}){_ROOM_WORD}$")
_UNIT_ROOM = re.compile(
    rf"^(?P<prefix>.*?){_NTH}(?P<u>{_NUMBER})(?:单元|單元|号门|门洞|门){_DASH}*(?:(?P<f>{_NUMBER})(?:层|楼|F){_DASH}*)?"
    rf"(?:第?(?P<r>{_ROOM}){_ROOM_WORD})?$"
)
_ROOM_ONLY = re.compile(
    rf"^(?P<prefix>\D*?)(?:(?P<f>{_NUMBER})(?:层|楼|F))?(?P<r>(?![地商门铺车阁架储]){_ROOM})(?:号房|房间|室|房|号|户)$|^(?P<bare>\d{{3,4}})$"
)
_LOOSE = re.compile(rf"^(?P<prefix>.*?){_NTH}(?P<b>{_NUMBER})(?:号楼|栋|幢|座|#){_DASH}*(?P<r>.+)$")
_FORMS = (_WORDED, _STOREYED, _STREET_NUMBERED, _DASHED, _PAIRED, _UNIT_ROOM)

_PART_OF_A_DOOR = re.compile(
    rf"(?:{_NUMBER}(?:{_UNIT_WORD}|号楼|[栋棟幢座楼層层])|[东西南北中]单元){_DASH}*$|(?<![\d路街巷道弄])\d{{1,3}}{_DASH}$"
)
"""What no compound ends with: before 501号, 3栋2单元 shows that the number is no building's."""

_DASHES = re.compile(r"[‐‑‒–—―－﹣−_~～〜\\,·•・‧|]+")
_NOTE = re.compile(r"\((?!\d+\)\S)([^()]*)\)$")
_COMPOUND_BEHIND = re.compile(r"^([^()]*\d[^()\d]*)\(([\u3400-\u9fffA-Z]{2,})\)$")
_AFTER_COMMA = re.compile(r"^(.*\d[^\d,，]*)[,，]\s*([\u3400-\u9fffA-Z]{2,})$")
_STATE_BEHIND = re.compile(r"(?<=[\d室号户])(?:空置|空房|空户|空|无人居住|无人|出租|租住|自住)$")
_DOOR_IN_NOTE = re.compile(r"(?:栋|幢|号楼|单元|#).*\d|\d-\d+-\d|^第?[\dA-Z一二三四五六七八九十]+(?:栋|幢|号楼|座)$")
_SPACE_BETWEEN = re.compile(r"(?<=[\dA-Z]) +(?=[\dA-Z])")


@dataclass(frozen=True, slots=True)
class Address:
    """Parts of an address; an empty part was not said. `clear` is false when the text was only partly understood."""

    compound: str = ""
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    clear: bool = True

    def over(self, other: Address) -> Address:
        """Return this address with the parts it does not say taken from `other`."""
        floor = self.floor if self.floor is not None else other.floor
        return Address(
            self.compound or other.compound,
            self.building or other.building,
            self.unit or other.unit,
            floor,
            self.room or other.room,
            self.clear and other.clear,
        )


@lru_cache(maxsize=65536)
def read_address(text: str) -> Address:
    """Read an address in one cell; text that has no known form is kept whole as the room, marked unclear."""
    line = tidy(text)
    if is_nothing(line):
        return Address()
    for form in _FORMS:
        match = form.match(line)
        if match and not _PART_OF_A_DOOR.search(match["prefix"]):
            return _from_match(match)
    match = _ROOM_ONLY.match(line)
    if match:
        floor = plain_number(match["f"] or "")
        return _with_room(Address(compound_name(match["prefix"] or "")), match["bare"] or match["r"], floor)
    match = _LOOSE.match(line)
    if match:
        base = Address(compound_name(match["prefix"]), plain_number(match["b"]), clear=False)
        return replace(base, room=match["r"].strip(EDGES))
    if ends_like_a_compound(line) and not any(character.isdigit() for character in line):
        return Address(compound_name(line))
    return Address(room=line, clear=False)


def is_a_door(text: str) -> bool:
    """Tell whether text plainly names one door: a building or a unit, and the room."""
    address = read_address(text)
    return address.clear and bool(address.building or address.unit) and bool(address.room)


def tidy(text: str) -> str:
    """Return address text with one kind of dash, capital letters, no notes at its end and no inner spaces."""
    line = _AFTER_COMMA.sub(_compound_first, clean(text))
    line = _DASHES.sub("-", line).upper().replace("－", "-").replace("№", "").replace("＃", "#")
    line = _STATE_BEHIND.sub("", _NOTE.sub(_kept_of_note, line))
    line = _COMPOUND_BEHIND.sub(r"\2\1", line).replace("(", "").replace(")", "")
    return _SPACE_BETWEEN.sub("-", line).replace(" ", "").strip("-/.,;:、，。；：")


def _compound_first(match: re.Match[str]) -> str:
    """Return a compound that stands behind the door, 3-2-501，桂花苑, before it."""
    return match[2] + match[1] if ends_like_a_compound(match[2]) else match[0]


def _kept_of_note(match: re.Match[str]) -> str:
    """Return what stays of brackets at the end: a door stays, a compound moves to the front, a note goes."""
    return match[0] if _DOOR_IN_NOTE.search(match[1]) or ends_like_a_compound(match[1]) else ""


def _from_match(match: re.Match[str]) -> Address:
    parts = match.groupdict()
    unit = parts.get("u") or parts.get("u2") or parts.get("u3") or ""
    base = Address(compound_name(parts["prefix"]), plain_number(parts.get("b") or ""), plain_number(unit))
    floor = plain_number(parts.get("f") or "")
    return _with_room(base, parts.get("r") or "", floor)


def _with_room(base: Address, room: str, floor_text: str) -> Address:
    written, floor = room, _floor_number(floor_text)
    room = plain_room(written)
    if floor is not None:
        room = on_floor(floor, room, written)
    return replace(base, room=room, floor=floor if floor is not None else floor_of(room))


def on_floor(floor: int, room: str, written: str) -> str:
    """Return a room that only its floor tells apart with it: 01 on floor 5 is 501, 1 is 5-1, 东 is 5楼东户."""
    if room.isdigit() and len(room) < 3:
        return f"{floor}{written}" if re.fullmatch(r"\d{2}", written) else f"{floor}-{room}"
    return f"{floor}楼{room}户" if re.fullmatch(r"[东西南北中左右前后]{1,3}", room) else room


def _floor_number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() else None


def plain_number(text: str) -> str:
    """Return a building's or unit's number as plain text: 03 is 3, 三 is 3, a3 is A3."""
    if text.isascii():
        return text.lstrip("0") or ("0" if text else "")
    number = number_zh(text)
    return text if number is None else str(number)


def plain_room(text: str) -> str:
    """Return a room number as plain text: 0501 is 501, 五〇一 is 501, 5/1 is 5-1."""
    room = text.replace("/", "-").replace("号附", "附")
    number = number_zh(room)
    if number is not None:
        return str(number)
    return room.lstrip("0") or room if room[:1] == "0" else room


def floor_of(room: str) -> int | None:
    """Return the floor that a room number tells: 501 is on 5, 1203 on 12, 5-1 on 5."""
    match = re.match(r"^(?:(\d{1,2})\d{2}[A-Z东西南北中左右前后]*|(\d{1,2})-\d{1,3})$", room)
    return int(match[1] or match[2]) if match else None


@lru_cache(maxsize=8192)
def read_building(text: str) -> Address:
    """Read a building cell: 3, 3栋, 3号楼, 三栋, A座, 3栋2单元, 明珠华府3栋."""
    line = tidy(text)
    if is_nothing(line) and not line.isdigit():
        return Address()
    if re.fullmatch(rf"第?{_NUMBER}楼?", line):
        return Address(building=plain_number(line.strip("第楼")))
    pair = re.fullmatch(rf"({_NUMBER}){_BUILDING_WORD}?-(\d{{1,2}}){_UNIT_WORD}?", line)
    if pair:
        return Address(building=plain_number(pair[1]), unit=plain_number(pair[2]))
    for form in (_WORDED, _STOREYED, _STREET_NUMBERED, _DASHED):
        match = form.match(line)
        if match:
            return _from_match(match)
    return Address(building=line)


@lru_cache(maxsize=8192)
def read_unit(text: str) -> Address:
    """Read a unit cell: 2, 2单元, 二单元, or with its building."""
    line = tidy(text)
    if is_nothing(line) and not line.isdigit():
        return Address()
    match = re.fullmatch(rf"第?({_NUMBER}){_UNIT_WORD}?", line)
    if match:
        return Address(unit=plain_number(match[1]))
    wider = _WORDED.match(line) or _STOREYED.match(line) or _UNIT_ROOM.match(line)
    return _from_match(wider) if wider else Address(unit=line)


@lru_cache(maxsize=16384)
def read_room(text: str) -> Address:
    """Read a room cell: 501, 501室, 2-501, 3-2-501, 5楼501, 5-1, 东户."""
    line = tidy(text)
    if is_nothing(line) and not line.isdigit():
        return Address()
    line = line.removeprefix("第") if re.fullmatch(rf"第{_ROOM}{_ROOM_WORD}", line) else line
    if re.fullmatch(rf"{_ROOM}{_ROOM_WORD}", line) and not re.fullmatch(
        rf"\d{{1,2}}-\d{{3,4}}[A-Z]?{_ROOM_WORD}", line
    ):
        return _with_room(Address(), re.sub(r"(?:号房|房间|室|房|号|號|户)$", "", line), "")
    pair = re.fullmatch(rf"(\d{{1,2}})-(\d{{3,4}}[A-Z]?){_ROOM_WORD}", line)
    if pair:
        return _with_room(Address(unit=plain_number(pair[1])), pair[2], "")
    storey = re.fullmatch(rf"第?({_NUMBER})(?:层|楼|F)-?({_ROOM}){_ROOM_WORD}", line)
    if storey:
        return _with_room(Address(), storey[2], plain_number(storey[1]))
    for form in (_WORDED, _STOREYED, _DASHED, _UNIT_ROOM):
        match = form.match(line)
        if match:
            return _from_match(match)
    return Address(room=line)
