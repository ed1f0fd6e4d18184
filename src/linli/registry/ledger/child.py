"""The process that opens a ledger: one request in, one answer out, under its own limits of memory and time.

Started as `python -m linli.registry.ledger.child`. It never sees the database or the key file.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from linli.registry.ledger.confined import confine
from linli.registry.ledger.pipeline import parse_ledger
from linli.registry.ledger.refusals import LedgerRefused


def main() -> int:
    """Answer one request on standard output. Returns the exit code."""
    path, mapping, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent process
    confine(limits)
    try:
        answer: tuple[str, object] = ("ledger", parse_ledger(Path(path), mapping, limits))
    except LedgerRefused as refused:
        answer = ("refused", (refused.code, refused.params))
    except MemoryError:
        answer = ("refused", ("too_big", {}))
    pickle.dump(answer, sys.stdout.buffer, protocol=5)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
