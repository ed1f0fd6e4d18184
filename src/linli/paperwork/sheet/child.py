"""The process that opens a form: one request in, one answer out, under its own limits of memory and time.

Started as `python -m linli.paperwork.sheet.child`. It never sees the database or the key file.
"""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from linli.paperwork.sheet.asked import FILLING_SECONDS, Filling, Reading
from linli.paperwork.sheet.filling import fill
from linli.paperwork.sheet.layout import find_form
from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.reading import has_pictures, seen, visible_sheets
from linli.paperwork.sheet.rebuilding import draw_lines, workbook_of
from linli.paperwork.sheet.records import FormLayout
from linli.registry.ledger.confined import confine
from linli.registry.ledger.refusals import LedgerRefused


def main() -> int:
    """Answer one request on standard output. Returns the exit code."""
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent process
    confine(replace(LIMITS, seconds=FILLING_SECONDS) if isinstance(asked, Filling) else LIMITS)
    try:
        answer = answer_of(asked)
    except LedgerRefused as refused:
        answer = {"refused": refused.code, "params": refused.params}
    json.dump(answer, sys.stdout)
    return 0


def answer_of(asked: Reading | Filling) -> dict[str, Any]:
    """Return the layout of a form, or fill one. Raises `LedgerRefused`."""
    if isinstance(asked, Filling):
        fill(asked)
        return {}
    book, kind = workbook_of(Path(asked.source))
    found = [form for sheet in visible_sheets(book) if (form := find_form(seen(sheet)))]
    if not found:
        raise LedgerRefused("no_form", sheets="、".join(book.sheetnames))
    if kind:
        for form in found:
            draw_lines(book, form)
        book.save(asked.rebuilt)
    return FormLayout(found, not kind and has_pictures(Path(asked.source)), kind).as_json()


if __name__ == "__main__":
    raise SystemExit(main())
