"""What a file is, told from its first bytes."""

from __future__ import annotations

import re

from linli.registry.ledger.refusals import LedgerRefused

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF 文档", "a PDF document"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"BM", "图片", "a picture"),
    (b"Rar!", "压缩包", "a compressed archive"),
    (b"7z\xbc\xaf", "压缩包", "a compressed archive"),
    (b"\x1f\x8b", "压缩包", "a compressed archive"),
    (b"{\\rtf", "文字文档", "a text document"),
    (b"SQLite format 3", "数据库文件", "a database file"),
    (b"MZ", "程序", "a program"),
    (b"\x7fELF", "程序", "a program"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|body|head|meta)\b", re.IGNORECASE)
_XML_SHEET = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")


def kind_of(data: bytes) -> str:
    """Return `zip`, `ole`, `html` or `text`. Raises `LedgerRefused` for what is certainly no spreadsheet."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "ole"
    head = data[:4096]
    if _XML_SHEET.search(head):
        raise LedgerRefused("wrong_type", found="XML 表格（Excel 2003）", found_en="an Excel 2003 XML sheet")
    if data[:8] in (b"\x09\x08\x10\x00\x00\x06\x05\x00",) or data[:2] == b"\x09\x00":
        raise LedgerRefused("wrong_type", found="很旧的 Excel 文件", found_en="a very old Excel file")
    for magic, zh, en in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in head[:64]):
            raise LedgerRefused("wrong_type", found=zh, found_en=en)
    narrow = head.replace(b"\0", b"")
    return (
        "html" if _HTML.search(narrow[:1024]) and narrow.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] == b"<" else "text"
    )
