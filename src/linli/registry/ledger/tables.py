"""Where the tables of a sheet are: header rows, the columns' labels, the rows that belong to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.content import TESTS, like_identity, like_phone
from linli.registry.ledger.headers import field_of, is_usual, normal_header
from linli.registry.ledger.instructions import tell_how_to_fill_in
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.relatives import names_a_relative
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.text import Value, clean

_LOOK_BACK = 2
_NUMBERED = re.compile(r"\d+\s*(?:栋|幢|座|单元|号楼|室|#|组|户)|\d{3,}|^\d+$")
_SAID = re.compile(r"^[^(\[]+:\s*[^\s(\[]")
_LONG_NUMBER = re.compile(r"\d{7}")
_TYPED = (
    "id_number",
    "phone",
    "sex",
    "relation",
    "category",
    "birth",
    "room",
    "small",
    "address",
    "name",
    "unit",
    "building",
)
_LONGEST_LABEL = 30
_LONGEST_PLAIN_LABEL = 6
_FEW_LABELS = 4
_SURE_LABELS = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A column's header: its own words and the words of the group it stands under."""

    text: str
    group: str


@dataclass(frozen=True, slots=True)
class Table:
    """Header rows (0-based), labels by column, and the half-open range of rows below."""

    header_rows: tuple[int, ...]
    labels: tuple[Label, ...]
    first: int
    end: int


def find_tables(grid: Grid) -> list[Table]:
    """Find each header and the rows below it; a sheet without any header is one table without labels."""
    headers = _header_groups(grid)
    if not headers:
        unknown = _unknown_header(grid)
        if unknown is not None:
            return [Table((unknown,), _labels(grid, [unknown]), unknown + 1, len(grid.rows))]
        blank = tuple(Label("", "") for _ in range(grid.width))
        return [Table((), blank, 0, len(grid.rows))]
    tables = _above(grid, headers[0])
    for number, header in enumerate(headers):
        end = _end_before(grid, headers, number + 1) if number + 1 < len(headers) else len(grid.rows)
        tables.append(Table(tuple(header), _labels(grid, header), header[-1] + 1, end))
    return tables


def _end_before(grid: Grid, headers: list[list[int]], number: int) -> int:
    """Return where the rows above a header end: before the title lines that each printed page repeats."""
    first, end = headers[0][0], headers[number][0]
    for index in range(first - 1, -1, -1):
        if not _repeats(grid, index, end - 1):
            break
        end -= 1
    return end


def _above(grid: Grid, header: list[int]) -> list[Table]:
    """Return people who stand above the first header as a table with its labels."""
    first = next((n for n in range(header[0]) if any(map(like_identity, grid.rows[n]))), None)
    return [] if first is None else [Table((), _labels(grid, header), first, header[0])]


def _unknown_header(grid: Grid) -> int | None:
    """Find a header in words we do not know: the first wide row, when nothing in it looks like data."""
    for index, row in enumerate(grid.rows[:20]):
        texts = [clean(value) for value in row if value not in ("", None)]
        short = len(texts) == 2 and all(len(text) <= _LONGEST_PLAIN_LABEL for text in texts)
        if len(texts) * 2 <= grid.width or (len(texts) < 3 and not short):
            continue
        words = all(isinstance(value, str) for value in row)
        return index if words and not any(map(_is_typed, texts)) else None
    return None


def _is_typed(text: str) -> bool:
    return not is_usual(normal_header(text)) and any(TESTS[kind](text) for kind in _TYPED)


def _header_groups(grid: Grid) -> list[list[int]]:
    rows = [index for index, row in enumerate(grid.rows) if is_header(row)]
    groups: list[list[int]] = []
    for index in rows:
        if groups and index == groups[-1][-1] + 1 and not _repeats(grid, groups[-1][0], index):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_with_neighbours(grid, group) for group in groups]


def _repeats(grid: Grid, above: int, below: int) -> bool:
    return [clean(value) for value in grid.rows[above]] == [clean(value) for value in grid.rows[below]]


def is_header(row: list[Value]) -> bool:
    """Tell whether a row is a header by itself: mostly words that name fields, and nothing that is data."""
    cells = [value for value in row if value not in ("", None)]
    if len(cells) < 2 or not all(isinstance(value, str) for value in cells):
        return False
    texts = [text for text in (clean(value) for value in cells) if text]
    if len(texts) < 2 or any(map(_LONG_NUMBER.search, texts)) or tell_how_to_fill_in(texts):
        return False
    if sum(len(text) > _LONGEST_LABEL for text in texts) > 1:
        return False
    fields = [field for field in map(field_of, map(normal_header, texts)) if field]
    kinds = set(fields)
    if len(kinds) < 2 or len(fields) * 2 < len(texts):
        return False
    names_household = "head_name" in kinds and "relation" not in kinds and bool(kinds - {"name", "head_name"})
    data = [
        text for text in texts if _is_data(text) and not (names_household and names_a_relative(normal_header(text)))
    ]
    if data and not (all(map(_can_head_ticks, data)) and _is_plainly_a_header(texts)):
        return False
    if len(texts) <= _FEW_LABELS and any(is_like_a_name(text) and not field_of(normal_header(text)) for text in texts):
        return False
    return len(kinds) >= 3 or bool(kinds & {"name", "id_number", "head_name"})


