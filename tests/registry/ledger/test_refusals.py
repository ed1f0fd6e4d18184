"""Files that cannot be read at all: each is refused with its own code and a sentence in both languages."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from pathlib import Path

import pytest

from linli.registry.ledger import LedgerRefused, Limits, read_ledger
from linli.registry.ledger.messages import FLAGS, PROBLEMS, REFUSALS, sentence
from tests.registry.ledger.truth import DATA
from tests.registry.ledger.writers import Sheet, write_ods, write_xls, write_xlsx

PEOPLE = Sheet("台账", [["姓名", "身份证号", "地址"], ["张三", "11010519491231002X", "3栋2单元501"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(LedgerRefused) as caught:
        read_ledger(path, limits=limits)
    for text in (caught.value.message_zh, caught.value.message_en):
        assert text
        assert "{" not in text
    return caught.value.code


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(data)
    return path


def zipped(path: Path, more: dict[str, bytes], *, without: str = "") -> bytes:
    """Return the archive in `path` with entries added and replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name not in more and name != without:
                new.writestr(name, old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 \n\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"Rar!\x1a\x07\x00",
        b"\x1f\x8b\x08\x00\x00", b"SQLite format 3\x00", b"{\\rtf1 text}", b"<html><body><p>no table</p></body></html>",
        random.Random(3).randbytes(5000), OLE + "WordDocument\0".encode("utf-16-le"),
    ],
)  # fmt: skip
def test_refuses_what_is_no_spreadsheet(tmp_path, data):
    assert code_of(file(tmp_path, data)) in ("wrong_type", "undecodable")


