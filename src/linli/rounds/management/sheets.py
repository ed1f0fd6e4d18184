"""Lists that people print or open as a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from linli.registry.export.tables import harmless
from linli.rounds.management.facts_file import HEADERS, KINDS

VISIT_SHEET = (
    *(HEADERS[name][1] for name in ("kind", "target", "door", "name")),
    "已上门", "情况", "时间", "结果", "扫楼队", "备注",
)  # fmt: skip
"""Headers of a list of doors; once 时间 and 结果 are filled in, `linli round record` takes it back."""


def write_sheet(file: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV in UTF-8 with a mark, readable by its owner only; no cell is a live formula."""
    file.touch(mode=0o600)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([harmless("" if cell is None else str(cell)) for cell in row] for row in (headers, *rows))


def visit_row(target: object, door: str, name: str, visits: int, state: str, team: object = "") -> tuple[object, ...]:
    """Return the row of somebody who is to be visited, with room for when and with what result."""
    return (KINDS["visit"], target, door, name, visits, state, "", "", team, "")
