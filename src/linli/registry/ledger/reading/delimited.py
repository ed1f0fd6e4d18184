"""Text with delimiters: any of comma, semicolon, tab, bar or full-width comma, with or without quotes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.reading.encodings import decode
from linli.registry.ledger.reading.grid import Book, Grid
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import Value

csv.field_size_limit(1 << 30)  # a lone quotation mark makes one field of what follows

DELIMITERS = (",", "\t", ";", "|", "，", "；", "、", "^")
_AS_TEXT = re.compile(r'^="([^"=]*)"$')  # ="0123" is how text files keep a spreadsheet from taking digits for a number
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
    for record in _records(body, delimiter):
        rows.append([_AS_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in record])
        if len(rows) > limits.rows:
            raise LedgerRefused("too_many_rows", sheet="", limit=limits.rows)
    widest = max((len(row) for row in rows), default=0)
    if widest > limits.columns * 3:
        raise LedgerRefused("too_many_columns", sheet="", columns=widest, limit=limits.columns)
    for row in rows:
        row.extend([""] * (widest - len(row)))
    return Book("csv", [Grid("", rows, [])], encoding, replaced)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield records; where a lone quotation mark swallowed whole rows, its lines are taken as they stand."""
    lines = list(io.StringIO(text, newline=""))
    usual = Counter(line.count(delimiter) for line in lines[:_SAMPLE_ROWS]).most_common(1)
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    for record in reader:
        its_lines, before = lines[before : reader.line_num], reader.line_num
        if len(its_lines) > 1 and any(_holds_rows(cell, delimiter, usual[0][0]) for cell in record):
            yield from ([cell.strip('"') for cell in line.rstrip("\r\n").split(delimiter)] for line in its_lines)
        else:
            yield record


def _holds_rows(cell: str, delimiter: str, usual: int) -> bool:
    """Tell whether a cell holds a line break and as many delimiters as a row has."""
    return usual > 0 and cell.count(delimiter) >= usual and ("\n" in cell or "\r" in cell)


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
