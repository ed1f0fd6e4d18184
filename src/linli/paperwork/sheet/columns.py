"""What each column of a form is filled with, and what one row of it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from linli.paperwork.sheet.choices import listed_in, meanings_of
from linli.paperwork.sheet.conditions import FLOORS, OF_BUILT, condition_in
from linli.paperwork.sheet.lexicon import COUNT, IS, OWN, field_of_header, member_field, member_in
from linli.paperwork.sheet.meanings import MEANINGS, field_of_choices, fits_choices, understood
from linli.paperwork.sheet.reading import Seen
from linli.paperwork.sheet.records import DWELLING, FIGURES, HOUSEHOLD, PERSON, PLACE, Column
from linli.paperwork.sheet.splitting import GIVEN, boxes_of, part_of
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.text import clean, column_letter

OF_PLACES = frozenset(
    "sequence compound building unit building_unit grid grid_worker community subdistrict district city remarks today clerk"
    " round_name".split()
)
_OF_A_PERSON = frozenset(("name", "id_number", "relation"))
_TICK = re.compile(r"√|打勾|打钩|划勾|画勾|✓")
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("compact", re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)|yyyymmdd", re.IGNORECASE)),
    ("chinese", re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|yyyy年m+月d+日", re.IGNORECASE)),
    ("dots", re.compile(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}|yyyy\.m+\.d+", re.IGNORECASE)),
    ("slashes", re.compile(r"(?:19|20)\d\d/\d{1,2}/\d{1,2}|yyyy/m+/d+", re.IGNORECASE)),
    ("iso", re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}|yyyy-m+-d+", re.IGNORECASE)),
    ("month_chinese", re.compile(r"(?:19|20)\d\d年\d{1,2}月(?!\d)|yyyy年m+月(?!d)", re.IGNORECASE)),
    ("month_compact", re.compile(r"(?<!\d)(?:19|20)\d{4}(?!\d)|yyyymm(?!d)", re.IGNORECASE)),
    ("month_dots", re.compile(r"(?:19|20)\d\d\.\d{1,2}(?![\d.])|yyyy\.m+(?![.m])", re.IGNORECASE)),
    ("month", re.compile(r"(?:19|20)\d\d-\d{1,2}(?![\d-])|yyyy-m+(?![-m])|^出生年月$", re.IGNORECASE)),
)  # fmt: skip
_DATES = frozenset(("birth", "since", "today", "round_time"))
_NUMBER_OF_DOOR = re.compile(r"^(?:门牌|户牌)号?码?$")
_LANDLINE = re.compile(r"固定|座机|固话|住宅电话|宅电")
_FEWEST_ALIKE = 2
_PART_STYLES = {
    ("birth", True, False): "date", ("since", True, False): "date", ("today", True, False): "date",
    ("birth", False, True): "compact",
}  # fmt: skip
_CODED = re.compile(r"1[.、:：\-]?男.{0,3}2[.、:：\-]?女|男[:：\-]?1.{0,3}女[:：\-]?2")


@dataclass(slots=True)
class Asked:
    """A column before it is known what a row stands for: as a field of a person or door, and as a number of a place."""

    column: Column
    field: str
    counted: str

    def settled(self, kind: str) -> Column:
        """Return the column as it is filled where a row stands for `kind`."""
        column = self.column
        if kind == FIGURES or (kind == PLACE and self.field not in OF_PLACES):
            column.field = COUNT + self.counted if self.counted else ""
        elif (
            kind in (HOUSEHOLD, DWELLING)
            and self.counted
            and not column.member
            and _counts_members(column.header, self.field)
        ):
            column.field = COUNT + self.counted
        elif self.field == "contact_name":
            column.field = "head_name" if kind == HOUSEHOLD else OWN + normal_header(column.header)
        elif kind == DWELLING and self.field == "category":
            column.field = "occupancy"
        elif kind == HOUSEHOLD and self.field == "name":
            column.field = "name" if column.member else "head_name"
        else:
            column.field = self.field
        column.how = "header" if column.field and not column.field.startswith(OWN) else "none"
        return column


def columns_of(sheet: Seen, header: list[int], examples: Sequence[int]) -> list[Asked]:
    """Return every column under a header that has a word of its own or a group's."""
    ticks = any(_TICK.search(text) for row in range(1, max(header) + 2) for _, text in sheet.filled(row))
    found = []
    for index in range(1, sheet.width + 1):
        words = _words_over(sheet, header, index)
        if words and sheet.across(header[-1], index)[0] == index:
            told = [sheet.text(row, index) for row in examples]
            found.append(_asked(sheet, header[-1], index, words, told, examples[-1], ticks=ticks))
    _settle(found)
    return found


def _words_over(sheet: Seen, header: list[int], index: int) -> list[str]:
    """Return the words over a column from the top group to its own."""
    words = []
    for row in header:
        left = sheet.across(row, index)[0]
        top = next(
            (top for top, first, bottom, last in sheet.merges if top <= row <= bottom and first <= index <= last), row
        )
        words.append(clean(sheet.text(top, left) if left == index or top <= row else ""))
    return list(dict.fromkeys(word for word in words if word))


