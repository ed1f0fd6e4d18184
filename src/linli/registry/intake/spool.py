"""Where uploaded spreadsheets lie between upload and import."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from linli.core.home import folder


def upload_path(import_id: UUID) -> Path:
    """Return where the file of an upload lies."""
    return folder("uploads") / f"{import_id}.ledger"


def forget_before(moment: datetime) -> None:
    """Remove the files of uploads that have lain here since before a moment."""
    for path in folder("uploads").glob("*.ledger"):
        if path.stat().st_mtime < moment.timestamp():
            path.unlink(missing_ok=True)
