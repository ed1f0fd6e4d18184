"""The way of a spreadsheet through the pages: uploaded, checked by a dry run, confirmed, imported in the background."""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction

from linli.core import audit, clock, jobs
from linli.core.actors import Actor
from linli.core.errors import LinliError, TooLarge
from linli.core.ids import uuid7
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.access import access_import
from linli.registry.errors import BeingWorkedOn, NotImported, NotUnderWay, NotWaiting
from linli.registry.intake.details import keep_report
from linli.registry.intake.report import ImportReport
from linli.registry.intake.spool import forget_uploads_before, upload_path
from linli.registry.ledger import Limits
from linli.registry.models import LedgerImport
from linli.registry.services.ledger_import import LedgerFile, Progress, import_ledger
from linli.registry.turns import waiting_upload

CHECK_TASK, IMPORT_TASK, UNDO_TASK = "registry.check_ledger", "registry.import_ledger", "registry.undo_import"
CHECK_KIND, IMPORT_KIND, UNDO_KIND = "ledger_check", "ledger_import", "ledger_undo"
_KEPT_AFTER = ("other_community", "import_under_way", "stopped")
"""Refusals after which the same file can still be used."""


def upload_ledger(actor: Actor, community: int, file_name: str, chunks: Iterable[bytes]) -> tuple[LedgerImport, Work]:
    """Keep an uploaded spreadsheet and ask for its dry run; returns the upload and the work to watch.

    For who holds ledger_import there. The file lies in LINLI_HOME, readable by Linli only, until it is imported, refused
    or dropped. Writes one audit entry. Raises TooLarge.
    """
    upload = LedgerImport(id=uuid7(), community=community, file_name=Path(file_name).name[:200], asked_by=actor.name)
    with in_community(actor, Right.LEDGER_IMPORT, community):
        upload.file_hash = _keep(upload.id, chunks)
        upload.save(force_insert=True)
        audit.record(
            actor, "ledger_uploaded", community=community, right=Right.LEDGER_IMPORT, object_type="ledger_import",
            object_id=upload.id, after={"file": upload.file_name, "sha256": upload.file_hash},
        )  # fmt: skip
        work = jobs.ask(actor, community, CHECK_KIND, CHECK_TASK, import_id=str(upload.id))
    return upload, work


def check_upload(actor: Actor, import_id: UUID, progress: Progress, *, confirmed_title: str = "") -> ImportReport:
    """Read an upload, compare it with the register, and keep what an import would do; run again after a correction.

    For who holds ledger_import there. A dry run: no audit entry of its own beside that of the upload. Raises what
    import_ledger raises; the upload is refused then. Raises NotWaiting when it was imported or dropped meanwhile.
    """
    upload = _waiting(actor, import_id)
    try:
        file = _file(upload, confirmed_title)
        report = import_ledger(actor, upload.community, file, dry_run=True, progress=progress)
    except LinliError as error:
        refuse_upload(actor, import_id, error)
        raise
    with in_community(actor, Right.LEDGER_IMPORT, upload.community):
        keep_report(waiting_upload(upload.community, import_id), report, LedgerImport.State.CHECKED)
    return report


def ask_again(actor: Actor, import_id: UUID, *, confirmed_title: str = "") -> Work:
    """Ask for another dry run, after a column was corrected or the other community that the file names was confirmed.

    For who holds ledger_import there. Raises NotFound, NotWaiting once it was imported or refused.
    """
    return _ask(actor, import_id, CHECK_KIND, CHECK_TASK, confirmed_title=confirmed_title)


def confirm_upload(actor: Actor, import_id: UUID, *, confirmed_title: str = "") -> Work:
    """Ask for a checked upload to be imported in the background; returns the work to watch, the same when asked twice.

    For who holds ledger_import there. Raises NotFound, NotWaiting once it was imported or refused.
    """
    if under_way := _import_under_way(actor, import_id):
        return under_way
    return _ask(actor, import_id, IMPORT_KIND, IMPORT_TASK, confirmed_title=confirmed_title)


def import_upload(actor: Actor, import_id: UUID, progress: Progress, *, confirmed_title: str = "") -> ImportReport:
    """Import an upload; its file goes once that is committed.

    Raises what import_ledger raises; the upload can be tried again then.
    """
    upload = _waiting(actor, import_id)
    report = import_ledger(actor, upload.community, _file(upload, confirmed_title), progress=progress)
    transaction.on_commit(partial(upload_path(import_id).unlink, missing_ok=True))
    return report


