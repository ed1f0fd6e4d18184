"""Reading lists of divisions: CSV with `code` and `name`, in any usual encoding and with any usual delimiter."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.core.divisions import parse_code
from linli.core.errors import Invalid

CODE_HEADERS = {"code", "代码", "编码", "区划代码", "统计用区划代码", "行政区划代码", "division"}
NAME_HEADERS = {"name", "名称", "区划名称", "单位名称", "行政区划名称"}
NAME_LENGTH = 80
SHOWN_PROBLEMS = 10
_PLACE_WORDS = "省市区县州盟旗乡镇街道办事处村社区縣鄉鎮區辦處"


@dataclass(frozen=True)
class DivisionRow:
    """One division as a file gives it."""

    code: int
    name: str


@dataclass(frozen=True)
class RowProblem:
    """A row that cannot be used, where it is, what was read and what is wrong with it."""

    file: str
    row: int
    field: str
    read: str
    what: Promise


class DivisionsRefused(Invalid):
    """At least one row cannot be used, so none is."""

    code = "divisions_refused"
    message = _("No division was read in: %(count)s rows cannot be used. %(rows)s")

    def __init__(self, problems: list[RowProblem]) -> None:
        self.problems = problems
        super().__init__(count=len(problems), rows=lazy(_sentences, str)(problems[:SHOWN_PROBLEMS]))


def _sentences(problems: list[RowProblem]) -> str:
    one = gettext("%(file)s row %(row)s, %(field)s: read “%(read)s”; expected: %(what)s")
    return " / ".join(
        one % {"file": p.file, "row": p.row, "field": p.field, "read": p.read, "what": p.what} for p in problems
    )


def read_divisions(paths: Iterable[Path]) -> list[DivisionRow]:
    """Read lists of divisions. Raises DivisionsRefused, which names every row that cannot be used."""
    names: dict[int, str] = {}
    problems: list[RowProblem] = []
    for path in paths:
        for found in _rows_of(path):
            if isinstance(found, RowProblem):
                problems.append(found)
            elif names.setdefault(found[1].code, found[1].name) != found[1].name:
                problems.append(RowProblem(path.name, found[0], "code", str(found[1].code), _("one name for one code")))
    if problems:
        raise DivisionsRefused(problems)
    return [DivisionRow(code, name) for code, name in names.items()]


def _rows_of(path: Path) -> Iterator[RowProblem | tuple[int, DivisionRow]]:
    rows = _table(path)
    code_at, name_at = _columns(path, next(rows, (1, []))[1])
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        code, name = (cells[at].strip() if at < len(cells) else "" for at in (code_at, name_at))
        yield _read_row(path.name, number, code.lstrip("'"), name)


def _read_row(file: str, number: int, code: str, name: str) -> RowProblem | tuple[int, DivisionRow]:
    if not 0 < len(name) <= NAME_LENGTH:
        return RowProblem(file, number, "name", name[:20], _("a name of 1 to 80 characters"))
    try:
        row = DivisionRow(parse_code(code), name)
    except ValueError:
        return RowProblem(file, number, "code", code[:20], _("2, 4, 6, 9 or 12 digits"))
    if row.code < 10**10:
        return RowProblem(file, number, "code", code, _("a code that begins with a province"))
    return number, row


def _table(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _text_of(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;|，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise _not_a_list(path) from error


def _columns(path: Path, header: list[str]) -> tuple[int, int]:
    names = [cell.strip().lower() for cell in header]
    code = next((at for at, name in enumerate(names) if name in CODE_HEADERS), None)
    name = next((at for at, name in enumerate(names) if name in NAME_HEADERS), None)
    if code is None or name is None:
        raise _not_a_list(path)
    return code, name


def _not_a_list(path: Path) -> Invalid:
    return Invalid(
        _("%(file)s is not a list of divisions: its first row must name the columns code and name."),
        code="not_a_list_of_divisions", file=path.name,
    )  # fmt: skip


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Invalid(
            _("The file %(file)s cannot be opened. Check its name and that it may be read."),
            code="unreadable", file=str(path),
        ) from error  # fmt: skip
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:200]:
        candidates = ["utf-16-le", "utf-16-be"]
    else:
        candidates = ["utf-8-sig"] if _decodes(data, "utf-8-sig") else ["gb18030", "big5hkscs"]
    texts = [data.decode(encoding) for encoding in candidates if _decodes(data, encoding)]
    if not texts:
        raise _not_a_list(path)
    return max(texts, key=lambda text: sum(text.count(word) for word in _PLACE_WORDS + "co"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
