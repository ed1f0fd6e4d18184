"""Run benchmarks: `python -m benchmarks [FAMILY [OPTIONS]]`, all of them in their quick form without a family.

A family is a module of this folder with a docstring that names its instances and their sources, and `main(arguments)`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def families() -> list[str]:
    """List the families in this folder; a name that begins with an underscore is a helper."""
    names = (module.name for module in pkgutil.iter_modules([str(HERE)]))
    return sorted(name for name in names if not name.startswith("_"))


def run(family: str, arguments: list[str]) -> None:
    """Run one family under its name, and say how long it took."""
    print(f"== {family}")
    started = time.perf_counter()
    importlib.import_module(f"benchmarks.{family}").main(arguments)
    print(f"-- {family}: {time.perf_counter() - started:.1f} s\n")


def main(arguments: list[str]) -> None:
    """Run what was asked for, or everything."""
    known = families()
    if arguments and arguments[0] not in known:
        sys.exit(f"There is no family {arguments[0]!r}: {', '.join(known) or 'none yet'}.")
    for family in arguments[:1] or known:
        run(family, arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
