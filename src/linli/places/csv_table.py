"""Reading small tables from CSV, in any usual encoding and with any usual delimiter."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.core.errors import Invalid

SHOWN_PROBLEMS = 10
_PLACE_WORDS = "省市区县州盟旗乡镇街道办事处村社区縣鄉鎮區辦處栋单元网格"


class Source(Protocol):
    """Where a table is read from: a file, or what was piped in."""

    @property
    def name(self) -> str: ...

    def read_bytes(self) -> bytes: ...


class NotATable(Invalid):
    """A file is no table with the columns that are needed."""

    code = "not_a_table"
    message = _("%(file)s cannot be read: its first row must name the columns %(columns)s.")


@dataclass(frozen=True)
class RowProblem:
    """A row that cannot be used, where it is, what was read and what is wrong with it."""

    file: str
    row: int
    field: str
    read: str
    what: Promise | str


class RowsRefused(Invalid):
    """At least one row of a list cannot be used, so none is; the message takes `count` and `rows`."""

    def __init__(self, problems: list[RowProblem]) -> None:
        self.problems = problems
        super().__init__(count=len(problems), rows=lazy(_sentences, str)(problems))


def _sentences(problems: list[RowProblem]) -> str:
    """Return the first problems in the language of the moment."""
    one = gettext("%(file)s row %(row)s, %(field)s: read “%(read)s”; expected: %(what)s")
    return " / ".join(
        one % {"file": p.file, "row": p.row, "field": p.field, "read": p.read, "what": p.what}
        for p in problems[:SHOWN_PROBLEMS]
    )


def read_table(
    path: Source, headers: Mapping[str, Collection[str]], optional: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row as a spreadsheet counts, cells by field) of a CSV file; rows without anything are left out.

    `headers` says under which words, in small letters, a field may stand in the first row. Raises NotATable when a field
    that is not optional is nowhere, Invalid when the file cannot be opened.
    """
    rows = _rows(path, headers)
    at = _columns(path, next(rows, (1, []))[1], headers, optional)
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            yield number, {name: cells[i].strip() if i is not None and i < len(cells) else "" for name, i in at.items()}


def _rows(path: Source, headers: Mapping[str, Collection[str]]) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content_of(path), path, headers)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;|，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise _not_a_table(path, headers) from error


def _columns(
    path: Source, header: list[str], headers: Mapping[str, Collection[str]], optional: Collection[str]
) -> dict[str, int | None]:
    names = [cell.strip().lower() for cell in header]
    found = {
        field: next((at for at, name in enumerate(names) if name in words), None) for field, words in headers.items()
    }
    if any(at is None and field not in optional for field, at in found.items()):
        raise _not_a_table(path, {field: words for field, words in headers.items() if field not in optional})
    return found


def _not_a_table(path: Source, headers: Mapping[str, Collection[str]]) -> NotATable:
    return NotATable(file=path.name, columns=", ".join(headers))


def content_of(path: Source) -> bytes:
    """Return what is in a file. Raises Invalid when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Invalid(
            _("The file %(file)s cannot be opened. Check its name and that it may be read."),
            code="unreadable", file=str(path),
        ) from error  # fmt: skip


def _decode(data: bytes, path: Source, headers: Mapping[str, Collection[str]]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:200]:
        candidates = ["utf-16-le", "utf-16-be"]
    else:
        candidates = ["utf-8-sig"] if _decodes(data, "utf-8-sig") else ["gb18030", "big5hkscs"]
    texts = [data.decode(encoding) for encoding in candidates if _decodes(data, encoding)]
    if not texts:
        raise _not_a_table(path, headers)
    return max(texts, key=lambda text: sum(text.count(word) for word in _PLACE_WORDS + "co"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
