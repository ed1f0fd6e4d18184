"""Files that are no ledger: each gets its sentence above the upload form, and nothing is half-imported."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from linli.core import locks
from linli.core.home import folder
from linli.core.scope import scope_of
from linli.registry import forms
from linli.registry.ledger import LedgerRefused
from linli.registry.ledger.messages import REFUSALS
from linli.registry.models import LedgerImport
from linli.registry.services import ledger_import
from tests.conftest import BALICHA, NEIGHBOUR
from tests.registry.ledger.writers import Sheet, write_ods, write_xls
from tests.registry.office import HEADERS, PEOPLE, TITLE, ZHANG, changed, whole_register, written
from tests.registry.pages.conftest import LEDGER, latest, page, send, speak, text_of, work_off

pytestmark = pytest.mark.django_db
Act = Callable[..., LedgerImport]


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def with_macros(path: Path) -> bytes:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 64)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def no_uploads_of_other_tests() -> None:
    for left in folder("uploads").iterdir():
        left.unlink()


BAD = {
    "照片.xlsx": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "不是表格"),
    "说明.docx": (zipped(word__document_xml=b"<w/>"), "不是表格"),
    "坏了.xlsx": (b"PK\x03\x04" + b"\1" * 200, "损坏"),
    "空白.csv": (b" \r\n \r\n", "空的"),
    "购物.csv": ("品名,数量\r\n大米,3\r\n".encode(), "不像居民台账|看起来不是居民台账"),
    "模板.csv": (",".join(HEADERS).encode(), "一个人也没有读到"),
    "加密.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
        "密码|损坏|不是表格",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_ledger_is_refused_above_the_form(office: Client, name: str) -> None:
    content, words = BAD[name]
    before = whole_register()
    answer = send(office, name, content)
    assert answer.headers["Location"] == page(latest(), "columns/")
    work_off()
    shown = office.get(page(latest(), "columns/"))
    text = text_of(shown)
    assert shown.status_code == 422
    assert any(word in text for word in words.split("|")), latest().report
    assert 'type="file"' in text
    assert whole_register() == before
    assert list(folder("uploads").iterdir()) == []
    assert name in text_of(office.get(LEDGER))


def test_macros_are_refused(office: Client, tmp_path: Path) -> None:
    send(office, "宏.xlsm", with_macros(written(tmp_path, PEOPLE)))
    work_off()
    assert "宏" in text_of(office.get(page(latest(), "columns/")))
    assert latest().state == "refused"


PARAMS = {
    "found": "图片", "found_en": "a picture", "sheets": "Sheet1", "sheet": "Sheet1", "limit": 100000, "columns": 500,
    "unpacked_mib": 900, "rows": 3, "first": 5, "seconds": 60, "kind": ".xlsx", "path": "x",
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_of_the_reader_is_said_in_both_languages(
    office: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    refused = LedgerRefused(code, **PARAMS)

    def refuse(*_args: object, **_options: object) -> None:
        raise refused

    monkeypatch.setattr(ledger_import, "read_ledger", refuse)
    send(office, "台账.xlsx", written(tmp_path, PEOPLE).read_bytes())
    work_off()
    for language, sentence in (("zh-hans", refused.message_zh), ("en", refused.message_en)):
        speak(office, language)
        answer = office.get(page(latest(), "columns/"))
        assert (answer.status_code, answer.context["refusal"]) == (422, sentence)


def test_refuses_no_file_an_empty_file_and_one_that_is_too_large(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LARGEST_MIB", 0.001)
    answers = [office.post(LEDGER), send(office, "空.xlsx", b""), send(office, "大.xlsx", b"x" * 2000)]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    for answer, words in zip(answers, ("请先选择", "是空的", "最多只能收"), strict=True):
        assert words in text_of(answer)
    assert list(folder("uploads").iterdir()) == []


def test_keeps_formulas_and_control_characters_as_harmless_text(office: Client, taken_in: Act) -> None:
    taken_in([changed(ZHANG, 备注="=HYPERLINK(1)"), *PEOPLE[1:]])
    text = text_of(office.post(f"{LEDGER}export/", {"format": "csv"}))
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("kind", [".xlsx", ".xls", ".ods", ".csv"])
def test_takes_each_kind_of_spreadsheet(office: Client, tmp_path: Path, kind: str) -> None:
    send(office, f"台账{kind}", as_kind(kind, tmp_path))
    work_off()
    assert latest().report["persons"] == 5, latest().report


def as_kind(kind: str, folder: Path) -> bytes:
    rows = [[TITLE], list(HEADERS), *PEOPLE]
    path = folder / f"ledger{kind}"
    if kind == ".xlsx":
        return written(folder, PEOPLE).read_bytes()
    if kind == ".csv":
        return "\r\n".join(",".join(row) for row in rows).encode("gb18030")
    write = write_xls if kind == ".xls" else write_ods
    return write(path, [Sheet("台账", rows)]).read_bytes()


def test_two_uploads_at_once_are_told_to_wait(office: Client, upload: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    one = upload()
    before = whole_register()
    office.post(page(one, "confirm/"))
    with monkeypatch.context() as patch:
        patch.setattr(locks, "try_hold", lambda *_names: False)
        work_off()
    shown = text_of(office.get(page(one, "check/")))
    assert "正在导入另一份台账" in shown or "另一份" in shown
    assert whole_register() == before
    office.post(page(one, "confirm/"))
    work_off()
    assert latest().state == "imported"


def test_an_upload_into_another_community_is_not_here(office: Client) -> None:
    for url in (f"/c/{NEIGHBOUR}/ledger/", "/c/990909909909/ledger/", "/c/7/ledger/"):
        assert office.get(url).status_code == 404
        assert send(office, "台账.csv", b"x", url).status_code == 404
    assert list(folder("uploads").iterdir()) == []


def test_a_broken_off_check_can_be_asked_for_again(office: Client, upload: Act) -> None:
    one = upload()
    with scope_of(((BALICHA, BALICHA + 1),)):
        LedgerImport.objects.filter(pk=one.pk).update(state="uploaded", report={})
    assert office.get(page(one, "columns/")).status_code == 409
    office.post(page(one, "again/"))
    work_off()
    assert office.get(page(one, "columns/")).status_code == 200
