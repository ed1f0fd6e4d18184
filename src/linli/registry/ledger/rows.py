"""Rows of one table: merged cells filled, ditto marks resolved, and what kind of row each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.content import TESTS, like_identity
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView
from linli.registry.ledger.seats import ADDRESS_FIELDS, Seats
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.tables import Table
from linli.registry.ledger.text import Value, clean, is_ditto, is_nothing, visible

_FILLED_DOWN = frozenset(
    (*ADDRESS_FIELDS, "landlord", "landlord_name", "landlord_phone", "hukou_division", "category", "phone")
) | {"household_number", "occupancy", "head_name", "head_id", "head_phone", "landlord_id"}
_NEVER_DITTO = frozenset(("name", "id_number", "sequence"))
_UNUSED = frozenset(("", "other", "age"))

_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|总人数|本页小?计|合計|總計|小計|total|subtotal|grandtotal)[:：\d人户]*$"
)
_LIST = re.compile(r"[/、,，;；\n]+")
_TOTAL_BEGINS = frozenset("合总小共累本總TtSsGg")
_SIGNED = re.compile(
    r"^(?:填表|填报|制表|審核|审核|审批|复核|校对|负责人|经办|登记人|统计人|报送|单位负责|社区负责|社区书记|书记|主任|盖章|\(?公章|签字|签名|日期|填写人|填写日期|制表人|报表人|网格员|联系电话)"
    r".{0,12}[:：]"
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填写说明|填报说明|要求|温馨提示|提示|※|\*|注意|note|remarks?)\s*\d*[:：.、]|^(?:注意事项|填表说明|填表须知)"
)
_EXAMPLE = re.compile(
    r"^(?:例|示例|样例|范例|填写示例|填表示例|举例|例如|样表|e\.?g\.?|example)[\d:：.)）]*$", re.IGNORECASE
)


@dataclass(slots=True)
class Row:
    """One row below a header: its cells by field, ditto marks already resolved."""

    sheet: str
    number: int
    cells: dict[str, list[Value]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    flagged_words: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    kind: str = ""

    @property
    def only_cell(self) -> str:
        return self.told[0] if len(self.told) == 1 else ""

    def value(self, name: str) -> Value:
        """Return the first cell of a field that says something, else blank."""
        values = self.cells.get(name)
        return values[0] if values else ""

    def text(self, name: str) -> str:
        """Return `value` as cleaned text."""
        return self.texts.get(name, "")

    def values(self, name: str) -> list[Value]:
        """Return every cell of a field that says something."""
        return self.cells.get(name, [])

    def read(self) -> str:
        """Return the row as one line, for a report."""
        return " ".join(self.told)[:200]


def rows_of(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> Iterator[Row]:
    """Yield every row below the table's header that is not blank, with its kind."""
    _fill_merged(grid, table, columns)
    seats = Seats(columns)
    above: dict[int, Value] = {}
    for index in range(table.first, table.end):
        for named in seats.taken(grid.rows[index]):
            row = _row(grid, index, named, above)
            if row is None:
                continue
            row.kind = _kind(row, index == table.first)
            yield from _one_name_each(row)
            if row.kind != "person":
                break


def _one_name_each(row: Row) -> list[Row]:
    """Return one row for each name of a cell that lists several, with its own number and phone if those list as many."""
    names = _listed(row, "name")
    if row.kind != "person" or len(names) < 2 or not all(map(is_like_a_name, names)):
        return [row]
    lists = {name: parts for name in ("id_number", "phone", "sex") if len(parts := _listed(row, name)) == len(names)}
    rows = []
    for number, name in enumerate(names):
        own = {"name": name} | {key: parts[number] for key, parts in lists.items()}
        cells = row.cells | {key: [text] for key, text in own.items()}
        rows.append(replace(row, cells=cells, texts=row.texts | own))
    return rows


def _listed(row: Row, name: str) -> list[str]:
    return [text for part in _LIST.split(visible(row.value(name))) if (text := clean(part))]


