"""Look into a zip's directory, then unpack it on trial with a count, before anything parses it.

Declared sizes can lie, so every entry is inflated once as a stream that stops at the limit.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from linli.registry.ledger.limits import MIB, Limits
from linli.registry.ledger.refusals import LedgerRefused

_CHUNK = 256 * 1024


def guard_zip(data: bytes, limits: Limits) -> str:
    """Return `xlsx` or `ods` for a zip that is safe to parse. Raises `LedgerRefused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, len(data), limits)
            kind = _kind(archive)
            _check_contents(archive, kind, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise LedgerRefused("corrupt", kind="xlsx/ods") from error
    except RuntimeError as error:
        raise LedgerRefused("password_protected") from error
    return kind


def _check_directory(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    implausible = unpacked > limits.ratio_free_bytes and unpacked > packed * limits.unpacked_ratio
    if len(entries) > limits.zip_entries or implausible or unpacked > 8 * limits.unpacked_bytes:
        raise LedgerRefused("zip_bomb", unpacked_mib=unpacked // MIB)


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    lower = {name.lower() for name in names}
    if "content.xml" in lower:
        return _ods(archive, names)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lower):
        raise LedgerRefused("macros")
    if "xl/workbook.bin" in lower:
        raise LedgerRefused("wrong_type", found=".xlsb 二进制表格", found_en="a binary .xlsb sheet")
    if any(name.startswith("xl/") and "workbook" in name for name in lower):
        return "xlsx"
    if any(name.startswith("word/") for name in lower):
        raise LedgerRefused("wrong_type", found="Word 文档", found_en="a Word document")
    if any(name.startswith("ppt/") for name in lower):
        raise LedgerRefused("wrong_type", found="演示文稿", found_en="a presentation")
    raise LedgerRefused("wrong_type", found="压缩包", found_en="a compressed archive")


def _ods(archive: zipfile.ZipFile, names: set[str]) -> str:
    kind = archive.open("mimetype").read(200) if "mimetype" in names else b""
    if kind and b"spreadsheet" not in kind:
        raise LedgerRefused("wrong_type", found="文字文档", found_en="a text document")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.open("META-INF/manifest.xml").read(MIB):
        raise LedgerRefused("password_protected")
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise LedgerRefused("macros")
    return "ods"


def _check_contents(archive: zipfile.ZipFile, kind: str, limits: Limits) -> None:
    total = 0
    for entry in archive.infolist():
        mark = _row_mark(entry.filename, kind)
        with archive.open(entry) as stream:
            total = _inflate(stream, total, mark, entry.filename, limits)


def _row_mark(name: str, kind: str) -> bytes:
    if kind == "ods":
        return b"<table:table-row" if name == "content.xml" else b""
    return b"<row" if name.lower().startswith("xl/worksheets/") else b""


def _inflate(stream: io.BufferedIOBase | object, total: int, mark: bytes, name: str, limits: Limits) -> int:
    tail, rows = b"", 0
    while chunk := stream.read(_CHUNK):  # type: ignore[union-attr]
        total += len(chunk)
        if mark:
            rows += (tail + chunk).count(mark)
            tail = chunk[-(len(mark) - 1) :]
        if rows > limits.rows:
            raise LedgerRefused("too_many_rows", sheet=name.rsplit("/", 1)[-1].removesuffix(".xml"), limit=limits.rows)
        if total > limits.unpacked_bytes:
            raise LedgerRefused("zip_bomb" if not rows else "too_big", unpacked_mib=total // MIB)
    return total
