"""What may stand in a cell: drop-down lists of the workbook, and words or codes that a header lists (1=是 2=否)."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from html import unescape

from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from linli.paperwork.sheet.meanings import meaning_of
from linli.registry.ledger.text import clean

MOST = 200
_CODED = re.compile(
    r"(?:^|(?<=[\s,;、/(:。|]))\(?(\d{1,2}|[A-F]|[①-⑨])\)?\s*[.:=、\-—)]?\s*([\u4e00-\u9fff][\u4e00-\u9fffA-Za-z]{0,15}(?:\([^()]{1,12}\))?)"
)
_CODED_BEHIND = re.compile(r"([\u4e00-\u9fff]{1,8})\s*[:=\-—]?\s*(\d)(?=$|[\s,;、/)\u4e00-\u9fff])")
_CODES_TOGETHER = re.compile(r"(?:[A-F\d][\u4e00-\u9fff]{1,8}){2,}")
_CODE_AND_WORD = re.compile(r"([A-F\d])([\u4e00-\u9fff]{1,8})")
_WORD = re.compile(r"^(?=.*[\u4e00-\u9fffA-Za-z√×])[\u4e00-\u9fffA-Za-z√×\d\-~≥<]{1,12}(?:\([^()]{1,8}\))?$")
_NOT_A_LIST = re.compile(r"^(?:如|例|填|请|含|包括|注|若|指|详|具体|精确|与|按|以|单位|必填|选填)")
_FURTHER_LISTS = re.compile(r"<x14:dataValidation\b(.*?)</x14:dataValidation>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Listed:
    """Choices of an area of cells: what is written, and what each means."""

    area: tuple[int, int, int, int]
    written: tuple[str, ...]


def lists_of(sheet: Worksheet) -> list[Listed]:
    """Return the drop-down lists of a sheet: of words, of cells of any sheet, of named areas."""
    found = []
    for rule in sheet.data_validations.dataValidation:
        words = _words(sheet, (rule.formula1 or "").strip()) if rule.type == "list" else []
        if words:
            found += [
                Listed((area.min_row, area.min_col, area.max_row, area.max_col), tuple(words[:MOST]))
                for area in rule.sqref.ranges
            ]
    return found


def keep_further_lists(book: Workbook, archive: zipfile.ZipFile) -> None:
    """Add the lists that newer programs write beside the usual ones and openpyxl leaves out."""
    for sheet in book.worksheets:
        path = sheet.path.lstrip("/")
        if path not in archive.namelist():
            continue
        for found in _FURTHER_LISTS.finditer(archive.read(path).decode("utf-8", "replace")):
            kind = re.search(r'type="(\w+)"', found[1])
            formula = re.search(r"<x14:formula1>\s*<xm:f>(.*?)</xm:f>", found[1], re.DOTALL)
            areas = re.search(r"<xm:sqref>(.*?)</xm:sqref>", found[1])
            if kind and kind[1] == "list" and formula and areas:
                rule = DataValidation(type="list", formula1=unescape(formula[1]), allow_blank=True)
                for area in areas[1].split():
                    rule.add(area)
                sheet.add_data_validation(rule)


def _words(sheet: Worksheet, formula: str) -> list[str]:
    if formula.startswith('"'):
        return [word.strip() for word in re.split(r"[,，]", formula.strip('"')) if word.strip()]
    book = sheet.parent
    assert isinstance(book, Workbook)
    named = sheet.defined_names.get(formula.lstrip("=")) or book.defined_names.get(formula.lstrip("="))
    reference = (named.attr_text or "") if named is not None else formula.lstrip("=")
    name, _, cells = reference.rpartition("!")
    name = name.strip("'").replace("''", "'")
    source = book[name] if name in book.sheetnames else sheet if not name else None
    try:
        left, top, right, bottom = range_boundaries(cells)
    except (ValueError, TypeError, CellCoordinatesException):
        return []
    if not isinstance(source, Worksheet) or left is None or right is None:
        return []
    area = source.iter_rows(top or 1, min(bottom or source.max_row, (top or 1) + MOST), left, right, values_only=True)
    return [text for row in area for value in row if value is not None and (text := str(value).strip())]


def listed_in(text: str) -> list[tuple[str, str]]:
    """Return what a header or the line below it lists: what is written, and what it means; nothing where it lists nothing."""
    line = clean(text)
    for part in (*re.findall(r"\(([^()]*)\)", line), line):
        if _CODES_TOGETHER.fullmatch(part):
            return _CODE_AND_WORD.findall(part)
    coded = [(code, word) for code, word in _CODED.findall(line) if code]
    if len(coded) > 1 and _rises([code for code, _word in coded]):
        return coded
    behind = [(code, word) for word, code in _CODED_BEHIND.findall(line)]
    if len(behind) > 1 and len({code for code, _word in behind}) == len(behind) and _rises([one for one, _ in behind]):
        return behind
    inside = re.findall(r"[(\[【]([^()\[\]【】]*)[)\]】]", line)
    for part in (*inside, line.rpartition(":")[2], "" if inside else line):
        for separator in (r"[/|]", r"[、,;]|\s+|或"):
            words = [word.strip() for word in re.split(separator, part) if word.strip()]
            if len(words) > 1 and all(map(_WORD.match, words)) and not _NOT_A_LIST.match(words[0]):
                return [(word, word) for word in words]
    return []


def _rises(codes: list[str]) -> bool:
    return codes == sorted(codes, key=lambda code: (len(code), code)) and len(set(codes)) == len(codes)


def meanings_of(written: tuple[str, ...]) -> list[str]:
    """Return what the words of a drop-down list mean: their codes are left out."""
    return [meaning_of(clean(word)) for word in written]
