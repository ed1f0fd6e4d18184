"""Where uploaded spreadsheets lie between upload and import."""

from pathlib import Path
from uuid import UUID

from linli.core.home import folder


def upload_path(import_id: UUID) -> Path:
    """Return where the file of an upload lies."""
    return folder("uploads") / f"{import_id}.ledger"
