"""Where the person or the vacancy in each row is: columns, one cell, section lines, sheet names, rows above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from linli.registry.ledger.address import (
    Address,
    on_floor,
    plain_number,
    read_address,
    read_building,
    read_room,
    read_unit,
)
from linli.registry.ledger.compounds import compound_name
from linli.registry.ledger.content import TESTS
from linli.registry.ledger.row import Row
from linli.registry.ledger.text import clean, is_nothing, number_zh, visible, without_han_spaces

_LABELLED = {
    "compound": re.compile(r"(?:小区|院落|楼盘|村名)(?:名称)?[:：]\s*([^\s:：]+)"),
    "building": re.compile(r"(?:楼栋|栋号|楼号|幢号|栋)(?:号)?[:：]\s*([^\s:：]+)"),
    "unit": re.compile(r"单元(?:号)?[:：]\s*([^\s:：]+)"),
}
_GENERIC = re.compile(
    r"家庭户|居民户|户?册$|sheet\s*\d*|工作表\d*|台[账帐]|基础|信息|采集|登记卡?|通讯录|联系表|电话表|人员|居民|住户|人口|户籍|常住|流动|家庭|花名册|名册|名单|汇总|数据|统计|一览|明细|底册|摸排|排查|一户一档|一房一户|一标三实|模板|副本|原始|情况|档案|表格|业主委员会|业委会|业主|租户|物业(?:服务|管理)?(?:有限)?(?:公司|中心|处|部)|表$|"
    r"[（(【](?![^)）】]*(?:栋|幢|号楼|座|单元))[^)）】]*[)）】]|\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{4}[.\-/]\d{1,2}(?:[.\-/]\d{1,2})?|(?<!\d)(?:19|20)\d{2}(?!\d)|最新|新版|定稿|终版",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)(?=\D)")
_NOT_COMPOUNDS = re.compile(r"社区$|居委会$|村委会$|街道$|网格$|^[\dA-Za-z\s.\-_]*$|^全部$|^总$|^空置")
_OF_PEOPLE = re.compile(
    r"^(?:物业|业主|房屋|出租|租赁|出租屋|出租房屋?|租户|租客|流动|流口|常口|外来|外出|外流|空挂户?|挂户|实有|党员|残疾人?|低保户?|孕妇|产妇|儿童|学生"
    r"|重点|特殊|人群|重点人群|特殊人群|特殊群体|商铺|门面|导出|未命名|总表|底表|一户一行|.{0,4}老人|.{0,4}人员)+\d*$"
)
_NUMBERED_SHEET = re.compile(r"^(\d{1,3})#?(?:-(\d{1,2}))?$")
_NUMBERED_NAME = re.compile(r"^([\u3400-\u9fff]{2,}?)[-_ ]?(\d{1,2})(?:-(\d{1,2}))?$")
_UNIT_OF_BUILDING = re.compile(r"^(\d{1,3})(?:#|栋|幢|座|号楼)-?(\d{1,2})#?$")
_PAIR = re.compile(r"^(\d{1,2})[-#](\d{3,4}[A-Z]?)(?:室|号|#)?$")
_MOST_UNITS = 9
_DOOR = re.compile(r"\d{1,2}(?:-|栋|幢|号楼|#)-?\d{1,2}(?:-|单元|门)\d{3,4}室?")
_STREET = re.compile(r"(?:路|街|巷|大道|弄|胡同)(?:\d+号?)?$")
_LONGEST_NAME = 24
_OFTEN = 0.05
_FEW_ROWS = 20


@dataclass(slots=True)
class Placed:
    """The address of one row, whether the row itself said any of it, and where titles and sections put it."""

    address: Address
    read: str = ""
    said: bool = True
    as_date: bool = False
    around: Address = field(default_factory=Address)


def context_of(sheet_name: str, titles: list[str]) -> Address:
    """Return what the sheet's name and the lines above its header say about every row below."""
    context = Address()
    for line in titles:
        context = section_of(line, titled=True).over(context)
    return context.over(_from_name(sheet_name, strict=False))


def numbered_sheet(name: str) -> Address:
    """Return the building, and the unit, that a sheet called 3 or 3-2 is about."""
    numbered = _NUMBERED_SHEET.match(clean(name).replace(" ", ""))
    return Address(building=plain_number(numbered[1]), unit=plain_number(numbered[2] or "")) if numbered else Address()


def section_of(line: str, *, titled: bool = False) -> Address:
    """Read a line that heads a section: 小区：明珠华府, 明珠华府3栋, 3栋2单元."""
    labelled = {part: found[1] for part, pattern in _LABELLED.items() if (found := pattern.search(clean(line)))}
    if labelled:
        address = read_unit(labelled.get("unit", "")).over(read_building(labelled.get("building", "")))
        return replace(address, compound=labelled.get("compound", address.compound))
    return _from_name(line, strict=titled)


