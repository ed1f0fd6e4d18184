"""What an import does with one person or dwelling: three-way comparison of the last ledger, this one and the register.

| the file's word | against the last ledger's | against the register's | answer |
| --- | --- | --- | --- |
| equal to the register's | any | equal | keep |
| new | differs | unchanged since the last ledger | take |
| old | equal | edited in Linli | keep, and list it |
| new | differs | edited in Linli | keep, and list it: both changed |
| there, no last ledger | none | empty | take |
| there, no last ledger | none | says something else | keep, and list it |
"""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from linli.places.addresses import Address


class Place(NamedTuple):
    """A household's place: its door, and its number where several households share the door."""

    address: Address
    household: str = ""

    @property
    def has_door(self) -> bool:
        """Whether more than a compound is known."""
        return any(self.address[1:])


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a ledger or the register says about one person."""

    name: str
    sex: str = ""
    birth: date | None = None
    id_kind: str = "resident_id"
    id_number: str | None = None
    phones: tuple[str, ...] = ()
    relation: str = ""
    residency_kind: str = "resident"
    hukou_division: str = ""
    care_needs: tuple[str, ...] = ()
    remarks: str = ""
    place: Place | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """What a ledger or the register says about one dwelling (R39)."""

    floor: int | None = None
    landlord_name: str = ""
    landlord_phones: tuple[str, ...] = ()
    remarks: str = ""


class Reason(StrEnum):
    """Why the register's word was kept against the file's."""

    EDITED_HERE = "edited_here"
    BOTH_CHANGED = "both_changed"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field where the file and the register differ and the register was edited since the last ledger."""

    field: str
    file: Any
    kept: Any
    reason: Reason


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome for one person or dwelling: what the register shall say, and what was not taken from the file."""

    outcome: Any
    conflicts: tuple[FieldConflict, ...] = ()


NEVER_EMPTIED = frozenset(
    ("name", "sex", "birth", "id_number", "id_kind", "place", "floor", "landlord_name", "landlord_phones")
)
"""An empty cell in these says nothing: identity, and who lets a dwelling, are not lost to a blank."""
OF_A_HOUSEHOLD = frozenset(("relation", "residency_kind"))
"""Meaningless for somebody who lives nowhere here any more."""
TAKEN_AS_IT_IS = frozenset(("extra",))
"""Columns that Linli only hands back: always the last file's."""


def merge_person(
    base: Particulars | None, file: Particulars, present: Particulars, said: Collection[str], *, is_dead: bool = False
) -> Merged:
    """Decide every field of a person; `said` are the fields for which the file has a column."""
    if present.place is None and file.place and not file.place.has_door:
        file = replace(file, place=None)
    merged = _merge(base, file, present, said)
    outcome, conflicts = merged.outcome, merged.conflicts
    if is_dead and outcome.place != present.place:
        outcome = replace(outcome, place=present.place)
        conflicts = (*conflicts, FieldConflict("place", file.place, present.place, Reason.EDITED_HERE))
    if outcome.place is None:
        conflicts = tuple(one for one in conflicts if one.field not in OF_A_HOUSEHOLD)
    return Merged(outcome, conflicts)


def merge_tenure(base: Tenure | None, file: Tenure, present: Tenure) -> Merged:
    """Decide every field of a dwelling; an empty cell never removes anything."""
    return _merge(base, file, present, ())


def _merge(base: Any, file: Any, present: Any, said: Collection[str]) -> Merged:
    taken: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for name in (field.name for field in fields(file)):
        ours, theirs = getattr(present, name), getattr(file, name)
        if name in TAKEN_AS_IT_IS:
            taken[name] = theirs
        elif theirs == ours or not _says_something(name, theirs, said):
            continue
        elif (reason := decide_field(None if base is None else (getattr(base, name),), theirs, ours)) is None:
            taken[name] = theirs
        else:
            conflicts.append(FieldConflict(name, theirs, ours, reason))
    return Merged(replace(present, **taken), tuple(conflicts))


def _says_something(name: str, value: Any, said: Collection[str]) -> bool:
    is_nowhere = name == "place" and value is not None and not any(value.address)
    is_default = not value or is_nowhere or (name == "residency_kind" and value == "resident")
    return not is_default or (name not in NEVER_EMPTIED and name in said)


def decide_field(base: tuple[Any] | None, file: Any, present: Any) -> Reason | None:
    """Say why the register's word stays although the file's differs; None means: take the file's.

    `base` is the last ledger's word in a tuple of one, None where there was no last ledger.
    """
    if base is None:
        return Reason.EDITED_HERE if present else None
    if present == base[0]:
        return None
    return Reason.EDITED_HERE if file == base[0] else Reason.BOTH_CHANGED
