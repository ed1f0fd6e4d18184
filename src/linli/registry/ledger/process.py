"""Read a ledger in a child process, so that no file can exhaust or crash the process that serves people."""

from __future__ import annotations

import io
import logging
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.records import Ledger
from linli.registry.ledger.refusals import LedgerRefused

_log = logging.getLogger(__name__)
_CPU_TIME_SPENT = getattr(signal, "SIGXCPU", 24)
_RECORDS = "linli.registry.ledger.records"


def read_ledger(path: Path, *, mapping: ColumnMapping | None = None, limits: Limits | None = None) -> Ledger:
    """Read the ledger in `path`.

    Any process or thread may call it; it writes nothing. Raises `LedgerRefused` when the file as a whole cannot be
    read; whatever is wrong with single rows is in the ledger's flags and problems. `mapping` holds corrections of
    columns remembered from earlier uploads.
    """
    bounds = limits or Limits()
    request = pickle.dumps((str(path.absolute()), mapping or ColumnMapping(), bounds), protocol=5)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "linli.registry.ledger.child"],
            input=request,
            capture_output=True,
            timeout=bounds.seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LedgerRefused("too_slow", seconds=bounds.seconds) from error
    return _answer(done, bounds)


def _environment() -> dict[str, str]:
    """Give the child this process's import path and nothing secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}


def _answer(done: subprocess.CompletedProcess[bytes], limits: Limits) -> Ledger:
    if done.returncode == -_CPU_TIME_SPENT:
        raise LedgerRefused("too_slow", seconds=limits.seconds)
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise LedgerRefused("too_big")
    if done.returncode:
        _log.error("the ledger reader failed: %s", _frames(done.stderr))
        raise LedgerRefused("reader_failed")
    kind, payload = _RecordsOnly(io.BytesIO(done.stdout)).load()
    if kind == "refused":
        raise LedgerRefused(payload[0], **payload[1])
    ledger: Ledger = payload
    return ledger


def _frames(stderr: bytes) -> str:
    """Return where the child failed, without the message: that may quote a resident's line."""
    lines = stderr.decode(errors="replace").splitlines()
    return " < ".join(line.strip() for line in reversed(lines) if line.startswith('  File "'))


class _RecordsOnly(pickle.Unpickler):
    """Loads the ledger's own records and dates, nothing else: the child has opened a stranger's file."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name == _RECORDS or (module_name, global_name) == ("datetime", "date"):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")
