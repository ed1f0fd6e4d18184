"""Secrets that Linli makes: one a file, for its owner only, whole and on disk, and never written over."""

import os
import secrets
from pathlib import Path

from linli.core.home import folder

_BYTES = 40


def secret(home: Path, name: str) -> tuple[str, bool]:
    """Return the secret of this name under `keys/` and whether it was made just now."""
    path = folder("keys", home) / name
    if path.exists():
        return path.read_text().strip(), False
    store(path, secrets.token_urlsafe(_BYTES))
    return path.read_text().strip(), True


def store(path: Path, text: str) -> None:
    """Write a secret unless there is one: of two who make it at once, one wins and both use that."""
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
