"""Merged cells of an .ods file, which calamine does not tell: read from `content.xml` as a stream."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from linli.registry.ledger.reading.grid import Range

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def ods_merges(data: bytes) -> dict[str, list[Range]]:
    """Return the merged ranges of each sheet by its name."""
    merges: dict[str, list[Range]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
        name, top = "", 0
        # The size was bounded by the zip guard; entities are bounded by expat itself.
        for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314
            if event == "start" and element.tag == f"{_T}table":
                name, top = element.get(f"{_T}name", ""), 0
            elif event == "end" and element.tag == f"{_T}table-row":
                merges.setdefault(name, []).extend(_row_merges(element, top))
                top += int(element.get(f"{_T}number-rows-repeated", "1"))
                element.clear()
    return merges


def _row_merges(row: Element, top: int) -> Iterator[Range]:
    left = 0
    for cell in row:
        down = int(cell.get(f"{_T}number-rows-spanned", "1"))
        across = int(cell.get(f"{_T}number-columns-spanned", "1"))
        if down > 1 or across > 1:
            yield top, left, top + down - 1, left + across - 1
        left += int(cell.get(f"{_T}number-columns-repeated", "1"))