@lru_cache(maxsize=16384)
def _is_data(text: str) -> bool:
    """Tell whether text can only stand below a header: a number, an address, a sex, a category."""
    if like_identity(text) or like_phone(text) or _NUMBERED.search(text) or _SAID.search(text):
        return True
    if is_usual(normal_header(text)) or "是否" in text:
        return False
    return says_vacant(text) or any(TESTS[kind](text) for kind in ("sex", "category", "birth", "relation"))


def _can_head_ticks(text: str) -> bool:
    """Tell whether a word that is mostly data can head a column of ticks: 流动, 空置, 配偶."""
    words = TESTS["category"](text) or TESTS["relation"](text) or says_vacant(text)
    return words and not any(character.isdigit() for character in text)


def _is_plainly_a_header(texts: list[str]) -> bool:
    """Tell whether enough of a row's words are usual headers, among them one for names."""
    labels = [normal_header(text) for text in texts]
    usual = {field_of(label) for label in labels if is_usual(label)}
    named = {field_of(label) for label in labels if not names_a_relative(label)}
    return len(usual) >= _SURE_LABELS and not named.isdisjoint(("name", "head_name"))


def _with_neighbours(grid: Grid, group: list[int]) -> list[int]:
    """Add group headers directly above and leaf headers directly below that are not headers by themselves."""
    first, last = group[0], group[-1]
    while first > 0 and group[0] - first < _LOOK_BACK and _is_label_row(grid, first - 1):
        first -= 1
    if last + 1 < len(grid.rows) and _is_leaf_row(grid, last):
        last += 1
    return list(range(first, last + 1))


def _is_label_row(grid: Grid, index: int) -> bool:
    """Tell whether a row can be group headers: two short words or more, or one that spans part of the width."""
    texts = [clean(value) for value in grid.rows[index] if value not in ("", None)]
    short = all(len(text) <= 10 and not any(c in text for c in ":：0123456789") for text in texts)
    return len(texts) >= 2 and short and all(isinstance(value, str) for value in grid.rows[index])


def _is_leaf_row(grid: Grid, last: int) -> bool:
    """Tell whether the row below a header completes it: words only where merged header cells end above it."""
    texts = [(c, clean(v)) for c, v in enumerate(grid.rows[last + 1]) if v not in ("", None)]
    if not texts or not all(isinstance(grid.rows[last + 1][c], str) and len(text) <= 12 for c, text in texts):
        return False
    if tell_how_to_fill_in([text for _, text in texts]):
        return False
    if any(_is_data(text) and not _can_head_ticks(text) for _, text in texts):
        return False
    fields = [field_of(normal_header(text)) for _, text in texts]
    wide = any(
        top <= last <= bottom and left < right
        for top, left, bottom, right in grid.merges
        if top > 0 or right < grid.width - 1
    )
    if len(texts) >= 2 and _stand_under_groups(grid, last, [column for column, _ in texts]):
        return len(fields) - fields.count(None) >= len(fields) / 2
    return all(fields) and (wide or len(texts) >= 2)


def _stand_under_groups(grid: Grid, last: int, columns: list[int]) -> bool:
    """Tell whether every one of these columns lies under a header cell merged across several."""
    spans = [(left, right) for top, left, bottom, right in grid.merges if top <= last <= bottom and left < right]
    return all(
        any(left <= column <= right for left, right in spans if right < left + grid.width - 1) for column in columns
    )


def _labels(grid: Grid, header: list[int]) -> tuple[Label, ...]:
    spread = [_spread(grid, index) for index in header]
    labels = []
    for column in range(grid.width):
        own = [words[column] for words, _ in spread if words[column]]
        over = [group[column] for _, group in spread[:-1] if group[column]]
        text = own[-1] if own else ""
        group = "".join(dict.fromkeys(word for word in over if normal_header(word) != normal_header(text)))
        labels.append(Label(text, group))
    return tuple(labels)


def _spread(grid: Grid, index: int) -> tuple[list[str], list[str]]:
    """Return (words of each cell itself, words that also reach right as a group) of one header row."""
    row = grid.rows[index]
    own = [clean(row[column]) if column < len(row) else "" for column in range(grid.width)]
    group = list(own)
    across = [(left, right) for top, left, bottom, right in grid.merges if top <= index <= bottom and left < right]
    if across:
        for left, right in across:
            group[left : right + 1] = [own[left]] * (min(right, grid.width - 1) + 1 - left)
    else:
        for column in range(1, grid.width):
            group[column] = group[column] or group[column - 1]
    return own, group
