"""Wait for something to become true, with a deadline."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float, *, every_seconds: float = 0.02) -> bool:
    """Return True as soon as `condition()` is truthy, False when it was not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every_seconds)
    return True
