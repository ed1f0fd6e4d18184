"""Where the parts of a blank form are: title, header rows, the rows to fill, and what stands below and stays there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from linli.paperwork.sheet.columns import columns_of, kind_of_rows, side_by_side
from linli.paperwork.sheet.conditions import LET, VACANT, condition_in, group_in
from linli.paperwork.sheet.legends import says_codes_or_units
from linli.paperwork.sheet.lexicon import field_of_header
from linli.paperwork.sheet.marks import marks_of
from linli.paperwork.sheet.reading import Seen
from linli.paperwork.sheet.records import DWELLING, FIGURES, Figure, SheetForm
from linli.paperwork.sheet.spots import is_labels_and_boxes, spots_of
from linli.registry.ledger.content import like_identity
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.instructions import tell_how_to_fill_in
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import clean

_FEWEST_COLUMNS, _FEWEST_SPOTS = 2, 3
_MOST_HEADER_ROWS = 5
_EXAMPLE = re.compile(
    r"^(?:例|示例|样例|范例|举例|填写示例|填表示例|例如|如|样表|example)[\d:：.)）]*|（例）|\(例\)", re.IGNORECASE
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填写说明|填报说明|要求|提示|※|\*|注意)\s*\d*[:：.、]|^(?:注意事项|填表说明|填表须知|填写说明)"
)
_SIGNED = re.compile(
    r"(?:签字|签名|签章|盖章|公章)|(?:填[报表]|制表|审核|负责|经办|登记|统计|填写)(?:人|单位|日期|时间)?\s*(?:\(.*\)|（.*）)?\s*[:：]"
)
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)[:：]?$")
_DOTS = re.compile(r"^[.…·\-—\s]+$")
_LETTERS = frozenset("甲乙丙丁戊己庚辛ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_FILLED_ROWS = 2
"""So many rows with identity numbers may be examples; more are people."""


@dataclass(slots=True)
class _Parts:
    header: list[int]
    labels: list[int]
    """Those of the header rows that name columns; the others number them or say how to fill in."""
    first: int
    last: int
    style_row: int

    def rows(self, figures: list[Figure]) -> set[int]:
        """Return the rows that are filled or count something, and those of totals right below."""
        return {*range(self.first, self.last + 3), *(figure.row for figure in figures)}


def find_form(sheet: Seen) -> SheetForm | None:
    """Return how a sheet is to be filled, None for one without a table. Raises `LedgerRefused` for one that is filled in."""
    best = _best_row(sheet)
    if best is None:
        return _without_table(sheet)
    header = _header_block(sheet, best)
    parts = _parts(sheet, header)
    columns = columns_of(sheet, parts.labels, range(parts.labels[-1] + 1, parts.style_row + 1))
    title = _title(sheet, header[0])
    figures = _figures(sheet, parts)
    kind = FIGURES if figures else kind_of_rows(columns)
    columns_of_kind, blocks = side_by_side([one.settled(kind) for one in columns])
    about = group_in(title) or group_in(sheet.name)
    if about and about.unit in (VACANT, LET) and kind != DWELLING and not about.names_people:
        about = None
    return SheetForm(
        name=sheet.name,
        title=title,
        header_rows=parts.header,
        first=parts.first,
        last=parts.last,
        style_row=parts.style_row,
        kind=kind,
        columns=columns_of_kind,
        marks=marks_of(sheet, _around(sheet, parts)),
        figures=figures,
        total_row=_total_row(sheet, parts.last),
        about=about.written() if about else "",
        spots=spots_of(sheet, {*parts.header, *parts.rows(figures)}),
        blocks=blocks,
    )


def _around(sheet: Seen, parts: _Parts) -> list[int]:
    rows = range(1, len(sheet.rows) + 1)
    return [row for row in rows if row not in parts.labels and not parts.first <= row <= parts.last]


def _without_table(sheet: Seen) -> SheetForm | None:
    """Return a sheet of labels with a box beside each, or None where it asks for no numbers."""
    spots = spots_of(sheet, ())
    if len(spots) < _FEWEST_SPOTS:
        return None
    return SheetForm(
        name=sheet.name,
        title=_title(sheet, min(spot.row for spot in spots)),
        header_rows=[],
        first=1,
        last=0,
        style_row=1,
        kind=FIGURES,
        columns=[],
        marks=marks_of(sheet, range(1, len(sheet.rows) + 1)),
        spots=spots,
    )


def _is_asked(text: str) -> bool:
    return bool(field_of_header(text)) or condition_in(text) is not None


def _words(sheet: Seen, row: int) -> list[str]:
    return [clean(text) for _, text in sheet.filled(row)]


def _best_row(sheet: Seen) -> int | None:
    """Return the row with the most words that name columns; the upper one of two that have as many."""
    scores: dict[int, int] = {}
    for row in range(1, min(len(sheet.rows), 60) + 1):
        words = _words(sheet, row)
        if (
            is_labels_and_boxes(sheet, row)
            or any(like_identity(word) for word in words)
            or tell_how_to_fill_in(words)
            or _is_furniture(words)
        ):
            continue
        known = sum(_is_asked(word) for word in words if len(word) <= 40 and not re.search(r"[:：]\s*\S*_*$", word))
        if known >= _FEWEST_COLUMNS and known * 5 >= len(words) * 2:
            scores[row] = known
    if not scores:
        return None
    best = max(scores, key=lambda row: (scores[row], -row))
    lists = [row for row in scores if row > best + 1 and scores[row] > _FEWEST_COLUMNS and _asks_for_people(sheet, row)]
    return lists[0] if lists and not _asks_for_people(sheet, best) else best


def _asks_for_people(sheet: Seen, row: int) -> bool:
    """Tell whether a row heads a list of people: it has a column for their names."""
    return any(field_of_header(text) == "name" for _column, text in sheet.filled(row))


def _is_furniture(words: list[str]) -> bool:
    return bool(words) and (
        any(_NOTE.match(word) for word in words[:1])
        or sum(bool(_SIGNED.search(word)) for word in words) * 2 >= len(words)
    )


def _header_block(sheet: Seen, row: int) -> list[int]:
    """Return all header rows around one: those that merged cells join to it, groups above, and words below a group."""
    top, bottom = row, row
    changed = True
    while changed and bottom - top < _MOST_HEADER_ROWS:
        changed = False
        for first, left, last, right in sheet.merges:
            touches = first <= bottom and last >= top and (first < top or last > bottom)
            if touches and right - left < max(sheet.width - 1, 1) and last - first < _MOST_HEADER_ROWS:
                top, bottom, changed = min(top, first), max(bottom, last), True
        if top > 1 and _is_group_row(sheet, top - 1):
            top, changed = top - 1, True
        if _is_below_groups(sheet, bottom):
            bottom, changed = bottom + 1, True
    return list(range(top, bottom + 1))


def _is_group_row(sheet: Seen, row: int) -> bool:
    """Tell whether a row holds groups of columns: short words, each merged across some columns but not all."""
    filled = sheet.filled(row)
    if not filled or any(re.search(r"[:：_＿]|年\s*月", text) or len(text) > 20 for _, text in filled):
        return False
    spans = [sheet.across(row, column) for column, _ in filled]
    widest = max(right - left + 1 for left, right in spans)
    return widest > 1 and widest < sheet.width * 0.8 and (len(filled) > 1 or widest < sheet.width * 0.6)


def _is_below_groups(sheet: Seen, row: int) -> bool:
    """Tell whether the next row completes a header: words only below cells that are merged across."""
    filled = sheet.filled(row + 1)
    if not filled or _numbers_columns([clean(text) for _, text in filled]) or _EXAMPLE.match(filled[0][1]):
        return False
    wide = [
        (left, right)
        for top, left, bottom, right in sheet.merges
        if top <= row <= bottom and right > left and bottom == row
    ]
    under = [any(left <= column <= right for left, right in wide) for column, _ in filled]
    words = [clean(text) for _, text in filled]
    return all(under) and not any(map(like_identity, words)) and not tell_how_to_fill_in(words)


def _parts(sheet: Seen, labels: list[int]) -> _Parts:
    header, row = list(labels), labels[-1] + 1
    while row <= len(sheet.rows) and _explains(sheet, row):
        header.append(row)
        row += 1
    first, examples = row, 0
    while row <= len(sheet.rows) and _is_example(sheet, row):
        examples, row = examples + 1, row + 1
    _refuse_filled(sheet, first)
    end = _end_of_blank(sheet, row)
    style_row = row if end >= row else first
    return _Parts(header, labels, first, max(end, row - 1), style_row)


def _explains(sheet: Seen, row: int) -> bool:
    """Tell whether a row below the header numbers the columns or says how to fill them in."""
    words = _words(sheet, row)
    if not words:
        return False
    return (
        _numbers_columns(words)
        or says_codes_or_units(words)
        or tell_how_to_fill_in(words)
        or (len(words) <= 2 and _NOTE.match(words[0]) is not None and row in sheet.bordered)
    )


def _numbers_columns(words: list[str]) -> bool:
    """Tell whether words only number or letter columns: 1 2 3, 甲 乙 1 2, A B C, boxes from 1 on each."""
    bare = [word.strip("()（）栏列.") for word in words]
    if len(bare) < 3:
        return False
    letters = [word for word in bare if word in _LETTERS]
    numbers = [word for word in bare if word.isdecimal()]
    rising = [int(word) for word in numbers]
    return len(letters) + len(numbers) == len(bare) and all(
        after in (before + 1, 1) for before, after in pairwise(rising)
    )


def _is_example(sheet: Seen, row: int) -> bool:
    words = _words(sheet, row)
    if not words or _is_furniture(words) or any(_TOTAL.match(word) for word in words):
        return False
    marked = any(_EXAMPLE.search(word) for word in words[:2])
    told = (
        sum(like_identity(word) for word in words) > 0
        or sum(bool(re.search(r"张三|李四|王五|某某|XX|xxx|××", word)) for word in words) > 0
    )
    return len(words) > 2 and (marked or told) and not any(map(_SIGNED.search, words))


def _refuse_filled(sheet: Seen, first: int) -> None:
    filled = [
        row for row in range(first, len(sheet.rows) + 1) if any(like_identity(word) for word in _words(sheet, row))
    ]
    if len(filled) > _FILLED_ROWS:
        raise LedgerRefused("not_blank", sheet=sheet.name, rows=len(filled), first=filled[0])


def _end_of_blank(sheet: Seen, row: int) -> int:
    """Return the last row of those that wait to be filled: blank ones, with a number or a formula at most."""
    end, numbers = row - 1, 0
    while row <= len(sheet.rows) and _is_blank(sheet, row):
        if row in sheet.bordered or any(text for _, text in sheet.filled(row)):
            end, numbers = row, numbers + 1
        row += 1
    if numbers:
        return end
    return row - 1 if row <= len(sheet.rows) else end


def _is_blank(sheet: Seen, row: int) -> bool:
    told = [text for _, text in sheet.filled(row) if not text.startswith("=") and not _DOTS.match(text)]
    if any(_TOTAL.match(clean(text)) for text in told):
        return False
    return not told or (len(told) == 1 and re.fullmatch(r"\d{1,4}(?:\.0)?", told[0]) is not None)


def _title(sheet: Seen, header: int) -> str:
    above = [
        text
        for row in range(1, header)
        for _, text in sheet.filled(row)
        if not re.search(r"[:：]|^附[件表]\s*\d*$", text)
    ]
    return clean(max(above[:6], key=len, default=sheet.name))[:120]


def _total_row(sheet: Seen, last: int) -> int:
    rows = range(last + 1, min(last + 4, len(sheet.rows)) + 1)
    return next((row for row in rows if any(_TOTAL.match(word) for word in _words(sheet, row)[:2])), 0)


def _figures(sheet: Seen, parts: _Parts) -> list[Figure]:
    """Return the rows below the header that are there already and say what each counts: 总户数, 60岁以上老人."""
    if parts.last >= parts.first:
        return []
    found, row = [], parts.first
    while row <= len(sheet.rows):
        label = next(
            (text for _, text in sheet.filled(row) if not re.fullmatch(r"[\d.]+", text) and not text.startswith("=")),
            "",
        )
        condition = condition_in(_row_label(sheet, row)) if label else None
        others = [
            word
            for word in _words(sheet, row)
            if normal_header(word) != normal_header(label) and not word.startswith("=")
        ]
        if not label or _is_furniture([clean(label)]) or len(others) > 3:
            break
        found.append(Figure(row, _row_label(sheet, row), condition.written() if condition else ""))
        row += 1
    counting = [figure for figure in found if figure.condition]
    if len(counting) > 1:
        return counting
    return _named_places(found, parts, sheet)


def _named_places(found: list[Figure], parts: _Parts, sheet: Seen) -> list[Figure]:
    """Return rows that name places already, communities or compounds, of which each office fills its own."""
    numbers = sum(condition_in(text) is not None for row in parts.labels for _, text in sheet.filled(row))
    named = [figure for figure in found if not figure.condition or _TOTAL.match(figure.label)]
    return [figure for figure in named if not figure.condition] if numbers > 1 and len(named) == len(found) > 1 else []


def _row_label(sheet: Seen, row: int) -> str:
    """Return the words of a row with those of a group that is merged down beside it."""
    told = [text for _, text in sheet.filled(row)]
    words = [text for text in told if not re.fullmatch(r"[\d.]+", text) and not text.startswith("=")]
    groups = [sheet.text(top, left) for top, left, bottom, _ in sheet.merges if top < row <= bottom]
    return clean("".join(dict.fromkeys([*groups, *words])))
