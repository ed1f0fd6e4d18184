"""A small office with people of every kind an agency asks for, and forms filled as the worker would."""

import io
import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Work
from linli.core.scope import scope_of
from linli.paperwork.content.files import filled_path
from linli.paperwork.content.wish import Wish
from linli.paperwork.models import AgencyForm
from linli.paperwork.services.filling import ask_filling
from linli.paperwork.services.keeping import add_form
from linli.paperwork.sheet import process
from linli.paperwork.sheet.child import answer_of
from linli.paperwork.tasks import run_filling
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.refusals import LedgerRefused
from tests.conftest import BALICHA
from tests.registry.conftest import empty_spool as empty_spool
from tests.registry.conftest import read_in_this_process as read_in_this_process
from tests.registry.conftest import take_in as take_in
from tests.registry.office import HEADERS, PEOPLE, id_number

BLANKS = Path(__file__).parents[1] / "data" / "paperwork"
MORE = [*HEADERS, "民族"]
OLD = [
    "明珠华府",
    "2",
    "1",
    "203",
    "周奶奶",
    "户主",
    "女",
    id_number("19400101", 224),
    "13900000007",
    "常住",
    "",
    "",
    "独居老人",
    "回族",
]
TENANT = [
    "金域",
    "1",
    "1",
    "301",
    "孙强",
    "户主",
    "男",
    id_number("19900505", 335),
    "13900000008",
    "租户",
    "钱七",
    "13700000001",
    "",
    "汉族",
]
CHILD = ["金域", "1", "1", "301", "孙小妹", "子女", "女", id_number("20180601", 446), "", "租户", "", "", "", "汉族"]
OFFICE = [*([*row, "汉族"] for row in PEOPLE), OLD, TENANT, CHILD]
"""Eight people at six doors, one of them vacant; the office keeps a column that Linli only hands back."""

AddForm = Callable[..., AgencyForm]
Fill = Callable[..., Workbook]


@pytest.fixture
def forms_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open forms in this process; the child process has its own test."""

    def run(_module: str, request: bytes, _limits: Limits) -> bytes:
        try:
            return json.dumps(answer_of(pickle.loads(request))).encode()
        except LedgerRefused as refused:
            return json.dumps({"refused": refused.code, "params": refused.params}).encode()

    monkeypatch.setattr(process, "run_confined", run)


@pytest.fixture
def office(take_in: Callable[..., Any], forms_read_here: None) -> None:
    """Eight people of two compounds."""
    take_in(OFFICE, headers=MORE)


@pytest.fixture
def add(coordinator: Actor, community: int) -> AddForm:
    """Take a blank form in, from the examples or from a workbook."""

    def act(blank: str | Workbook, name: str = "表.xlsx") -> AgencyForm:
        if isinstance(blank, str):
            return add_form(coordinator, BALICHA, blank, [(BLANKS / blank).read_bytes()])
        file = io.BytesIO()
        blank.save(file)
        return add_form(coordinator, BALICHA, name, [file.getvalue()])

    return act


@pytest.fixture
def fill(coordinator: Actor) -> Fill:
    """Fill a form as the worker does and open the copy."""

    def act(form: AgencyForm, day: date | None = None, actor: Actor = coordinator, **wish: Any) -> Workbook:
        work = ask_filling(actor, form.pk, Wish(day or clock.today(), **wish))
        run_filling(BALICHA, str(work.pk))
        with scope_of(((BALICHA, BALICHA + 1),)):
            done = Work.objects.get(pk=work.pk)
        assert done.error is None, done.error
        return openpyxl.load_workbook(filled_path(work.pk))

    return act


def blank(*rows: list[Any], merges: tuple[str, ...] = ()) -> Workbook:
    """A blank form of these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in merges:
        sheet.merge_cells(area)
    return book


def table(book: Workbook, first: int, last: int, sheet: str = "") -> list[tuple[Any, ...]]:
    """The values of some rows."""
    found = book[sheet] if sheet else book.worksheets[0]
    return [tuple(cell for cell in row) for row in found.iter_rows(first, last, values_only=True)]


def lined(book: Workbook, first: int, last: int, width: int) -> Workbook:
    """Draw lines around cells, as agencies do around what is to be filled."""
    thin = Side(style="thin")
    for row in range(first, last + 1):
        for column in range(1, width + 1):
            book.worksheets[0].cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    return book
