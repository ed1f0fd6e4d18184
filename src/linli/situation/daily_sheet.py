"""The daily report as a workbook, laid out as its page is."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from linli.registry.care_words import care_word
from linli.registry.models import Residency
from linli.situation.selectors.daily import DailyReport

_WIDTHS = (34, 14, 14, 14, 14, 14, 14, 14, 18)


def register_rows(report: DailyReport) -> list[tuple[str, int]]:
    """Return the figures of the register with their words, in the order of page and workbook."""
    day = report.register
    kinds = [(str(label), day.kinds.get(kind, 0)) for kind, label in Residency.Kind.choices]
    return [
        (_("people in the register"), day.people),
        *kinds,
        (_("households with people"), day.households),
        (_("people with care needs (as known today)"), day.care_needs),
    ]


def change_rows(report: DailyReport) -> list[tuple[str, int]]:
    """Return what changed in the register on the day, with its words."""
    day = report.register
    return [
        (_("newly entered"), day.entered),
        (_("came back or moved in"), day.moved_in),
        (_("moved within the community"), day.moved_within),
        (_("moved out"), day.moved_out),
        (_("died"), day.died),
        (_("ledgers imported"), day.imports),
        (_("self-reports given"), day.self_reports.given),
        (_("self-reports compared by the office"), day.self_reports.compared),
        (_("self-reports still to be compared"), day.self_reports.waiting),
    ]


def need_rows(report: DailyReport) -> list[tuple[str, int]]:
    """Return how many of those who live here have each care need."""
    return [(care_word(need), count) for need, count in report.register.needs]


def daily_workbook(report: DailyReport, community: str) -> bytes:
    """Return the report as an .xlsx that prints on A4."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title, head = (
            book.add_format({"bold": True, "font_size": 16}),
            book.add_format({"bold": True, "bg_color": "#E9EEF3", "border": 1, "text_wrap": True}),
        )
        cell = book.add_format({"border": 1})
        sheet = book.add_worksheet(_("Daily report"))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(
            0,
            0,
            _("%(community)s: daily report of %(day)s") % {"community": community, "day": report.day.isoformat()},
            title,
        )
        row = 2
        for heading, rows in (
            (_("Register at the end of the day"), register_rows(report)),
            (_("Changes on the day"), change_rows(report)),
            (_("Care needs (as known today)"), need_rows(report)),
        ):
            sheet.merge_range(row, 0, row, 1, heading, head)
            for number, (words, figure) in enumerate(rows, start=row + 1):
                sheet.write_string(number, 0, words, cell)
                sheet.write_number(number, 1, figure, cell)
            row += len(rows) + 2
        for column, words in enumerate(_round_headers()):
            sheet.write_string(row, column, words, head)
        for number, one in enumerate(report.rounds, start=row + 1):
            figures = (
                one.expected,
                one.settled,
                one.outstanding,
                one.settled_that_day,
                one.specimens,
                one.visits,
                one.refused,
            )
            sheet.write_string(number, 0, one.name, cell)
            for column, figure in enumerate(figures, start=1):
                sheet.write_number(number, column, figure, cell)
            sheet.write_string(number, 8, _("closed") if one.closed_at else _("under way"), cell)
    return out.getvalue()


def _round_headers() -> list[str]:
    return [
        _("Round"), _("To be reached"), _("Accounted for"), _("Outstanding"), _("Accounted for that day"), _("Specimens that day"),
        _("Visits that day"), _("Refused so far"), _("State"),
    ]  # fmt: skip
