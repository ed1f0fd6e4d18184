"""Work on a register as a whole makes hundreds of thousands of objects that all stay: looking for rubbish among them is lost time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for unreachable cycles meanwhile; everything else is freed as always. Two at once are harmless."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
