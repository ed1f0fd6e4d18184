"""What is written into logs: what went wrong and where, without the values it went wrong with."""

import logging
import re
import traceback

_NUMBER = re.compile(r"\d{5,}")
_ROW_OF_VALUES = re.compile(r"^\s*(DETAIL|CONTEXT|LINE \d+):.*$|^COPY .*$", re.MULTILINE)


def scrubbed(text: str) -> str:
    """Return the text without long numbers and without the rows that the database quotes in its errors."""
    return _NUMBER.sub("#####", _ROW_OF_VALUES.sub("(left out)", text))


def traceback_of(error: BaseException) -> str:
    """Return a traceback fit for a log."""
    return scrubbed("".join(traceback.format_exception(error)))


class Formatter(logging.Formatter):
    """Formats lines of a log without personal values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole line, its traceback included, scrubbed."""
        return scrubbed(super().format(record))
