"""Read a ledger in a child process, so that no file can exhaust or crash the process that serves people."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

from linli.registry.ledger.confined import run_confined
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.records import Ledger
from linli.registry.ledger.refusals import LedgerRefused

_RECORDS = "linli.registry.ledger.records"


def read_ledger(path: Path, *, mapping: ColumnMapping | None = None, limits: Limits | None = None) -> Ledger:
    """Read the ledger in `path`.

    Any process or thread may call it; it writes nothing. Raises `LedgerRefused` when the file as a whole cannot be
    read; whatever is wrong with single rows is in the ledger's flags and problems. `mapping` holds corrections of
    columns remembered from earlier uploads.
    """
    bounds = limits or Limits()
    request = pickle.dumps((str(path.absolute()), mapping or ColumnMapping(), bounds), protocol=5)
    answer = run_confined("linli.registry.ledger.child", request, bounds)
    kind, payload = _RecordsOnly(io.BytesIO(answer)).load()
    if kind == "refused":
        raise LedgerRefused(payload[0], **payload[1])
    ledger: Ledger = payload
    return ledger


class _RecordsOnly(pickle.Unpickler):
    """Loads the ledger's own records and dates, nothing else: the child has opened a stranger's file."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name == _RECORDS or (module_name, global_name) == ("datetime", "date"):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")
