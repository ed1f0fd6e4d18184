"""Ledgers in blocks: a line with the address and the head of a household above the rows of its members.

户主：张三  电话：138…  地址：3栋2单元501, the same in cells of their own, or the address alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from linli.registry.ledger.address import is_a_door
from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.content import TESTS, like_identity
from linli.registry.ledger.headers import field_of, is_usual, normal_header
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.row import Row
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.text import clean, is_nothing

_ADDRESS = "地址 住址 家庭住址 家庭地址 现住址 现住地址 居住地址 详细地址 房屋地址 房号 门牌 门牌号 住户地址".split()
_LABELS: dict[str, str] = {
    **dict.fromkeys(_ADDRESS, "address"),
    **dict.fromkeys("户主 户主姓名 业主 业主姓名 户主名".split(), "name"),
    **dict.fromkeys("身份证 身份证号 身份证号码 公民身份号码 户主身份证号".split(), "id_number"),
    **dict.fromkeys("电话 联系电话 手机 手机号 手机号码 联系方式 户主电话".split(), "phone"),
    **dict.fromkeys("小区 小区名称 院落".split(), "compound"),
    **dict.fromkeys("楼栋 楼号 栋 栋号 幢 幢号".split(), "building"),
    **dict.fromkeys("单元 单元号".split(), "unit"),
    **dict.fromkeys("备注 人数 人口 人口数 家庭人口 家庭人数 户号 户编号 房屋性质 居住情况".split(), "remarks"),
}
_LABELLED = re.compile(rf"(?:^|(?<=[\s,，;；|]))({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*[:：]\s*")
_OF_A_PERSON = {
    "sex": "sex", "birth": "birth", "category": "category", "hukou_division": "hukou_division", "remarks": "remarks",
    "relation": "relation", "occupancy": "remarks", "id_number": "id_number", "phone": "phone", "address": "address",
}  # fmt: skip
_OF_THE_HEAD = ("id_number", "phone", "sex", "birth", "category", "hukou_division")
_ORDER = re.compile(r"第?[\d一二三四五六七八九十百]+户?[.、:]?")
_FEW_CELLS = 3
_MARKS = " ,，;；|()[]"


def read_line(row: Row) -> dict[str, str]:
    """Return what a row says as the first line of a household, by field; nothing where it is no such line."""
    told = row.told[1:] if len(row.told) > 1 and _ORDER.fullmatch(row.told[0]) else row.told
    lead = told[0]
    if is_resident(row):
        return {}
    if _is_label(lead) or ":" in lead:
        if _is_label(lead):
            return _settled_fields(_pairs(told))
        line = " ".join(told)
        if _LABELLED.search(line.split(":")[0] + ":"):
            return _by_field(_LABELLED.split(line))
    return _bare_address(row) if len(row.told) <= _FEW_CELLS else {}


def is_resident(row: Row) -> bool:
    """Tell whether a row is about a person beyond doubt: a document's number, or a name with a relation or a sex."""
    if any(like_identity(value) for value in row.values("id_number")):
        return True
    related = TESTS["relation"](row.text("relation")) or TESTS["sex"](row.text("sex"))
    return related and is_like_a_name(row.text("name"))


def _is_label(text: str) -> bool:
    return normal_header(text.removesuffix(":")) in _LABELS


def _pairs(told: list[str]) -> dict[str, str]:
    """Return what cells behind labels in cells of their own say, by field; a label may carry its value itself."""
    fields: dict[str, str] = {}
    label = ""
    for text in told:
        named, _, value = (part.strip() for part in text.partition(":"))
        named = normal_header(named)
        if named in _LABELS or (label == "" and is_usual(normal_header(named))):
            label = "" if value else named
            _keep(fields, named, value)
        elif label:
            _keep(fields, label, text)
            label = ""
    return fields


def _keep(fields: dict[str, str], label: str, text: str) -> None:
    field = _LABELS.get(label) or _OF_A_PERSON.get(field_of(normal_header(label)) or "")
    value = text.strip(_MARKS)
    if field and not is_nothing(value):
        fields.setdefault(field, value)


