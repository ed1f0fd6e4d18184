"""Reading lists of divisions: CSV with `code` and `name`, in any usual encoding and with any usual delimiter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.core.divisions import parse_code
from linli.places.csv_table import RowProblem, RowsRefused, read_table

HEADERS = {
    "code": {"code", "代码", "编码", "区划代码", "统计用区划代码", "行政区划代码", "division"},
    "name": {"name", "名称", "区划名称", "单位名称", "行政区划名称"},
}
NAME_LENGTH = 80


@dataclass(frozen=True)
class DivisionRow:
    """One division as a file gives it."""

    code: int
    name: str


class DivisionsRefused(RowsRefused):
    """At least one row cannot be used, so none is."""

    code = "divisions_refused"
    message = _("No division was read in: %(count)s rows cannot be used. %(rows)s")


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
    for number, cells in read_table(path, HEADERS):
        yield _read_row(path.name, number, cells["code"].lstrip("'"), cells["name"])


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
