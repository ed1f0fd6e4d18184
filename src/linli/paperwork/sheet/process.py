"""Reading and filling a form in a child process, so that no file can exhaust or crash the process that serves people."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

from linli.paperwork.sheet.asked import FILLING_SECONDS, Filling, Reading
from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.records import FormLayout, layout_of
from linli.registry.ledger.confined import run_confined
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.refusals import LedgerRefused


def read_form(path: Path, rebuilt: Path) -> FormLayout:
    """Return what a blank form asks for; one that is no .xlsx is written anew as `rebuilt`. Raises `LedgerRefused`."""
    return layout_of(_asked(Reading(str(path.absolute()), str(rebuilt.absolute()))))


def fill_form(asked: Filling) -> None:
    """Write a filled copy of a form. Raises `LedgerRefused`."""
    _asked(asked, replace(LIMITS, seconds=FILLING_SECONDS))


def _asked(asked: Reading | Filling, limits: Limits = LIMITS) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        run_confined("linli.paperwork.sheet.child", pickle.dumps(asked, protocol=5), limits)
    )
    if "refused" in answer:
        raise LedgerRefused(answer["refused"], **answer["params"])
    return answer
