"""What reading a ledger gives: typed records, frozen, without any database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

IdKind = Literal["resident_id", "passport", "hk_macau", "taiwan", "other"]
ResidencyKind = Literal["resident", "tenant", "away", "registered_only"]
Sex = Literal["男", "女", ""]
Recognised = Literal["remembered", "header", "content", "none"]
SheetRole = Literal["ledger", "no_table", "blank", "hidden"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A row that somebody in the office should look at. `name` carries no inner spaces."""

    sheet: str
    row: int
    kind: str
    name: str
    read: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the file that is not about one person: a row not understood, characters replaced."""

    sheet: str
    row: int
    kind: str
    read: str


@dataclass(frozen=True, slots=True)
class Landlord:
    """Who lets a dwelling (R39)."""

    name: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person, after the rows that carry the same identity number were merged."""

    name: str
    sex: Sex
    birth: date | None
    id_number: str | None
    id_kind: IdKind
    phones: tuple[str, ...]
    relation: str
    residency_kind: ResidencyKind
    hukou_division: str
    care_needs: tuple[str, ...]
    remarks: str
    sheet: str
    row: int
    extra: tuple[tuple[str, str], ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """People who keep house together; `number` is the ledger's household number, mostly empty."""

    number: str
    people: tuple[PersonRecord, ...]


@dataclass(frozen=True, slots=True)
class DwellingRecord:
    """One door. A dwelling whose address the ledger does not give has `address_known` false."""

    compound: str
    building: str
    unit: str
    room: str
    floor: int | None
    households: tuple[HouseholdRecord, ...]
    landlord: Landlord | None
    remarks: str
    rows: tuple[tuple[str, int], ...]
    address_known: bool = True

    @property
    def people(self) -> tuple[PersonRecord, ...]:
        return tuple(person for household in self.households for person in household.people)

    @property
    def vacant(self) -> bool:
        return not self.households


@dataclass(frozen=True, slots=True)
class ColumnView:
    """How one column was understood, for a page that shows and corrects it.

    `key` is what a correction is remembered under: the normalised header, or the column's letter
    (`列C`) where the column has no header. `member` numbers the people where one row holds a whole household.
    """

    index: int
    letter: str
    header: str
    key: str
    field: str
    how: Recognised
    samples: tuple[str, ...]
    member: int = 0


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was read and deliberately not taken as a person or dwelling."""

    row: int
    reason: str
    read: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """How one sheet was understood. `header_rows` are 1-based; empty when the sheet has no header."""

    name: str
    role: SheetRole
    header_rows: tuple[int, ...]
    columns: tuple[ColumnView, ...]
    person_rows: int
    vacant_rows: int
    skipped: tuple[SkippedRow, ...]
    compound: str = ""
    titles: tuple[str, ...] = ()
    """The lines above the header, which often name the community."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as read: what each sheet was understood to be, every dwelling with its people, every flag."""

    kind: str
    encoding: str
    sheets: tuple[SheetView, ...]
    dwellings: tuple[DwellingRecord, ...]
    flags: tuple[Flag, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def people(self) -> tuple[PersonRecord, ...]:
        return tuple(person for dwelling in self.dwellings for person in dwelling.people)

    @property
    def household_count(self) -> int:
        return sum(len(dwelling.households) for dwelling in self.dwellings)

    @property
    def vacant_count(self) -> int:
        return sum(dwelling.vacant for dwelling in self.dwellings)
