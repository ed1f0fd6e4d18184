"""Turns at the register of a community: edits share it, an import and its undo have it alone, and each tells of it.

An upload has its turns too: who imports, refuses or drops it holds its row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from linli.core import locks, outbox
from linli.registry.errors import ImportUnderWay, NotWaiting, RegisterBusy
from linli.registry.models import LedgerImport

CHANGED = "register_changed"
"""The topic under which other apps hear that a register is no longer what it was."""
EDIT_WAITS_SECONDS = 5
IMPORT_WAITS_SECONDS = 30


def share(community: int) -> None:
    """Keep imports and their undoing out until the transaction ends: what is read inside belongs together.

    Raises RegisterBusy.
    """
    if not locks.hold_within(EDIT_WAITS_SECONDS, "ledger", community, shared=True):
        raise RegisterBusy


@contextmanager
def editing(community: int) -> Iterator[None]:
    """Share the register with other edits until the transaction ends, and tell that it changed. Call inside a scope.

    What was read before may have changed while waiting: read it again inside. Raises RegisterBusy.
    """
    share(community)
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


def waiting_upload(community: int, upload: UUID) -> LedgerImport:
    """Return an upload that still waits, locked until the transaction ends. Call inside a scope. Raises NotWaiting."""
    rows = LedgerImport.objects.select_for_update().filter(community=community, state__in=LedgerImport.WAITING)
    row: LedgerImport | None = rows.filter(pk=upload).first()
    if row is None:
        raise NotWaiting
    return row


def tell_changed(community: int) -> None:
    """Leave word for other apps, in this transaction, that the register changed."""
    outbox.put(community, CHANGED, {})
