"""What is typed behind a command: codes of communities, moments."""

import re
from datetime import datetime, timedelta

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.divisions import Level, level_of, parse_code
from linli.core.errors import Invalid

_HOURS_FROM_NOW = re.compile(r"\+(\d{1,3})h")
_YEARS = range(2000, 2200)
"""What is outside was mistyped, and computing with it might leave the calendar."""
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def community_code(text: str) -> int:
    """Read the code of a community. Raises Invalid that quotes what was read."""
    try:
        code = parse_code(text)
        if level_of(code) is Level.COMMUNITY:
            return code
    except ValueError:
        pass
    raise Invalid(
        _("A community has a code of 12 digits whose last three are not 000; read “%(read)s”."),
        code="not_a_community", read=text,
    )  # fmt: skip


def moment(text: str) -> datetime:
    """Read a moment by the community's clock: a date with a time, a time of today, or hours from now. Raises Invalid."""
    text = text.strip()
    if hours := _HOURS_FROM_NOW.fullmatch(text):
        return clock.now() + timedelta(hours=int(hours[1]))
    if _TIME_OF_DAY.fullmatch(text):
        text = f"{clock.today()} {text}"
    try:
        found = parse_datetime(text.replace("/", "-"))
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise Invalid(
            _("“%(read)s” is no time. Write 2026-04-02T18:00, 18:00 for today, or +24h for hours from now."),
            code="no_time", read=text,
        )  # fmt: skip
    return found if found.tzinfo else found.replace(tzinfo=clock.local_zone())
