"""What says that a server of this LINLI_HOME runs: a locked file with its number, and a status beside it."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from linli.core.home import folder
from linli.core.postgres.locks import is_held, open_lock, try_lock
from linli.core.postgres.waiting import until
from linli.core.problem import Problem

STOP_SECONDS = 30


def pid_file(home: Path) -> Path:
    """Return the file whose lock means that the server runs."""
    return folder("run", home) / "serve.pid"


def status_file(home: Path) -> Path:
    """Return the file that says what it does."""
    return folder("run", home) / "serve.json"


@contextmanager
def the_only_one(home: Path) -> Iterator[None]:
    """Be the server of this home for the block. Raises Problem when there is one."""
    descriptor = open_lock(pid_file(home))
    try:
        if not try_lock(descriptor):
            where = status(home).get("url", "")
            raise Problem(
                f"这个目录的 Linli 已在运行：{where}。如要停止，请执行 linli stop。",
                f"Linli already runs from this folder: {where}. To stop it: linli stop.",
                code="already_running",
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
        status_file(home).unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def is_running(home: Path) -> bool:
    """Tell whether a server of this home runs; a number left behind by a dead one does not count."""
    return is_held(pid_file(home))


def write_status(home: Path, status: dict[str, Any]) -> None:
    """Replace the status, whole."""
    draft = status_file(home).with_suffix(".new")
    draft.write_text(json.dumps(status, indent=1), encoding="utf-8")
    draft.replace(status_file(home))


def status(home: Path) -> dict[str, Any]:
    """Return what the running server last wrote, or nothing."""
    try:
        found = json.loads(status_file(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def stop_server(home: Path) -> bool:
    """End this home's server and wait for it; tell whether there was one."""
    if not is_running(home):
        return False
    for each in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, ValueError):
            os.kill(int(pid_file(home).read_text()), each)
        if until(lambda: not is_running(home), STOP_SECONDS):
            return True
    raise Problem("服务没有停下来。", "The server did not stop.", code="not_stopped")
