"""What the supervisor's children do so that none outlives it, not even when it is killed with -9."""

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "LINLI_SUPERVISOR"
_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 1.0


def die_with_supervisor() -> None:
    """Tie this process to the supervisor that started it; nothing happens in any other process."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        die_with(int(parent))


def die_with(parent: int) -> None:
    """End this process by SIGKILL as soon as its parent has ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
