"""The mark that an exported row carries: who it is, what the register said then, and whether the sheet is a part of it.

A row that comes back with a mark is compared with what was exported, so that an edit made in the spreadsheet is taken although
the register was edited here before the export; if it was edited after it, the mark no longer fits and both words are listed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from linli.core import crypto
from linli.registry.intake.particulars import LedgerPerson, as_json
from linli.registry.rules import Particulars

HEADER = "邻里编号"
"""The column in which a mark stands; nobody edits it."""
_PART = "p"


@dataclass(frozen=True, slots=True)
class Mark:
    """The person of an exported row, the version of what was exported, and whether the sheet was a part of the register."""

    person: UUID
    version: str
    is_part: bool = False

    def __str__(self) -> str:
        return ".".join((str(self.person), self.version, *([_PART] if self.is_part else [])))


def version_of_particulars(told: Particulars) -> str:
    """Return a text that changes when anything the register says about a person does, and that tells nothing about them."""
    plain = json.dumps(as_json(replace(told, extra=())), ensure_ascii=False, sort_keys=True)
    return crypto.keyed_hash("exported row", plain.encode()).hex()[:16]


def read_mark(text: str) -> Mark | None:
    """Return the mark in a cell, None where somebody has changed it."""
    person, _dot, rest = text.strip().partition(".")
    version, _dot, part = rest.partition(".")
    try:
        return Mark(UUID(person), version, part == _PART)
    except ValueError:
        return None


def without_marks(people: Iterable[LedgerPerson]) -> tuple[list[LedgerPerson], list[Mark | None]]:
    """Return the people of a ledger without the column of marks, and the mark of each; of two with one mark only the first has it."""
    plain, marks, used = [], [], set()
    for one in people:
        extra = dict(one.particulars.extra)
        mark = read_mark(extra.pop(HEADER, ""))
        mark = None if mark is None or mark.person in used else mark
        used |= {mark.person} if mark else set()
        marks.append(mark)
        plain.append(replace(one, particulars=replace(one.particulars, extra=tuple(extra.items()))))
    return plain, marks