def _from_name(name: str, *, strict: bool) -> Address:
    line = _GENERIC.sub("", _ENUMERATED.sub("", clean(name))).strip(" -_:：.、，,的之")
    unit = _UNIT_OF_BUILDING.match(line)
    if unit:
        return Address(building=plain_number(unit[1]), unit=plain_number(unit[2]))
    if _is_a_door(line):
        return read_address(line)
    if not line or len(line) > _LONGEST_NAME or _NOT_COMPOUNDS.search(line):
        return Address()
    if not strict and _OF_PEOPLE.search(line):
        return Address()
    numbered = _NUMBERED_NAME.match(line)
    if numbered and not strict:
        return Address(numbered[1], plain_number(numbered[2]), plain_number(numbered[3] or ""))
    address = read_address(line)
    if address.clear and (address.building or address.unit) and not address.room:
        return address
    named = TESTS["compound"](line) or not strict
    return Address(compound=compound_name(without_han_spaces(line))) if named and len(line) >= 2 else Address()


def _is_a_door(line: str) -> bool:
    """Tell whether the name of a sheet is one door: 3-2-501, 3栋2单元501室."""
    return _DOOR.fullmatch(line) is not None


def read_parts(row: Row) -> Placed:
    """Read what a row itself says about its address."""
    address = Address()
    for name, reader in _READERS:
        if name in row.texts:
            address = address.over(reader(_plain(row, name)))
    if "compound" in row.texts:
        address = replace(address, compound=without_han_spaces(visible(row.value("compound"))))
    floor = _floor_in(row.text("floor"))
    if floor is not None and not address.floor:
        address = replace(address, floor=floor, room=on_floor(floor, address.room, row.text("room")))
    as_date = any(isinstance(row.value(name), date) for name, _ in _READERS)
    read = " ".join(row.texts[name] for name in _SHOWN if name in row.texts)
    return Placed(address, read, bool(address.building or address.unit or address.room), as_date)


