"""Turns at the register of a community: edits share it, an import and its undo have it alone, and each tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from linli.core import locks, outbox
from linli.registry.errors import ImportUnderWay, RegisterBusy

CHANGED = "register_changed"
"""The topic under which other apps hear that a register is no longer what it was."""
EDIT_WAITS_SECONDS = 5
IMPORT_WAITS_SECONDS = 30


@contextmanager
def editing(community: int) -> Iterator[None]:
    """Share the register with other edits until the transaction ends, and tell that it changed. Call inside a scope.

    What was read before may have changed while waiting: read it again inside. Raises RegisterBusy.
    """
    if not locks.hold_within(EDIT_WAITS_SECONDS, "ledger", community, shared=True):
        raise RegisterBusy
    yield
    tell_changed(community)


def take_import_turn(community: int) -> None:
    """Be the only one who compares a ledger with the register. Raises ImportUnderWay at once when another does."""
    if not locks.try_hold("ledger import", community):
        raise ImportUnderWay


def take_alone(community: int) -> None:
    """Have the register alone until the transaction ends, once edits under way have ended. Raises ImportUnderWay."""
    take_import_turn(community)
    if not locks.hold_within(IMPORT_WAITS_SECONDS, "ledger", community):
        raise ImportUnderWay


def tell_changed(community: int) -> None:
    """Leave word for other apps, in this transaction, that the register changed."""
    outbox.put(community, CHANGED, {})
