"""From a file of any accepted format to grids of values: formats by content, never by extension.

Order: what kind of file is it (`kind`), is it safe to open (`zipguard`, `olefile`), then the reader of its format.
"""

from __future__ import annotations

from pathlib import Path

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.reading.delimited import read_delimited
from linli.registry.ledger.reading.grid import Book
from linli.registry.ledger.reading.htmltable import read_html
from linli.registry.ledger.reading.kind import kind_of
from linli.registry.ledger.reading.legacy import guard_xls
from linli.registry.ledger.reading.workbook import read_workbook
from linli.registry.ledger.reading.zipguard import guard_zip
from linli.registry.ledger.refusals import LedgerRefused


def read_book(path: Path, limits: Limits) -> Book:
    """Read every sheet of `path`. Raises `LedgerRefused`."""
    data = _read_bytes(path, limits)
    kind = kind_of(data)
    if kind == "text":
        return read_delimited(data, limits)
    if kind == "html":
        return read_html(data, limits)
    if kind == "ole":
        guard_xls(data)
        return read_workbook(data, "xls", limits)
    return read_workbook(data, guard_zip(data, limits), limits)


def _read_bytes(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise LedgerRefused("unreadable", path=path.name) from error
    if len(data) > limits.file_bytes:
        raise LedgerRefused("too_big")
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise LedgerRefused("empty")
    return data
