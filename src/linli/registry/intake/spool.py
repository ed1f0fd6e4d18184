"""Where uploaded spreadsheets lie between upload and import, and exports until they are handed over."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from linli.core.home import folder


def upload_path(import_id: UUID) -> Path:
    """Return where the file of an upload lies."""
    return folder("uploads") / f"{import_id}.ledger"


def forget_uploads_before(moment: datetime) -> None:
    """Remove the files of uploads that have lain here since before a moment."""
    _forget(folder("uploads").glob("*.ledger"), moment)


def forget_exports_before(moment: datetime) -> None:
    """Remove what was spooled before a moment: whole exports and the parts a workbook is written from."""
    _forget((path for path in folder("spool").iterdir() if path.is_file()), moment)


def _forget(files: Iterable[Path], moment: datetime) -> None:
    for path in files:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < moment.timestamp():
                path.unlink()
