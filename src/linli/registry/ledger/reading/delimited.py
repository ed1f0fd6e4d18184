"""Text with delimiters: any of comma, semicolon, tab, bar or full-width comma, with or without quotes."""

from __future__ import annotations

import csv
import io
from collections import Counter

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.reading.encodings import decode
from linli.registry.ledger.reading.grid import Book, Grid
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import Value

DELIMITERS = (",", "\t", ";", "|", "，", "；", "、", "^")
_SAMPLE_ROWS = 200
_CONTROL_SHARE = 0.02


def read_delimited(data: bytes, limits: Limits) -> Book:
    """Read a text file as one sheet without a name.

    A row is a record, as a spreadsheet program numbers them: a quoted line break does not start a new row.
    """
    text, encoding, replaced = decode(data)
    _refuse_binary(text)
    hint, body = _separator_line(text)
    delimiter = hint or _sniff(body)
    rows: list[list[Value]] = [[]] if hint else []
    for record in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter):
        rows.append(list(record))
        if len(rows) > limits.rows:
            raise LedgerRefused("too_many_rows", sheet="", limit=limits.rows)
    widest = max((len(row) for row in rows), default=0)
    if widest > limits.columns * 3:
        raise LedgerRefused("too_many_columns", sheet="", columns=widest, limit=limits.columns)
    for row in rows:
        row.extend([""] * (widest - len(row)))
    return Book("csv", [Grid("", rows, [])], encoding, replaced)


def _refuse_binary(text: str) -> None:
    sample = text[:20_000]
    control = sum(char < " " and char not in "\t\r\n" for char in sample)
    if control > 20 and control > len(sample) * _CONTROL_SHARE:
        raise LedgerRefused("wrong_type", found="二进制数据", found_en="binary data")


def _separator_line(text: str) -> tuple[str, str]:
    """Take the first line `sep=;` that some programs write as a hint, not as data."""
    first, _, rest = text.partition("\n")
    hint = first.strip().lower()
    return (hint[4], rest) if len(hint) == 5 and hint.startswith("sep=") else ("", text)


def _sniff(text: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text: str, delimiter: str) -> float:
    """Score a delimiter: how many sampled rows share the commonest width, wider being better."""
    widths: Counter[int] = Counter()
    for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
        if number >= _SAMPLE_ROWS:
            break
        if any(record):
            widths[len(record)] += 1
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: item[1] * item[0])
    return count / widths.total() * min(width, 12)