def _floor_in(text: str) -> int | None:
    """Read a floor: 5, 5层, 五楼, -1."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else number_zh(text.strip("第层楼"))


def _plain(row: Row, name: str) -> str:
    """Return an address cell as text; a spreadsheet that turned 3-2 into a date gives month and day back."""
    value = row.value(name)
    if isinstance(value, date):
        return f"{value.month}-{value.day}"
    more = visible(row.value("address_more")) if name == "address" else ""
    return visible(value) + more


_READERS = (
    ("room", read_room),
    ("unit_room", read_room),
    ("unit", read_unit),
    ("building", read_building),
    ("building_unit", read_building),
    ("address", read_address),
)
_SHOWN = ("compound", "building", "building_unit", "unit", "unit_room", "room", "address", "address_more")


class Placer:
    """Gives every row of one table its address, carrying down what rows leave blank.

    A blank address is carried from the row above where the table keeps families together and the row is a relative,
    or leaving it blank is the table's habit (a twentieth of its rows or more), or the rows above and below agree.
    A head of household without an address starts a household of unknown address instead: carrying would move a
    family into its neighbour's flat.
    """

    def __init__(self, rows: list[Row], context: Address) -> None:
        self._rows = rows
        self._context = context
        self._parts = _below_buildings(rows, [read_parts(row) for row in rows], context)
        people = [n for n, row in enumerate(rows) if row.kind == "person"]
        blank = sum(not self._parts[n].said for n in people)
        self._ordered = self._keeps_families_together(people)
        self._habit = self._ordered and (blank >= len(people) * _OFTEN or len(people) < _FEW_ROWS)
        self._has_head = False
        self._names_compounds_once = self._ordered and self._leaves_compounds_blank()

    def _leaves_compounds_blank(self) -> bool:
        """Tell whether a compound is named at its first door only, so often that it is no oversight."""
        doors = [part.address.compound for part in self._parts if part.address.building]
        return doors.count("") >= len(doors) * _OFTEN

    def _keeps_families_together(self, people: list[int]) -> bool:
        """Tell whether relatives stand directly below someone of their address, so that a blank can mean the same."""
        relatives = [n for n in people if n and not _is_head(self._rows[n], blank=True)]
        together = sum(not self._parts[n].said or self._same(n, n - 1) for n in relatives)
        return together >= len(relatives) * 0.5

    def _same(self, row: int, above: int) -> bool:
        return self._parts[row].address == self._parts[above].address

    def place(self) -> list[Placed]:
        """Return the address of each row, in order; section rows move the context."""
        placed: list[Placed] = []
        last: Placed | None = None
        for number, (row, part) in enumerate(zip(self._rows, self._parts, strict=True)):
            if row.kind == "section":
                self._context = _narrower(section_of(row.only_cell), self._context)
                last = None
            if row.line:
                self._context = _of_household(row, self._context)
                last = None
            here = self._with_context(self._resolve(number, part, last))
            placed.append(here)
            if row.kind in ("person", "dwelling"):
                last = here if here.said else last
                self._note_head(row, here, part)
        return placed

    def _note_head(self, row: Row, here: Placed, part: Placed) -> None:
        head = _is_head(row)
        self._has_head = head if part.said else self._has_head or head

    def _resolve(self, number: int, part: Placed, last: Placed | None) -> Placed:
        if last is None:
            return part
        address, before = part.address, last.address
        same_compound = not address.compound or address.compound == before.compound
        if not part.said:
            return self._carried(number, part, last) if same_compound else part
        if not same_compound:
            return part
        if self._context.building:
            unit = address.unit or self._context.unit or before.unit
            return part if address.building else replace(part, address=replace(address, unit=unit))
        if address.building:
            compound = before.compound if self._names_compounds_once else address.compound
            return replace(part, address=replace(address, compound=compound))
        unit = address.unit or before.unit
        return replace(part, address=replace(address, compound=before.compound, building=before.building, unit=unit))

    def _carried(self, number: int, part: Placed, last: Placed) -> Placed:
        row = self._rows[number]
        new_head = _is_head(row) and self._has_head
        relative = self._ordered and not _is_head(row, blank=True)
        allowed = row.kind == "person" and not new_head and (self._habit or relative or self._agrees(number, last))
        number_differs = row.text("household_number") and self._differs(number)
        if not allowed or number_differs:
            return part
        return replace(last, as_date=False)

    def _agrees(self, number: int, last: Placed) -> bool:
        after = next(
            (p for p, r in zip(self._parts[number + 1 :], self._rows[number + 1 :], strict=True) if p.said), None
        )
        return after is not None and self._with_context(after).address == last.address

    def _differs(self, number: int) -> bool:
        above = self._rows[number - 1].text("household_number") if number else ""
        return above != "" and above != self._rows[number].text("household_number")

    def _with_context(self, part: Placed) -> Placed:
        address, said = part.address, part.said or bool(self._context.room)
        if address.compound and self._context.compound and _STREET.search(address.compound):
            address = replace(address, compound=self._context.compound)
        if not address.compound or address.compound == self._context.compound:
            context = self._context if said else Address(compound=self._context.compound)
            address = address.over(context)
        said = said and not (is_nothing(address.room) and is_nothing(address.building))
        return replace(part, address=address, said=said, around=self._context)


def name_buildings(rows: list[Row]) -> bool:
    """Tell whether the rows themselves say in which building a door is; 1-101 may be its unit and room."""
    parts = [read_parts(row) for row in rows if row.kind in ("person", "dwelling")]
    return sum(bool(part.address.building) and not _is_a_pair(part) for part in parts) > len(parts) * _OFTEN


def _below_buildings(rows: list[Row], parts: list[Placed], context: Address) -> list[Placed]:
    """Read 1-101 as unit and room where a sheet, title or section has named a building that the pairs do not repeat."""
    read: list[Placed] = []
    starts = [0, *(n for n, row in enumerate(rows) if row.kind == "section"), len(rows)]
    for start, end in pairwise(starts):
        if start < len(rows) and rows[start].kind == "section":
            context = _narrower(section_of(rows[start].only_cell), context)
        firsts = {part.address.building for part in parts[start:end] if _is_a_pair(part)}
        of_units = context.building and not context.unit and firsts != {context.building}
        few = all(first.isdigit() and int(first) <= _MOST_UNITS for first in firsts)
        read += [_as_unit(part) if of_units and few and _is_a_pair(part) else part for part in parts[start:end]]
    return read


def _is_a_pair(part: Placed) -> bool:
    return not (part.address.compound or part.address.unit) and _PAIR.match(part.read) is not None


def _as_unit(part: Placed) -> Placed:
    return replace(part, address=replace(part.address, building="", unit=part.address.building))


def _is_head(row: Row, *, blank: bool = False) -> bool:
    """Tell whether a row is a head of household; `blank` counts a row without a relation as one too."""
    relation = row.text("relation")
    return relation in ("户主", "本人", "戶主") or (blank and not relation)


def _of_household(row: Row, context: Address) -> Address:
    """Return the context below a household's line: its door, in the compound and building of the section."""
    door = read_address(row.line.get("address", ""))
    around = replace(context, room="", floor=None)
    return door.over(Address(compound=around.compound) if door.building else around)


def _narrower(section: Address, context: Address) -> Address:
    """Return the context after a section line: a new compound forgets the building, a new building the unit."""
    context = replace(context, room="", floor=None)
    if section.compound:
        return section
    if section.building:
        return replace(section, compound=context.compound)
    return section.over(context) if section.unit else context
