"""A blank form as it is stored, and where a filled one lies until it is taken."""

import base64
from pathlib import Path
from uuid import UUID

from linli.core import crypto
from linli.core.home import folder


def sealed(data: bytes) -> bytes:
    """Return a file as it is stored."""
    return crypto.seal(base64.b64encode(data).decode())


def opened(blob: bytes | memoryview) -> bytes:
    """Return the file that `sealed` was given."""
    return base64.b64decode(crypto.unseal(blob))


def filled_path(work_id: UUID) -> Path:
    """Return where the filled form of a piece of work lies until it is taken, for an hour at most."""
    return folder("spool") / f"form-{work_id}.xlsx"
