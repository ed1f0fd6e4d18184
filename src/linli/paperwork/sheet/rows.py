"""Rows as the XML of a worksheet (ECMA-376, part 1, 18.3.1.73): every text inline, so that none can become a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from openpyxl.formula.translate import Translator

from linli.paperwork.sheet.asked import Value
from linli.registry.ledger.text import column_letter

_LIVE = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
_FIRST_DAY = date(1899, 12, 30)
_AT_ONCE = 500
_QUICK = 3
"""Level of compression: the sheet of 60,000 rows takes half a second and is a quarter larger than at the best level."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of a column looks: the id of its style, of the same for a text that looks like a formula, and its formula."""

    plain: int
    quoted: int
    formula: Translator | None = None


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes the rows of one sheet; those without people keep their lines and stay empty."""

    first: int
    lines: int
    columns: list[int]
    rows: list[tuple[Value, ...]]
    usual: Mapping[int, Look]
    at_the_end: Mapping[int, Look]
    height: float | None
    across: list[tuple[int, int]]

    def written(self) -> Iterator[str]:
        """Yield the rows as XML."""
        height = f' ht="{self.height}" customHeight="1"' if self.height else ""
        letters = {column: column_letter(column - 1) for column in self.usual}
        at = {column: place for place, column in enumerate(self.columns)}
        for line in range(self.lines):
            row, looks = self.first + line, self.usual if line < self.lines - 1 else self.at_the_end
            values = self.rows[line] if line < len(self.rows) else None
            cells = [
                _cell(
                    f"{letters[column]}{row}",
                    look,
                    values[at[column]] if values and column in at else None,
                    is_filled=values is not None,
                )
                for column, look in looks.items()
            ]
            yield f'<row r="{row}"{height}>{"".join(cells)}</row>'

    def merged(self) -> Iterator[str]:
        """Yield the merged cells of each row as XML."""
        for line in range(self.lines):
            for left, right in self.across:
                row = self.first + line
                yield f'<mergeCell ref="{column_letter(left - 1)}{row}:{column_letter(right - 1)}{row}"/>'


def _cell(place: str, look: Look, value: Value, *, is_filled: bool) -> str:
    if look.formula is not None and is_filled:
        formula = look.formula.translate_formula(place)
        return f'<c r="{place}" s="{look.plain}"><f>{escape(formula.lstrip("="), quote=False)}</f></c>'
    if value is None or value == "":
        return f'<c r="{place}" s="{look.plain}"/>'
    if isinstance(value, str):
        text = escape(_ILLEGAL.sub("", value)[:_LONGEST], quote=False)
        style = look.quoted if value.startswith(_LIVE) else look.plain
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    number = (value - _FIRST_DAY).days if isinstance(value, date) else value
    return f'<c r="{place}" s="{look.plain}"><v>{number}</v></c>'


def with_rows(book: io.BytesIO, target: Path, writers: Mapping[str, RowWriter]) -> None:
    """Write a saved workbook to `target` with the rows put into their sheets, named by their parts of the package."""
    with (
        zipfile.ZipFile(book) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as copy,
    ):
        for entry in source.infolist():
            data, writer = source.read(entry), writers.get(entry.filename)
            with copy.open(entry.filename, "w") as part:
                if writer is None:
                    part.write(data)
                else:
                    for piece in _pieces(data.decode("utf-8"), writer):
                        part.write(piece.encode("utf-8"))


def _pieces(xml: str, writer: RowWriter) -> Iterator[str]:
    """Yield a sheet's XML with the rows in their place."""
    xml = re.sub(r"<sheetData\s*/>", "<sheetData></sheetData>", xml, count=1)
    xml = re.sub(r"<dimension ref=[^>]*/>", "", xml, count=1)
    below = (found.start() for found in re.finditer(r'<row r="(\d+)"', xml) if int(found[1]) >= writer.first)
    place = next(below, xml.index("</sheetData>"))
    yield xml[:place]
    yield from _joined(writer.written())
    rest = xml[place:]
    if not writer.across or not writer.lines:
        yield rest
        return
    begin, end = _merges(rest)
    yield begin
    yield from _joined(writer.merged())
    yield end


def _merges(rest: str) -> tuple[str, str]:
    """Return what stands before and after the place of further merged cells."""
    rest = re.sub(r'<mergeCells count="\d+">', "<mergeCells>", rest, count=1)
    if "</mergeCells>" in rest:
        before, _, after = rest.partition("</mergeCells>")
        return before, "</mergeCells>" + after
    before, after = _before_merges(rest)
    return before + "<mergeCells>", "</mergeCells>" + after


def _before_merges(rest: str) -> tuple[str, str]:
    """Split behind what the schema wants before merged cells: sheetData, sheetProtection, autoFilter."""
    end = rest.index("</sheetData>") + len("</sheetData>")
    while found := re.compile(
        r"\s*<(sheetCalcPr|sheetProtection|protectedRanges|scenarios|autoFilter|sortState)\b"
    ).match(rest, end):
        closing = rest.find(f"</{found[1]}>", end)
        self_closing = rest.index(">", end)
        end = self_closing + 1 if rest[self_closing - 1] == "/" else closing + len(found[1]) + 3
    return rest[:end], rest[end:]


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    batch: list[str] = []
    for piece in pieces:
        batch.append(piece)
        if len(batch) == _AT_ONCE:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch)