def _fill_merged(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> None:
    """Write the value of cells merged downwards into each of their rows, where it is true of each row."""
    fields = {column.index: column.field for column in columns}
    for top, left, bottom, _right in grid.merges:
        if bottom == top or not table.first <= top < table.end or fields.get(left) not in _FILLED_DOWN:
            continue
        value = grid.rows[top][left]
        for index in range(top + 1, min(bottom + 1, len(grid.rows))):
            if grid.rows[index][left] in ("", None):
                grid.rows[index][left] = value


def _row(grid: Grid, index: int, columns: list[ColumnView], above: dict[int, Value]) -> Row | None:
    values = grid.rows[index]
    row = Row(grid.name, index + 1)
    for column in columns:
        value = values[column.index] if column.index < len(values) else ""
        text = clean(value) if value != "" else ""
        if not text:
            continue
        row.told.append(text)
        if is_ditto(text) and column.field not in _NEVER_DITTO:
            value = above.get(column.index, "")
            text = clean(value)
        above[column.index] = value
        _put(row, column, value, text)
    if "name" not in row.texts and "head_name" in row.texts and any(column.member for column in columns):
        row.cells["name"], row.texts["name"] = row.cells["head_name"], row.texts["head_name"]
    return row if row.told else None


def _put(row: Row, column: ColumnView, value: Value, text: str) -> None:
    """Keep a cell under its field; one that only says that there is nothing is left out."""
    if column.field == "care_flag":
        row.flagged_words.append((column.header.rsplit("/", 1)[-1], text))
    elif not is_nothing(text):
        if column.field in _UNUSED and column.header:
            row.extra.append((column.header, visible(value)))
        name = "unnamed" if column.field in _UNUSED else column.field
        row.cells.setdefault(name, []).append(value)
        row.texts.setdefault(name, text)


def _kind(row: Row, first: bool) -> str:
    """Return what a row is: person, dwelling, total, signature, note, example, numbering, section or unknown."""
    texts, lead = row.told, row.told[0]
    identity = any(like_identity(value) for value in row.values("id_number"))
    if not identity and any(_TOTAL.match(text.replace(" ", "").lower()) for text in texts if text[0] in _TOTAL_BEGINS):
        return "total"
    furniture = "" if identity else _furniture(texts, lead, row)
    if furniture:
        return furniture
    if first and len(texts) >= 3 and [text.strip("()") for text in texts] == [str(n + 1) for n in range(len(texts))]:
        return "numbering"
    if _EXAMPLE.match(lead) or _EXAMPLE.match(row.text("sequence")):
        return "example"
    return _substance(row, identity)


def _furniture(texts: list[str], lead: str, row: Row) -> str:
    if any(_SIGNED.match(text) for text in texts) and len(texts) <= 6 and not row.text("sex"):
        return "signature"
    if (_NOTE.match(lead.lower()) and len(texts) <= 3) or (row.only_cell and len(row.only_cell) > 25):
        return "note"
    return ""


def _substance(row: Row, identity: bool) -> str:
    name = row.text("name")
    vacant = row_says_vacant(row)
    if name and not (says_vacant(name) and not identity) and not (row.only_cell and _heads_section(row)):
        return "person"
    if identity or (
        not vacant and (row.text("relation") or row.text("sex")) and (row.text("phone") or row.text("birth"))
    ):
        return "person"
    if row.only_cell and _heads_section(row):
        return "section"
    if any(row.text(field) for field in ("address", "building", "building_unit", "room", "unit_room")):
        return "dwelling"
    return "dwelling" if vacant and row.text("compound") else "unknown"


def row_says_vacant(row: Row) -> bool:
    """Tell whether any cell that could say so says that the dwelling is vacant."""
    cells = [row.text(name) for name in ("remarks", "name", "category", "occupancy", "relation")]
    cells += [clean(value) for value in row.values("unnamed")]
    return any(text and says_vacant(text) for text in cells)


_SECTION = re.compile(
    r"(?:小区|花园|苑|华府|公寓|家园|院|城|庭|村|院落|府|园|湾|轩|郡|邸|广场|家属院|宿舍|新村|住宅楼|\d栋|\d幢|\d座|号楼|单元|[一二三四五六七八九十]栋|\d组|组)\)?$"
    r"|^(?:小区|院落|楼栋|楼号|栋号|单元)(?:名称)?[:：]"
)


def _heads_section(row: Row) -> bool:
    text = row.only_cell.replace(" ", "")
    return len(text) <= 24 and _SECTION.search(text) is not None and not TESTS["room"](text)
