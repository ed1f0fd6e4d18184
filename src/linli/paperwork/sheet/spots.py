"""Numbers that a sheet asks for outside its table: a label with an empty cell beside it, or a row of labels above one empty row."""

from __future__ import annotations

import re
from collections.abc import Container

from linli.paperwork.sheet.conditions import condition_in
from linli.paperwork.sheet.reading import Seen
from linli.paperwork.sheet.records import Spot
from linli.registry.ledger.text import clean

_FEWEST_ABOVE = 3
_LONGEST = 24


def spots_of(sheet: Seen, taken: Container[int]) -> list[Spot]:
    """Return the cells that wait for a number, in rows outside `taken`, with what each counts."""
    found: dict[tuple[int, int], Spot] = {}
    for row in range(1, len(sheet.rows) + 1):
        if row in taken:
            continue
        for spot in _beside(sheet, row) or _below(sheet, row, taken):
            found.setdefault((spot.row, spot.column), spot)
    return list(found.values())


def is_labels_and_boxes(sheet: Seen, row: int) -> bool:
    """Tell whether at least half of a row's words are labels with an empty cell beside them: no header."""
    filled = sheet.filled(row)
    beside = [column for column, _text in filled if _empty_right_of(sheet, row, column)]
    return len(filled) > 1 and len(beside) * 2 >= len(filled)


def _beside(sheet: Seen, row: int) -> list[Spot]:
    return [
        Spot(row, right, condition)
        for column, text in sheet.filled(row)
        if (right := _empty_right_of(sheet, row, column)) and (condition := _counted(text))
    ]


def _below(sheet: Seen, row: int, taken: Container[int]) -> list[Spot]:
    """Return the cells below a row of labels that all count something, if the next row is theirs alone."""
    filled = sheet.filled(row)
    if len(filled) < _FEWEST_ABOVE or row + 1 in taken or sheet.filled(row + 1) or row + 1 not in sheet.bordered:
        return []
    conditions = [(column, _counted(text)) for column, text in filled]
    counting = [(column, condition) for column, condition in conditions if condition]
    alone = row + 2 not in sheet.bordered or bool(sheet.filled(row + 2))
    return (
        [Spot(row + 1, column, condition) for column, condition in counting]
        if alone and len(counting) * 3 >= len(filled) * 2
        else []
    )


def _counted(text: str) -> str:
    bare = clean(text).rstrip(":：")
    if len(bare) > _LONGEST or re.search(r"[_＿]{2}|负责|签|章|日期", bare):
        return ""
    condition = condition_in(bare)
    return condition.written() if condition else ""


def _empty_right_of(sheet: Seen, row: int, column: int) -> int:
    """Return the column of the empty box right of a label, 0 where there is none."""
    right = sheet.across(row, column)[1] + 1
    if right > sheet.width or sheet.text(row, right):
        return 0
    left_of_box, _end = sheet.across(row, right)
    return right if left_of_box == right and row in sheet.bordered else 0
