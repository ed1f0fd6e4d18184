"""A list of helpers as an office has it: pasted from a chat, or a spreadsheet. Every row that cannot be used is named."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.core.errors import LANGUAGES, Invalid
from linli.core.management.reading import moment
from linli.core.rights import Role
from linli.places.csv_table import RowProblem, RowsRefused
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import Value, clean

COLUMNS = {
    "name": ("姓名", "名字", "name"),
    "phone": ("电话", "手机", "手机号", "联系电话", "phone", "mobile"),
    "role": ("岗位", "角色", "职责", "role"),
    "until": ("截止", "结束", "结束时间", "截止时间", "until", "end"),
}
"""The words under which a column may stand; without such a row they come in this order."""
AT_MOST = 500
NAME_LENGTH = 60


class HelpersRefused(RowsRefused):
    """At least one row of a list of helpers cannot be used, so nobody was added."""

    code = "helpers_refused"
    message = _("%(count)s rows cannot be used, so nobody was added. %(rows)s")


@dataclass(frozen=True)
class Helper:
    """One row: who helps as what until when; what it does not say is as asked for the whole list."""

    row: int
    name: str
    phone: str
    role: Role
    ends_at: datetime | None


@dataclass(frozen=True)
class Usual:
    """What holds where a row says nothing."""

    role: Role
    ends_at: datetime | None


def read_helpers(data: bytes, file_name: str, usual: Usual) -> list[Helper]:
    """Return the helpers of a list. Raises HelpersRefused with every row that cannot be used, Invalid for no list."""
    helpers: list[Helper] = []
    problems: list[RowProblem] = []
    for number, cells in _rows(data):
        read = _Row(file_name, number, cells, usual)
        problems += read.problems
        if read.helper:
            helpers.append(read.helper)
    if problems:
        raise HelpersRefused(problems)
    if not 0 < len(helpers) <= AT_MOST:
        raise Invalid(
            _("The list has %(count)s people; it can have 1 to %(most)s."),
            code="no_helpers",
            count=len(helpers),
            most=AT_MOST,
        )
    return helpers


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    grid = _grid(data)
    order = list(COLUMNS)
    for number, values in enumerate(grid, 1):
        texts = [clean(value) for value in values]
        if named := _header(texts):
            order = named
        elif any(texts):
            yield number, dict(zip(order, texts, strict=False))


def _grid(data: bytes) -> list[list[Value]]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            return read_book(Path(file.name), Limits()).grids[0].rows
        except (LedgerRefused, IndexError) as error:
            raise Invalid(
                _("This is no list of people. Paste one line for each, or take a spreadsheet."), code="no_list"
            ) from error


def _header(texts: list[str]) -> list[str]:
    """Return the fields of a row that names columns, in its order; none for a row of somebody."""
    names = [next((field for field, words in COLUMNS.items() if text.lower() in words), "") for text in texts]
    return names if "name" in names else []


class _Row:
    """Reads one row and keeps what is wrong with it."""

    def __init__(self, file: str, number: int, cells: dict[str, str], usual: Usual) -> None:
        self.file, self.number, self.cells, self.usual = file, number, cells, usual
        self.problems: list[RowProblem] = []
        name, phone, role, until = self._name(), self._phone(), self._role(), self._until()
        self.helper = None if self.problems else Helper(number, name, phone, role, until)

    def _name(self) -> str:
        name = self.cells.get("name", "")
        if not 0 < len(name) <= NAME_LENGTH:
            self._wrong("name", name, _("a name of 1 to 60 characters"))
        return name

    def _phone(self) -> str:
        text = self.cells.get("phone", "")
        numbers, left = read_phones(text)
        if text and (left or not numbers):
            self._wrong("phone", text, _("a phone number, or nothing"))
        return numbers[0] if numbers else ""

    def _role(self) -> Role:
        text = self.cells.get("role", "")
        found = role_named(text) if text else self.usual.role
        if found is None:
            self._wrong("role", text, _("the name of a role, such as sampler or sweep team member"))
        return found or self.usual.role

    def _until(self) -> datetime | None:
        text = self.cells.get("until", "")
        try:
            return moment(text) if text else self.usual.ends_at
        except Invalid:
            self._wrong("until", text, _("a time such as 20:00 or 2026-04-02 20:00"))
            return None

    def _wrong(self, field: str, read: str, what: Promise) -> None:
        self.problems.append(RowProblem(self.file, self.number, COLUMNS[field][0], read, what))


def role_named(text: str) -> Role | None:
    """Return the role that an office calls so, in either language or by its code."""
    return _role_words().get(text.strip().lower())


def _role_words() -> dict[str, Role]:
    words = {role.value: role for role in Role}
    for language in LANGUAGES:
        with override(language):
            words |= {str(role.label).lower(): role for role in Role}
    return words
