"""Secrets made by Linli, one a file, 0600, under `keys/` in LINLI_HOME."""

import os
import secrets
from pathlib import Path

from linli.core.home import folder


def secret(home: Path, name: str) -> tuple[str, bool]:
    """Return the secret of this name and whether it was made just now."""
    path = folder("keys", home) / name
    if path.exists():
        return path.read_text().strip(), False
    store(path, secrets.token_urlsafe(32))
    return path.read_text().strip(), True


def store(path: Path, text: str) -> None:
    """Write a secret whole, on disk, and only if nobody was quicker."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
