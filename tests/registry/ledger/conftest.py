"""Reading a written ledger in this process: the child process has its own tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from linli.registry.ledger import ColumnMapping, Ledger, Limits
from linli.registry.ledger.pipeline import parse_ledger
from tests.registry.ledger.writers import Sheet, write_xlsx

settings.register_profile("ledger", derandomize=True, deadline=None)
settings.load_profile("ledger")

Read = Callable[..., Ledger]


@pytest.fixture
def read() -> Read:
    def parse(path: Path, mapping: ColumnMapping | None = None, limits: Limits | None = None) -> Ledger:
        return parse_ledger(path, mapping or ColumnMapping(), limits or Limits())

    return parse


@pytest.fixture
def read_rows(read: Read, tmp_path: Path) -> Read:
    """Read rows written as one sheet of a workbook."""

    def parse(rows: list[list[Any]], mapping: ColumnMapping | None = None, **sheet: Any) -> Ledger:
        width = max(map(len, rows))
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        name = sheet.pop("name", "台账")
        return read(write_xlsx(tmp_path / "rows.xlsx", [Sheet(name, padded, **sheet)]), mapping)

    return parse
