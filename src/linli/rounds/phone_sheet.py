"""The phone list as a workbook that prints on A4."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from linli.core import clock
from linli.rounds.services.phones import PhoneLine

_WIDTHS = (14, 8, 8, 8, 12, 28, 12, 16)
A4 = 9


def phone_workbook(lines: Sequence[PhoneLine], title: str) -> bytes:
    """Return the list as an .xlsx: every cell is text, so that nothing in it is a formula or loses a leading zero."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "border": 1})
        cell = book.add_format({"border": 1, "text_wrap": True, "num_format": "@"})
        sheet = book.add_worksheet(_("Phone list"))
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.write_string(0, 0, title, heading)
        for column, (words, width) in enumerate(zip(_headers(), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, words, head)
        for row, line in enumerate(lines, start=2):
            for column, words in enumerate(_cells(line)):
                sheet.write_string(row, column, words, cell)
    return out.getvalue()


def _headers() -> tuple[str, ...]:
    return (
        _("Compound"), _("Building"), _("Unit"), _("Room"), _("Name"), _("Phone"), _("Time"), _("Site"),
    )  # fmt: skip


def _cells(line: PhoneLine) -> tuple[str, ...]:
    at = f"{line.starts_at.astimezone(clock.local_zone()):%m-%d %H:%M}" if line.starts_at else ""
    return (line.compound, line.building, line.unit, line.room, line.name, "、".join(line.phones), at, line.site)
