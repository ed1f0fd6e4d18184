"""A process of its own for whatever opens a stranger's file: bounded memory and time, nothing secret, no database."""

from __future__ import annotations

import importlib.util
import logging
import os
import signal
import subprocess
import sys

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.refusals import LedgerRefused

_log = logging.getLogger(__name__)
_CPU_TIME_SPENT = getattr(signal, "SIGXCPU", 24)
LIMITED = importlib.util.find_spec("resource") is not None  # Windows has none: there the time limit alone holds.


def run_confined(module: str, request: bytes, limits: Limits) -> bytes:
    """Run a module with a request on its standard input and return what it answers.

    Any process or thread may call it; it writes nothing. Raises `LedgerRefused` when the module takes too long, needs too much
    or fails.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", module],
            input=request,
            capture_output=True,
            timeout=limits.seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LedgerRefused("too_slow", seconds=limits.seconds) from error
    if done.returncode == -_CPU_TIME_SPENT:
        raise LedgerRefused("too_slow", seconds=limits.seconds)
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise LedgerRefused("too_big")
    if done.returncode:
        _log.error("%s failed: %s", module, _frames(done.stderr))
        raise LedgerRefused("reader_failed")
    return done.stdout


def confine(limits: Limits) -> None:
    """Bound the memory and time of this process."""
    if not LIMITED:
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment() -> dict[str, str]:
    """Give the child this process's import path and nothing secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}


def _frames(stderr: bytes) -> str:
    """Return where the child failed, without the message: that may quote a resident's line."""
    lines = stderr.decode(errors="replace").splitlines()
    return " < ".join(line.strip() for line in reversed(lines) if line.startswith('  File "'))
