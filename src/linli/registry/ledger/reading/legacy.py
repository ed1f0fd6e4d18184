"""What an old binary workbook (.xls, an OLE container) must not be: encrypted, with macros, or no workbook."""

from __future__ import annotations

from linli.registry.ledger.refusals import LedgerRefused


def guard_xls(data: bytes) -> None:
    """Raise `LedgerRefused` for an encrypted container, one with macros, or one without a workbook."""
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo"):
        raise LedgerRefused("password_protected")
    if _holds(data, "_VBA_PROJECT_CUR"):
        raise LedgerRefused("macros")
    if _holds(data, "WordDocument"):
        raise LedgerRefused("wrong_type", found="Word 文档", found_en="a Word document")
    if _holds(data, "PowerPoint Document"):
        raise LedgerRefused("wrong_type", found="演示文稿", found_en="a presentation")
    if not _holds(data, "Workbook") and not _holds(data, "Book"):
        raise LedgerRefused("wrong_type", found="其他程序的文件", found_en="a file of another program")
    if _file_pass(data):
        raise LedgerRefused("password_protected")


def _holds(data: bytes, stream: str) -> bool:
    """Tell whether the container's directory names `stream` (names there are UTF-16, ended by a zero)."""
    return (stream + "\0").encode("utf-16-le") in data


def _file_pass(data: bytes) -> bool:
    """Tell whether the workbook begins, within its first records, with FILEPASS (0x002F)."""
    start = data.find(b"\x09\x08\x10\x00\x00\x06", 512)
    position = start
    for _ in range(8):
        if position < 0 or position + 4 > len(data):
            return False
        record = int.from_bytes(data[position : position + 2], "little")
        if record == 0x002F:
            return True
        position += 4 + int.from_bytes(data[position + 2 : position + 4], "little")
    return False