@pytest.mark.parametrize("data", [b"", b"\n\n\r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_refuses_an_empty_file(tmp_path, data):
    assert code_of(file(tmp_path, data)) == "empty"


def test_refuses_an_empty_workbook(tmp_path):
    assert code_of(write_xlsx(tmp_path / "ledger.xlsx", [Sheet("台账", []), Sheet("二", [[""], [" "]])])) == "empty"


def test_refuses_a_file_that_is_not_there(tmp_path):
    assert code_of(tmp_path / "none.xlsx") == "unreadable"


def test_refuses_a_form_without_people(tmp_path):
    form = Sheet("台账", [["姓名", "身份证号", "地址"], ["合计", "0人", ""]])
    assert code_of(write_xlsx(tmp_path / "ledger.xlsx", [form])) == "no_people"


def test_refuses_a_table_of_something_else(tmp_path):
    stock = Sheet("库存", [["货号", "品名", "数量"], ["A1", "口罩", 500], ["A2", "酒精", 20]])
    assert code_of(write_xlsx(tmp_path / "ledger.xlsx", [stock])) == "not_a_ledger"


@pytest.mark.parametrize("stream", ["EncryptedPackage", "EncryptionInfo"])
def test_refuses_an_encrypted_xlsx(tmp_path, stream):
    assert code_of(file(tmp_path, OLE + (stream + "\0").encode("utf-16-le") + bytes(512))) == "password_protected"


def test_refuses_an_encrypted_xls(tmp_path):
    data = write_xls(tmp_path / "plain.xls", [PEOPLE]).read_bytes()
    start = data.index(b"\x09\x08\x10\x00\x00\x06") + 20
    encrypted = data[:start] + b"\x2f\x00\x06\x00\x00\x00\x01\x00\x01\x00" + data[start + 10 :]
    assert code_of(file(tmp_path, encrypted)) == "password_protected"


def test_refuses_an_encrypted_ods(tmp_path):
    manifest = b'<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    path = write_ods(tmp_path / "plain.ods", [PEOPLE])
    assert code_of(file(tmp_path, zipped(path, {"META-INF/manifest.xml": manifest}))) == "password_protected"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_refuses_macros_in_xlsx(tmp_path, name):
    path = write_xlsx(tmp_path / "plain.xlsx", [PEOPLE])
    assert code_of(file(tmp_path, zipped(path, {name: b"macro"}))) == "macros"


def test_refuses_macros_in_ods_and_xls(tmp_path):
    ods = zipped(write_ods(tmp_path / "plain.ods", [PEOPLE]), {"Basic/Standard/Module1.xml": b"macro"})
    xls = write_xls(tmp_path / "plain.xls", [PEOPLE]).read_bytes() + "_VBA_PROJECT_CUR\0".encode("utf-16-le")
    assert code_of(file(tmp_path, ods)) == "macros"
    assert code_of(file(tmp_path, xls)) == "macros"


def test_refuses_a_zip_bomb_by_its_directory(tmp_path):
    path = write_xlsx(tmp_path / "plain.xlsx", [PEOPLE])
    assert code_of(file(tmp_path, zipped(path, {"xl/worksheets/sheet1.xml": bytes(40_000_000)}))) == "zip_bomb"


def test_refuses_a_zip_bomb_that_lies_about_its_size(tmp_path):
    data = bytearray(zipped(write_xlsx(tmp_path / "plain.xlsx", [PEOPLE]), {"xl/media/x.xml": bytes(30_000_000)}))
    real = (30_000_000).to_bytes(4, "little")
    while real in data:
        at = data.index(real)
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert code_of(file(tmp_path, bytes(data))) in ("corrupt", "zip_bomb")


def test_refuses_a_zip_with_far_too_many_entries(tmp_path):
    more = {f"xl/media/{number}.png": b"" for number in range(2_100)}
    assert code_of(file(tmp_path, zipped(write_xlsx(tmp_path / "plain.xlsx", [PEOPLE]), more))) == "zip_bomb"


def a_sheet_of(rows: int) -> bytes:
    cells = [
        f'<row><c t="inlineStr"><is><t>张{n * 7919 % 991}</t></is></c><c><v>{n * 104729}</v></c></row>'
        for n in range(min(rows, 1000))
    ]
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return (head + "".join(cells) * (rows // len(cells)) + "</sheetData></worksheet>").encode()


def test_refuses_a_million_rows_in_a_workbook(tmp_path):
    path = write_xlsx(tmp_path / "plain.xlsx", [PEOPLE])
    assert code_of(file(tmp_path, zipped(path, {"xl/worksheets/sheet1.xml": a_sheet_of(1_000_000)}))) == "too_many_rows"


def test_refuses_a_million_rows_of_text(tmp_path):
    assert (
        code_of(file(tmp_path, "姓名,电话\n".encode() + "张三,13800000000\n".encode() * 1_000_000)) == "too_many_rows"
    )


def test_refuses_a_sheet_whose_last_cell_is_at_the_far_corner(tmp_path):
    sheet = a_sheet_of(5).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    path = write_xlsx(tmp_path / "plain.xlsx", [PEOPLE])
    assert code_of(file(tmp_path, zipped(path, {"xl/worksheets/sheet1.xml": sheet}))) in ("too_big", "too_many_rows")


def test_refuses_a_file_beyond_the_size_limit(tmp_path):
    assert code_of(DATA / "huili.xlsx", Limits(file_bytes=10_000)) == "too_big"


def test_stops_a_reading_that_needs_too_much_memory():
    assert code_of(DATA / "balicha.xlsx", Limits(memory_bytes=48 * 1024 * 1024)) == "too_big"


def test_answers_a_failure_of_its_own_without_quoting_the_file(monkeypatch, caplog):
    monkeypatch.setattr("linli.registry.ledger.confined.subprocess.run", a_child_that_fails)

    assert code_of(DATA / "huili.xlsx") == "reader_failed"
    assert "rows.py" in caplog.text
    assert "张三" not in caplog.text


def a_child_that_fails(*_args: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
    trace = "Traceback:\n  File \"rows.py\", line 3, in read\n    fail()\nKeyError: '张三'\n"
    return subprocess.CompletedProcess([], 1, b"", trace.encode())


def test_stops_a_reading_that_takes_too_long():
    assert code_of(DATA / "balicha.xlsx", Limits(seconds=0)) == "too_slow"


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
@pytest.mark.parametrize("sample", ["huili.xlsx", "xls", "ods"])
def test_refuses_a_file_cut_short(tmp_path, sample, kept):
    paths = {"huili.xlsx": DATA / "huili.xlsx"}
    paths["xls"] = write_xls(tmp_path / "whole.xls", [PEOPLE])
    paths["ods"] = write_ods(tmp_path / "whole.ods", [PEOPLE])
    data = paths[sample].read_bytes()
    assert code_of(file(tmp_path, data[: int(len(data) * kept)])) in ("corrupt", "wrong_type", "empty", "not_a_ledger")


def test_refuses_a_document_of_another_program(tmp_path):
    for name in ("word/document.xml", "ppt/presentation.xml", "xl/workbook.bin", "readme.txt"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(name, b"text")
        assert code_of(file(tmp_path, target.getvalue())) == "wrong_type"


def test_says_everything_in_both_languages():
    for kind in FLAGS | PROBLEMS:
        for language in ("zh-hans", "en"):
            assert "{" not in sentence(kind, "读到的", language)
    for zh, en in REFUSALS.values():
        assert zh.endswith("。")
        assert en.endswith(".")
