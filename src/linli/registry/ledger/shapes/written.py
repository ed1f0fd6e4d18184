"""The table that a shape is written out as: one person, or one door without people, a row."""

from __future__ import annotations

from collections.abc import Sized

from linli.registry.ledger.address import Address
from linli.registry.ledger.text import Value

_FIELDS = {
    "name": "姓名", "relation": "与户主关系", "sex": "性别", "birth": "出生日期", "id_number": "身份证号", "phone": "联系电话",
}  # fmt: skip
PEOPLE_HEADER = ("小区", "楼栋", "单元", "楼层", "房号", *_FIELDS.values(), "备注")


def person_row(door: Address, said: dict[str, str], remark: str = "") -> list[Value]:
    """Return the row of a person of whom a cell says this, by field."""
    return [*_door(door), *(said.get(field, "") for field in _FIELDS), remark]


def vacant_row(door: Address, remark: str) -> list[Value]:
    """Return the row of a door where nobody is named."""
    return [*_door(door), *("" for _ in _FIELDS), remark]


def beside_all(header: Sized, line: str) -> list[Value]:
    """Return a row with a line that belongs to no column, so that it is taken for a title, a note or a problem."""
    return [*[""] * len(header), line]


def padded(rows: list[list[Value]]) -> list[list[Value]]:
    """Return rows of one width."""
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _door(door: Address) -> list[Value]:
    return [door.compound, door.building, door.unit, "", door.room]