def ask_undo(actor: Actor, import_id: UUID) -> Work:
    """Ask for an import to be taken back in the background; returns the work to watch, the same one when asked twice.

    For who holds ledger_import there. Raises NotFound, NotImported.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        done = access_import(actor, import_id)
        if done.state != LedgerImport.State.IMPORTED:
            raise NotImported(state=done.get_state_display())
        under_way = _under_way(done, UNDO_KIND)
    return under_way or _ask_for(actor, done, UNDO_KIND, UNDO_TASK)


def stop_upload(actor: Actor, import_id: UUID) -> Work:
    """Ask the check or import of an upload to stop at its next step; the register stays as it is, and so does the file.

    For who holds ledger_import there. Writes one audit entry. Raises NotFound, NotUnderWay when it was never begun
    or has ended already.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        upload = access_import(actor, import_id)
        work = _under_way(upload, CHECK_KIND, IMPORT_KIND)
        asked = Work.objects.filter(pk=work.pk, state__in=jobs.UNDER_WAY) if work else Work.objects.none()
        if work is None or not asked.update(state=Work.State.STOPPED, changed_at=clock.now()):
            raise NotUnderWay
        audit.record(
            actor, f"{work.kind}_stopped", community=upload.community, right=Right.LEDGER_IMPORT,
            object_type="ledger_import", object_id=import_id, after={"work": str(work.pk)},
        )  # fmt: skip
    return work


def refuse_upload(actor: Actor, import_id: UUID, error: LinliError) -> None:
    """Write down why an upload cannot be used. What was read of it and its file go, unless it may still be tried again.

    Raises NotWaiting when it was imported or dropped meanwhile: that stays.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        upload = waiting_upload(access_import(actor, import_id).community, import_id)
        may_be_confirmed = error.error_code in _KEPT_AFTER
        upload.state = LedgerImport.State.UPLOADED if may_be_confirmed else LedgerImport.State.REFUSED
        upload.finished_at = clock.now()
        upload.report = {"error": error.as_dict(), "named": error.params.get("named", "")}
        upload.details = upload.details if may_be_confirmed else None
        upload.save()
        audit.record(
            actor, "ledger_refused", community=upload.community, right=Right.LEDGER_IMPORT,
            object_type="ledger_import", object_id=import_id, after={"code": error.error_code},
        )  # fmt: skip
    if not may_be_confirmed:
        upload_path(import_id).unlink(missing_ok=True)


def drop_upload(actor: Actor, import_id: UUID) -> None:
    """Throw an upload away that was not imported.

    For who holds ledger_import there. Raises NotFound, BeingWorkedOn under a check or import, NotWaiting after one.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        upload = access_import(actor, import_id)
        if _under_way(upload, CHECK_KIND, IMPORT_KIND):
            raise BeingWorkedOn
        upload = waiting_upload(upload.community, import_id)
        upload.state, upload.finished_at, upload.details = LedgerImport.State.REFUSED, clock.now(), None
        upload.save()
        audit.record(
            actor, "ledger_upload_dropped", community=upload.community, right=Right.LEDGER_IMPORT,
            object_type="ledger_import", object_id=import_id,
        )  # fmt: skip
    upload_path(import_id).unlink(missing_ok=True)


def forget_uploads(actor: Actor, uploaded_before: datetime) -> None:
    """Remove the files of uploads that nobody confirmed in time, and what was read of them.

    For who holds ledger_import, where they do; Linli's own upkeep does everywhere. Leaves no audit entry of its own: the upload
    has one, and nothing of the register changes.
    """
    with scoped(actor, Right.LEDGER_IMPORT):
        LedgerImport.objects.filter(
            state__in=LedgerImport.WAITING, started_at__lt=uploaded_before, details__isnull=False
        ).update(details=None)
    forget_uploads_before(uploaded_before)


def _file(upload: LedgerImport, confirmed_title: str = "") -> LedgerFile:
    return LedgerFile(upload_path(upload.id), upload.file_name, upload.id, confirmed_title)


def _keep(import_id: UUID, chunks: Iterable[bytes]) -> str:
    path, digest, size = upload_path(import_id), hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > Limits().file_bytes:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _waiting(actor: Actor, import_id: UUID) -> LedgerImport:
    with scoped(actor, Right.LEDGER_IMPORT):
        upload = access_import(actor, import_id)
        if upload.state not in LedgerImport.WAITING or not upload_path(import_id).exists():
            raise NotWaiting
        return upload


def _import_under_way(actor: Actor, import_id: UUID) -> Work | None:
    with scoped(actor, Right.LEDGER_IMPORT):
        return _under_way(access_import(actor, import_id), IMPORT_KIND)


def _under_way(upload: LedgerImport, *kinds: str) -> Work | None:
    asked = Work.objects.filter(community=upload.community, kind__in=kinds, arguments__import_id=str(upload.pk))
    work: Work | None = asked.filter(state__in=jobs.UNDER_WAY).order_by("-id").first()
    return work


def _ask(actor: Actor, import_id: UUID, kind: str, task: str, **arguments: str) -> Work:
    return _ask_for(actor, _waiting(actor, import_id), kind, task, **arguments)


def _ask_for(actor: Actor, upload: LedgerImport, kind: str, task: str, **arguments: str) -> Work:
    with in_community(actor, Right.LEDGER_IMPORT, upload.community):
        audit.record(
            actor, f"{kind}_asked", community=upload.community, right=Right.LEDGER_IMPORT,
            object_type="ledger_import", object_id=upload.id, after=dict(arguments),
        )  # fmt: skip
        return jobs.ask(actor, upload.community, kind, task, import_id=str(upload.id), **arguments)
