"""Reading which grid covers which buildings: CSV with grid, name, compound, building and unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.places.csv_table import RowProblem, RowsRefused, read_table

HEADERS = {
    "grid": {"grid", "网格", "网格号", "网格编号", "网格序号", "number"},
    "name": {"name", "网格名称", "名称"},
    "compound": {"compound", "小区", "小区名称", "院落"},
    "building": {"building", "楼栋", "栋", "楼号", "栋号", "楼栋号", "幢"},
    "unit": {"unit", "单元", "单元号"},
}
OPTIONAL = ("name", "building", "unit")
_BARE = str.maketrans("", "", "栋幢座楼单元号网格第 ")


@dataclass(frozen=True)
class GridRow:
    """One part of a grid as a file gives it. Without a building it is the whole compound, without a unit the building."""

    file: str
    row: int
    grid: int
    name: str
    compound: str
    building: str
    unit: str


class GridsRefused(RowsRefused):
    """At least one row cannot be used, so none is."""

    code = "grids_refused"
    message = _("No grid was changed: %(count)s rows cannot be used. %(rows)s")


def read_grids(path: Path) -> list[GridRow]:
    """Read a list of grids with what they cover. Raises GridsRefused, which names every row that cannot be used."""
    found = list(_rows_of(path))
    problems = [each for each in found if isinstance(each, RowProblem)]
    if problems:
        raise GridsRefused(problems)
    return [each for each in found if isinstance(each, GridRow)]


def _rows_of(path: Path) -> Iterator[RowProblem | GridRow]:
    for number, cells in read_table(path, HEADERS, OPTIONAL):
        grid = cells["grid"].translate(_BARE)
        if not grid.isdecimal() or not 0 < int(grid) < 10_000:
            yield RowProblem(path.name, number, "grid", cells["grid"][:20], _("a number from 1 to 9999"))
        elif not cells["compound"]:
            yield RowProblem(path.name, number, "compound", "", _("the name of a compound"))
        else:
            yield GridRow(
                path.name, number, int(grid), cells["name"], cells["compound"],
                cells["building"].translate(_BARE), cells["unit"].translate(_BARE),
            )  # fmt: skip
