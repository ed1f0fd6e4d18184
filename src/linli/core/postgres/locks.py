"""Locks between processes; the kernel drops one when the last process that inherited it ends, even by kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from linli.core.postgres.waiting import until
from linli.core.problem import Problem


def open_lock(path: Path) -> int:
    """Open a lock file, made when missing; children do not inherit the descriptor unless told."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock if nobody is in the way; never wait."""
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return True
    return False


def is_held(path: Path) -> bool:
    """Tell whether any process holds this lock."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path, *, wait_seconds: float = 120) -> Iterator[int]:
    """Hold the lock for the block. Raises Problem when others keep it for longer than `wait_seconds`."""
    descriptor = open_lock(path)
    try:
        if not until(lambda: try_lock(descriptor), wait_seconds):
            raise Problem(
                f"另一个 Linli 命令一直占用 {path}，请稍后再试。",
                f"Another Linli command keeps {path}; try again later.",
                code="busy",
            )
        yield descriptor
    finally:
        os.close(descriptor)