def _by_field(parts: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for label, text in zip(parts[1::2], parts[2::2], strict=True):
        _keep(fields, label, text)
    before = parts[0].strip(_MARKS)
    if before and "address" not in fields and is_a_door(before):
        fields["address"] = before
    return _settled_fields(fields)


def _settled_fields(fields: dict[str, str]) -> dict[str, str]:
    """Return what a line says with its address in one piece, and nobody as head where it says vacant."""
    _compose_address(fields)
    if says_vacant(fields.get("name", "")):
        fields |= {"remarks": fields["name"], "name": ""}
    says_more = len(fields) > 1 and not fields.keys().isdisjoint(_OF_THE_HEAD)
    return fields if {"address", "name"} & fields.keys() or says_more else {}


def _compose_address(fields: dict[str, str]) -> None:
    """Write compound, building and unit of a form before its room as one address."""
    compound, building, unit = (fields.pop(field, "") for field in ("compound", "building", "unit"))
    if building and "address" in fields:
        before = f"{compound}{building.rstrip('栋幢号楼')}栋" + (f"{unit.removesuffix('单元')}单元" if unit else "")
        fields["address"] = before + fields["address"]


def _bare_address(row: Row) -> dict[str, str]:
    """Read a line with nothing but a door, and perhaps that nobody lives there, where names should stand."""
    lead, rest = row.told[0], row.told[1:]
    nobody = row.text("name") in ("", lead) or says_vacant(row.text("name"))
    misplaced = nobody and not any(map(row.text, ("address", "room", "unit_room")))
    if not misplaced or not all(map(says_vacant, rest)):
        return {}
    words = lead.split(" ")
    door = " ".join(word for word in words if not says_vacant(word)).strip(_MARKS)
    if not is_a_door(door):
        return {}
    return {"address": door} | ({"remarks": "空置"} if any(map(says_vacant, row.told)) else {})


def lines_above(grid: Grid, end: int) -> list[Row]:
    """Return the household lines above the first header."""
    rows = []
    for index, cells in enumerate(grid.rows[:end]):
        row = Row(grid.name, grid.number(index), told=[text for text in map(clean, cells) if text])
        row.line = read_line(row) if row.told else {}
        if row.line:
            row.kind = "household"
            rows.append(row)
    return rows


def settle_lines(rows: list[Row]) -> None:
    """Make a household's line a person where its head stands nowhere else, or a vacant dwelling where nobody does."""
    _join_lines(rows)
    for number, row in enumerate(rows):
        if row.line:
            _settle(row, list(_members(rows[number + 1 :])))


def _join_lines(rows: list[Row]) -> None:
    """Let the first of several lines about one household say all of it: the head in one, the address in the next."""
    first: Row | None = None
    for row in rows:
        if row.kind != "household":
            first = first if row.kind == "note" else None
        elif first is None or first.line.keys() & row.line.keys() & {"name", "address"}:
            first = row
        else:
            first.line = row.line | first.line
            row.line = {}


def _members(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        if row.line or row.kind == "section":
            return
        if row.kind == "person":
            yield row


def _settle(row: Row, members: list[Row]) -> None:
    head = row.line.get("name", "").replace(" ", "")
    listed = [member for member in members if member.text("name").replace(" ", "") == head]
    if head and listed:
        _add_to(listed[0], row.line)
    elif head:
        row.kind = "person"
        row.texts = {field: text for field, text in row.line.items() if field != "address"} | {"relation": "户主"}
        row.cells = {field: [text] for field, text in row.texts.items()}
    elif not members and "address" in row.line:
        row.kind = "dwelling"
        row.texts = {"remarks": row.line["remarks"]} if "remarks" in row.line else {}
        row.cells = {field: [text] for field, text in row.texts.items()}


def _add_to(head: Row, line: dict[str, str]) -> None:
    """Give a head who is listed among the members what only the household's line says of them."""
    for field in _OF_THE_HEAD:
        if field in line and field not in head.texts:
            head.texts[field] = line[field]
            head.cells[field] = [line[field]]