def _asked(
    sheet: Seen, header: int, index: int, words: list[str], examples: Sequence[str], first: int, *, ticks: bool
) -> Asked:
    own, group = words[-1], "".join(words[:-1])
    member = member_in(own, group)
    split, part = part_of(own, group)
    field = split or (member_field(own, group) if member else "") or field_of_header(own, group)
    boxes = 1 if part else boxes_of(sheet, header, index, first, field)
    whole = condition_in(own)
    over = condition_in(group) if group else None
    counted = over.and_also(whole) if over and whole else whole or (over if not field else None)
    if whole and whole.unit in OF_BUILT:
        field = "floor" if whole.unit == FLOORS else ""
    letter = column_letter(index - 1)
    if boxes > 1:
        letter = f"{letter}-{column_letter(index + boxes - 2)}"
    column = Column(index, letter, "/".join(words), member=member, part=part, boxes=boxes)
    field = _with_choices(column, field, sheet.listed(first, index), [own, *examples])
    if field.startswith(IS) and over and over.names_people and whole:
        field = IS + over.and_also(whole).written()
    column.style = _PART_STYLES.get((field, bool(part), boxes > 1)) or _style(
        field, own, [*examples, *column.choices], ticks=ticks, is_dated=index in sheet.dated
    )
    return Asked(column, field, counted.written() if counted else "")


def _with_choices(column: Column, field: str, listed: Sequence[str], told: Sequence[str]) -> str:
    """Give a column the agency's own words for it; returns its field, which they tell where the header does not."""
    noted = [] if listed else next((found for text in told if (found := listed_in(text))), [])
    written = list(listed) or [one for one, _meaning in noted]
    meanings = meanings_of(tuple(listed)) if listed else [meaning for _one, meaning in noted]
    told_by = tuple(meanings)
    if (
        field in ("", "category", "occupancy", "age")
        or field.startswith(OWN)
        or (field in MEANINGS and not understood(field, told_by))
    ):
        field = _field_told_by(field, told_by)
    if listed or fits_choices(field, told_by):
        column.choices, column.meanings, column.is_strict = written, meanings, bool(listed)
    return field


def _field_told_by(field: str, meanings: tuple[str, ...]) -> str:
    bands = sum(condition is not None and condition.ages != (None, None) for condition in map(condition_in, meanings))
    if field in ("", "age") and bands > 1:
        return "age_band"
    if field in MEANINGS and understood(field, meanings) > 1:
        return field
    return field_of_choices(meanings) or field


def _style(field: str, header: str, told: Sequence[str], *, ticks: bool, is_dated: bool) -> str:
    base = field.removeprefix(IS)
    if field in _DATES:
        if is_dated:
            return "date"
        return next((style for style, words in _STYLES for text in (*told, header) if text and words.search(text)), "")
    if field == "sex":
        return "coded" if _CODED.search(header) or any(_CODED.search(text) for text in told) else ""
    if base != field and not any(word in ("是", "否", "有", "无") for word in told):
        return "tick" if (ticks and "是否" not in header) or any(_TICK.search(text) for text in (header, *told)) else ""
    return ""


def _settle(found: list[Asked]) -> None:
    """Decide what only the other columns can tell: 户号 is the room where no other column is, a door number the address."""
    fields = {one.field for one in found}
    for one in found:
        if one.field == "household_or_room":
            one.field = "household_number" if fields & {"room", "address", "unit_room", "door"} else "room"
        elif one.field == "address" and _NUMBER_OF_DOOR.search(normal_header(one.column.header)):
            one.field = "room" if fields & {"building", "building_unit", "unit"} and "room" not in fields else "address"
        elif one.field == "door":
            one.field = "room" if fields & {"building", "building_unit"} and "room" not in fields else "address"
    phones = [one for one in found if one.field == "phone" and not one.column.member]
    if any(_LANDLINE.search(one.column.header) for one in phones):
        for one in phones:
            one.column.style = "landline" if _LANDLINE.search(one.column.header) else "mobile"
    has_surname = any(one.column.part == "surname" for one in found)
    seen: set[tuple[str, int, str]] = set()
    for one in found:
        if has_surname and one.field == "name" and not one.column.part and normal_header(one.column.header) == "名字":
            one.column.part = GIVEN
        key = (one.field, one.column.member, one.column.part)
        if key in seen and one.field in ("name", "sequence", "id_number"):
            one.field = OWN + normal_header(one.column.header)
        seen.add(key)


def side_by_side(columns: list[Column]) -> tuple[list[Column], list[int]]:
    """Return the columns of the first block where a list stands in two or three parts side by side, and how far the others are."""
    headers = [normal_header(column.header) for column in columns]
    for blocks in (2, 3):
        size = len(columns) // blocks
        if size < _FEWEST_ALIKE or size * blocks != len(columns) or headers != headers[:size] * blocks:
            continue
        starts = [columns[size * block].index - columns[0].index for block in range(1, blocks)]
        if all(
            columns[size * block + at].index - columns[at].index == start
            for block, start in enumerate(starts, start=1)
            for at in range(size)
        ):
            return columns[:size], starts
    return columns, []


def kind_of_rows(columns: Sequence[Asked]) -> str:
    """Return what one row stands for: a person, a household, a dwelling or a place with numbers."""
    fields = {one.field for one in columns if not one.column.member}
    counted = [one for one in columns if one.counted and one.field not in (*OF_PLACES, "age", "sex")]
    if fields & _OF_A_PERSON:
        return PERSON if fields & {"name", "relation"} or "head_name" not in fields else HOUSEHOLD
    if "head_name" in fields:
        return HOUSEHOLD
    if fields & {"room", "unit_room", "address"}:
        return DWELLING
    if len(counted) >= 2 or (counted and fields & (OF_PLACES - {"sequence", "remarks"})):
        return PLACE
    if "household_size" in fields and not counted:
        return HOUSEHOLD
    return DWELLING if fields & {"landlord_name", "occupancy"} else PERSON


def _counts_members(header: str, field: str) -> bool:
    """Tell whether a column of a household's row wants a number: 60岁以上人数, 其中未成年人, but not 是否租户."""
    return (
        field not in ("household_size", "occupancy")
        and re.search(r"人数|人口|\(人\)|（人）|几人|其中|数$", header) is not None
    )
