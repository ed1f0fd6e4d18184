"""The one file of a backup: a zip that holds a manifest and pg_dump's own format. The key file is never in it."""

import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from linli.core.problem import Problem

FORMAT = 1
_MANIFEST, _DUMP = "manifest.json", "database.dump"
_PRODUCT = "linli"


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    version: str
    schema: str
    created: str
    postgresql: str
    key: str
    audit: dict[str, Any] = field(default_factory=dict)
    """The head of each audit chain, by community: number and hash of its last entry."""
    format: int = FORMAT
    product: str = _PRODUCT


@contextmanager
def writing(target: Path, manifest: Manifest) -> Iterator[IO[bytes]]:
    """Give a stream for the dump; `target` appears, on disk, only when the block ends well."""
    if target.exists():
        read_manifest(target)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
                with archive.open(_DUMP, "w", force_zip64=True) as stream:
                    yield stream
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def reading(source: Path) -> Iterator[IO[bytes]]:
    """Give the dump as a stream. Raises Problem when a byte of it was changed."""
    with zipfile.ZipFile(source) as archive:
        try:
            damaged = archive.testzip()
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise _damaged(source) from error
        if damaged:
            raise _damaged(source)
        with archive.open(_DUMP) as stream:
            yield stream


def read_manifest(source: Path) -> Manifest:
    """Return what the backup says about itself. Raises Problem when the file is none."""
    names = {each.name for each in fields(Manifest)}
    try:
        with zipfile.ZipFile(source) as archive:
            archive.getinfo(_DUMP)
            found = json.loads(archive.read(_MANIFEST))
            manifest = Manifest(**{name: value for name, value in found.items() if name in names})
    except FileNotFoundError as error:
        raise Problem(f"没有文件 {source}。", f"There is no file {source}.", code="no_file") from error
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _not_a_backup(source) from error
    if manifest.product != _PRODUCT:
        raise _not_a_backup(source)
    if manifest.format != FORMAT:
        raise Problem(
            f"{source} 由更新的 Linli（{manifest.version}）备份，请先升级 Linli。",
            f"{source} was made by a newer Linli ({manifest.version}); upgrade Linli first.",
            code="newer_backup",
        )
    return manifest


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_a_backup(source: Path) -> Problem:
    return Problem(f"{source} 不是 Linli 的备份文件。", f"{source} is not a backup made by Linli.", code="not_a_backup")


def _damaged(source: Path) -> Problem:
    return Problem(
        f"备份文件 {source} 已损坏，没有恢复任何数据。",
        f"The backup {source} is damaged; nothing was restored.",
        code="damaged_backup",
    )
