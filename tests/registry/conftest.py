"""A small office: three doors, five people, and what importing needs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.core.actors import Actor
from linli.core.home import folder
from linli.registry.intake.report import ImportReport
from linli.registry.ledger import ColumnMapping, Ledger, Limits
from linli.registry.ledger.pipeline import parse_ledger
from linli.registry.services import ledger_import
from tests.conftest import BALICHA
from tests.registry.office import HEADERS, PEOPLE, TITLE, written

Import = Callable[..., ImportReport]


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child process has its own tests."""

    def read(path: Path, mapping: ColumnMapping | None = None) -> Ledger:
        return parse_ledger(path, mapping or ColumnMapping(), Limits())

    monkeypatch.setattr(ledger_import, "read_ledger", read)


@pytest.fixture(autouse=True)
def empty_spool() -> Iterator[None]:
    """What one test leaves in the spool is not there for the next."""
    yield
    for file in (*folder("uploads").iterdir(), *folder("spool").iterdir()):
        file.unlink()


@pytest.fixture
def take_in(coordinator: Actor, community: int, tmp_path: Path) -> Import:
    """Import rows written as a workbook into Balicha."""

    def act(rows: Any = PEOPLE, *, title: str = TITLE, headers: Any = HEADERS, **options: Any) -> ImportReport:
        return ledger_import.import_ledger(coordinator, BALICHA, written(tmp_path, rows, title, headers), **options)

    return act
