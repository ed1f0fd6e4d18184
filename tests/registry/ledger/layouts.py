"""Layouts that offices use, made from the rows of a sample: other columns, other headers, other address forms."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.registry.ledger.truth import Source
from tests.registry.ledger.writers import Sheet

Cells = dict[str, Any]
Cell = Callable[[Cells], Any]
DOOR = ("compound", "building", "unit", "room")


def plain(cells: Cells, part: str) -> str:
    return str(cells[part]).strip("号楼栋#单元").removesuffix(".0")


def in_one(form: str) -> Cell:
    """Return how to write the address in one cell: `{c}` compound, `{b}` building, `{u}` unit, `{r}` room."""
    zh = "零一二三四五六七八九十"

    def write(cells: Cells) -> str:
        building, unit = plain(cells, "building"), plain(cells, "unit")
        numerals = (
            {"zb": zh[int(building)], "zu": zh[int(unit)]} if int(building) <= 10 else {"zb": building, "zu": unit}
        )
        floor = str(int(str(cells["room"])) // 100)
        return form.format(c=cells["compound"], b=building, u=unit, r=cells["room"], f=floor, **numerals)

    return write


def part(name: str, form: str = "{}") -> Cell:
    return lambda cells: form.format(plain(cells, name))


def number(name: str) -> Cell:
    return lambda cells: float(plain(cells, name))


def raw(name: str) -> Cell:
    return lambda cells: cells[name]


SPLIT: dict[str, Cell] = {name: raw(name) for name in DOOR}
PERSON = (
    "name", "relation", "sex", "id_number", "phone", "category", "hukou_division", "landlord_name",
    "landlord_phone", "remarks",
)  # fmt: skip
HEADERS = {
    "compound": "小区", "building": "楼栋", "unit": "单元", "room": "房号", "address": "详细地址", "name": "姓名",
    "relation": "与户主关系", "sex": "性别", "id_number": "身份证号", "phone": "联系电话", "category": "人员类别",
    "hukou_division": "户籍地", "landlord_name": "房东姓名", "landlord_phone": "房东电话", "remarks": "备注",
}  # fmt: skip


@dataclass
class Layout:
    """How a sample is laid out on one sheet."""

    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))
    columns: dict[str, Cell] = field(default_factory=lambda: dict(SPLIT) | {name: raw(name) for name in PERSON})
    order: list[str] | None = None
    titles: list[list[str]] = field(default_factory=list)
    header: bool = True
    top: int = 0
    left: int = 0
    footer: list[list[str]] = field(default_factory=list)
    shuffled: bool = False

    @property
    def names(self) -> list[str]:
        return self.order or list(self.columns)


def lay_out(source: Source, layout: Layout, name: str = "台账") -> tuple[Sheet, dict[int, tuple[str, int]]]:
    """Return the sheet and where each original row stands in it (1-based)."""
    rows: list[list[Any]] = [[] for _ in range(layout.top)] + [list(title) for title in layout.titles]
    if layout.header:
        rows.append([layout.headers[column] for column in layout.names])
    placed = {}
    given = list(source.rows)
    if layout.shuffled:
        later = {row for row, kind, _ in source.flags if kind == "duplicate_person"}
        given = [pair for pair in given if pair[0] not in later]
        random.Random(7).shuffle(given)
        given += [pair for pair in source.rows if pair[0] in later]
    for original, cells in given:
        rows.append([layout.columns[column](cells) for column in layout.names])
        placed[original] = (name, len(rows))
    rows += layout.footer
    width = max(len(row) for row in rows)
    padded = [[""] * layout.left + row + [""] * (width - len(row)) for row in rows]
    return Sheet(name, padded), placed


def unnamed(placed: dict[int, tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """Return the same places in a text file, whose sheet has no name."""
    return {original: ("", row) for original, (_, row) in placed.items()}
