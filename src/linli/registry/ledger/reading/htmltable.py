"""Tables in HTML, which many web systems save under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.reading.encodings import decode
from linli.registry.ledger.reading.grid import Book, Grid, Range
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import Value

_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_html(data: bytes, limits: Limits) -> Book:
    """Read each table as a sheet. Raises `LedgerRefused` when the page holds no table."""
    text, encoding, replaced = _decode(data)
    parser = _Tables(limits)
    parser.feed(text)
    if not parser.grids:
        raise LedgerRefused("wrong_type", found="网页", found_en="a web page without a table")
    return Book("html", parser.grids, encoding, replaced)


def _decode(data: bytes) -> tuple[str, str, int]:
    declared = _CHARSET.search(data[:2048])
    if declared:
        name = declared[1].decode("ascii").lower().replace("gb2312", "gb18030").replace("gbk", "gb18030")
        try:
            return data.decode(name), name, 0
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Tables(HTMLParser):
    """Collects the cells of every table; a cell that spans leaves blanks and a merge."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._limits = limits
        self._covered: set[tuple[int, int]] = set()
        self._text: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._finish_cell()
            self.grids.append(Grid(f"表{len(self.grids) + 1}", [], []))
            self._covered = set()
        elif tag == "tr" and self.grids:
            self._finish_cell()
            self._start_row()
        elif tag in ("td", "th") and self.grids and self.grids[-1].rows:
            self._finish_cell()
            self._text = []
            given = dict(attrs)
            self._spans = _span(given.get("rowspan")), _span(given.get("colspan"))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._finish_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _start_row(self) -> None:
        self.grids[-1].rows.append([])
        if len(self.grids[-1].rows) > self._limits.rows:
            raise LedgerRefused("too_many_rows", sheet=self.grids[-1].name, limit=self._limits.rows)

    def _finish_cell(self) -> None:
        if self._text is None:
            return
        grid, (down, across) = self.grids[-1], self._spans
        top, row = len(grid.rows) - 1, grid.rows[-1]
        while (top, len(row)) in self._covered:
            row.append("")
        left = len(row)
        value: list[Value] = ["".join(self._text).replace("\xa0", " ").strip()]
        row.extend(value + [""] * (across - 1))
        self._text = None
        if down > 1 or across > 1:
            self._cover(grid.merges, (top, left, top + down - 1, left + across - 1))

    def _cover(self, merges: list[Range], area: Range) -> None:
        merges.append(area)
        top, left, bottom, right = area
        self._covered |= {(r, c) for r in range(top + 1, bottom + 1) for c in range(left, right + 1)}


def _span(text: str | None) -> int:
    return max(1, min(int(text), 2000)) if text and text.isdigit() else 1
