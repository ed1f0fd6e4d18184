"""The whole way from a file to a ledger, inside the child process."""

from __future__ import annotations

from pathlib import Path

from linli.registry.ledger.assembly import Entry, assemble
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.reading.grid import Book, Grid
from linli.registry.ledger.records import Ledger, Problem, SheetView
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.sheets import SheetReading, is_blank, read_sheets


def parse_ledger(path: Path, mapping: ColumnMapping, limits: Limits) -> Ledger:
    """Read and understand a ledger in this process. Raises `LedgerRefused`."""
    return understand(read_book(path, limits), mapping)


def understand(book: Book, mapping: ColumnMapping) -> Ledger:
    """Turn the grids of a book into a ledger. Raises `LedgerRefused`."""
    if all(is_blank(grid) for grid in book.grids):
        raise LedgerRefused("empty")
    shown = read_sheets([grid for grid in book.grids if not grid.hidden], mapping)
    if any(reading.entries for reading in shown):
        hidden = [_hidden(grid) for grid in book.grids if grid.hidden]
    else:
        hidden = read_sheets([grid for grid in book.grids if grid.hidden], mapping)
    by_name = {reading.view.name: reading for reading in (*shown, *hidden)}
    readings = [by_name[grid.name] for grid in book.grids]
    entries = [entry for reading in readings for entry in reading.entries]
    _refuse_without_people(book, readings, entries)
    dwellings, flags = assemble(entries)
    problems = [problem for reading in readings for problem in reading.problems]
    if book.replaced:
        problems.append(Problem("", 0, "bytes_replaced", str(book.replaced)))
    if any(not entry.address.compound for entry in entries):
        problems.append(Problem("", 0, "compound_unknown", ""))
    views = tuple(reading.view for reading in readings)
    return Ledger(book.kind, book.encoding, views, dwellings, flags, tuple(problems))


def _refuse_without_people(book: Book, readings: list[SheetReading], entries: list[Entry]) -> None:
    if any(entry.person for entry in entries):
        return
    sheets = "、".join(grid.name or "CSV" for grid in book.grids)
    understood = any(reading.view.role == "ledger" for reading in readings)
    raise LedgerRefused("no_people" if understood else "not_a_ledger", sheets=sheets)


def _hidden(grid: Grid) -> SheetReading:
    view = SheetView(grid.name, "hidden", (), (), 0, 0, ())
    return SheetReading(view, problems=[Problem(grid.name, 0, "hidden_sheet", "")])
