"""What is known of a blank form: its sheets, their columns and what stands around the table; kept as JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import asdict, dataclass, fields
from typing import Any

PERSON, HOUSEHOLD, DWELLING, PLACE, FIGURES = "person", "household", "dwelling", "place", "figures"
ROW_KINDS = (PERSON, HOUSEHOLD, DWELLING, PLACE, FIGURES)
"""What one row of a form stands for; of a form of figures the rows are there already and say what each counts."""

Merge = tuple[int, int, int, int]
"""Top, left, bottom and right of a merged area, from 1, inclusive."""


@dataclass(slots=True)
class Column:
    """A column of a form and what it is filled with; `field` is empty for one that is left empty."""

    index: int
    letter: str
    header: str
    field: str = ""
    how: str = "none"
    text: str = ""
    style: str = ""
    member: int = 0
    choices: list[str] = dataclasses.field(default_factory=list)
    """The agency's own words or codes, of which one is written."""
    meanings: list[str] = dataclasses.field(default_factory=list)
    """What each of them means."""
    is_strict: bool = False
    """Whether they are a drop-down list: nothing else may be written."""
    part: str = ""
    """The part of the value that is written: year, surname, county; empty for the whole."""
    boxes: int = 1
    """Over how many columns from `index` it is spread, one character each."""

    @property
    def indexes(self) -> range:
        """The columns that it fills."""
        return range(self.index, self.index + self.boxes)


@dataclass(slots=True)
class Mark:
    """A cell outside the table that is completed, such as 填报单位：____; its text has {community}, {date} … in it."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class Figure:
    """A row that is there already and says what it counts; one without a condition names a place."""

    row: int
    label: str
    condition: str


@dataclass(slots=True)
class Spot:
    """A cell outside the table that waits for a number, and what is counted."""

    row: int
    column: int
    condition: str


@dataclass(slots=True)
class SheetForm:
    """One sheet with a table to fill. Rows and columns count from 1; `last` is below `first` where nothing is blank."""

    name: str
    title: str
    header_rows: list[int]
    first: int
    last: int
    style_row: int
    kind: str
    columns: list[Column]
    marks: list[Mark] = dataclasses.field(default_factory=list)
    figures: list[Figure] = dataclasses.field(default_factory=list)
    total_row: int = 0
    about: str = ""
    """The people whom the title is about, as a condition."""
    spots: list[Spot] = dataclasses.field(default_factory=list)
    blocks: list[int] = dataclasses.field(default_factory=list)
    """How far right of the first each further block of the same columns begins: a list in two or three parts side by side."""

    @property
    def asks_something(self) -> bool:
        """Whether anything of it is filled."""
        return bool(self.spots) or any(column.field for column in self.columns)


@dataclass(slots=True)
class FormLayout:
    """All sheets of a form that are filled, and what a filled copy loses of it."""

    sheets: list[SheetForm]
    has_pictures: bool = False
    rebuilt_from: str = ""
    """What kind of file it came as, where that was no .xlsx: xls, ods, csv, html."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def layout_of(told: dict[str, Any]) -> FormLayout:
    """Return the layout that `as_json` told."""
    return FormLayout(
        [_sheet(one) for one in told["sheets"]], bool(told.get("has_pictures")), told.get("rebuilt_from", "")
    )


def _sheet(told: dict[str, Any]) -> SheetForm:
    known = {each.name for each in fields(SheetForm)}
    rest = {name: value for name, value in told.items() if name in known - {"columns", "marks", "figures", "spots"}}
    return SheetForm(
        **rest,
        columns=[Column(**one) for one in told["columns"]],
        marks=[Mark(**one) for one in told["marks"]],
        figures=[Figure(**one) for one in told["figures"]],
        spots=[Spot(**one) for one in told.get("spots", ())],
    )
