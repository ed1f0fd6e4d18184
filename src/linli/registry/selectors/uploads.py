"""How far an upload is on its way through the pages, and who is behind the rows that were flagged."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.access import access_import
from linli.registry.intake.spool import upload_path
from linli.registry.models import LedgerImport, RegisterFlag
from linli.registry.services.uploads import CHECK_KIND, IMPORT_KIND, UNDO_KIND

_WORKING = (Work.State.WAITING, Work.State.RUNNING)


class Stage(StrEnum):
    """Where an upload stands, as its pages tell it."""

    WORKING = "working"
    CHECKED = "checked"
    ASKING = "asking"
    """Something has to be confirmed or tried again; the register is as it was."""
    REFUSED = "refused"
    GONE = "gone"
    """It was never imported and its file is no longer there."""
    IMPORTED = "imported"
    UNDONE = "undone"


@dataclass(frozen=True)
class UploadSeen:
    """An upload with the latest piece of work on it."""

    row: LedgerImport
    work: Work | None
    has_file: bool

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        state = self.row.state
        if self.is_being_undone:
            return Stage.WORKING
        if state in (LedgerImport.State.IMPORTED, LedgerImport.State.UNDONE, LedgerImport.State.REFUSED):
            return Stage(state)
        if self.work and self.work.state in _WORKING:
            return Stage.WORKING
        if not self.has_file:
            return Stage.GONE
        return Stage.CHECKED if state == LedgerImport.State.CHECKED else Stage.ASKING

    @property
    def is_being_undone(self) -> bool:
        """Whether it was imported and is now being taken back."""
        asked = self.work is not None and self.work.kind == UNDO_KIND and self.work.state in _WORKING
        return asked and self.row.state == LedgerImport.State.IMPORTED

    @property
    def error(self) -> dict[str, str] | None:
        """What the latest work ended with, in both languages."""
        found: dict[str, str] | None = (
            self.work.error if self.work and self.work.error else self.row.report.get("error")
        )
        return found

    @property
    def confirmed_title(self) -> str:
        """The other community's name that somebody confirmed for the latest work."""
        return str(self.work.arguments.get("confirmed_title", "")) if self.work else ""


def upload_seen(actor: Actor, import_id: UUID) -> UploadSeen:
    """Return how far an upload is, for who holds ledger_import there. Raises NotFound. Two queries."""
    with scoped(actor, Right.LEDGER_IMPORT):
        row = access_import(actor, import_id)
        works = Work.objects.filter(
            community=row.community, kind__in=(CHECK_KIND, IMPORT_KIND, UNDO_KIND), arguments__import_id=str(import_id)
        )
        return UploadSeen(row, works.order_by("-id").first(), upload_path(import_id).exists())


def flagged_persons(actor: Actor, import_id: UUID, flags: Iterable[dict[str, Any]]) -> dict[tuple[str, int], UUID]:
    """Return who is behind each flagged row of an import, by sheet and row, for who holds ledger_import there."""
    with scoped(actor, Right.LEDGER_IMPORT):
        found = RegisterFlag.objects.filter(
            community=access_import(actor, import_id).community, ledger_import_id=import_id, person__isnull=False,
            row__in=[flag["row"] for flag in flags],
        )  # fmt: skip
        return {(sheet, row): person for sheet, row, person in found.values_list("sheet", "row", "person_id")}
