"""The way of a form through the pages, who may go it, and what is answered to a file that is no form."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.core import audit, rights
from linli.core.actors import Actor
from linli.core.models import AuditEntry, Work
from linli.core.rights import Right, Role
from linli.core.scope import scope_of, scoped
from linli.paperwork.models import AgencyForm
from linli.paperwork.tasks import run_filling
from tests.conftest import BALICHA
from tests.paperwork.conftest import BLANKS, AddForm, Fill, blank, lined, table
from tests.registry.office import ZHANG
from tests.registry.pages.conftest import Sign, speak, text_of
from tests.registry.pages.conftest import signed_in as signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
FORMS = f"/c/{BALICHA}/forms/"


@pytest.fixture
def clerk(signed_in: Sign) -> Client:
    return signed_in(Role.COORDINATOR)


def send(client: Client, content: bytes, name: str = "表.xlsx") -> Any:
    return client.post(FORMS, {"file": SimpleUploadedFile(name, content)})


def fill_by_pages(client: Client, page: str, **asked: str) -> str:
    """Ask for a filling, have the worker do it, and return the address of its page."""
    day = client.get(page).context["form"].initial["day"].isoformat()
    answer = client.post(page, {"day": day, "who": "", "place": "", **asked})
    assert answer.status_code == 302, answer.content.decode()
    with scope_of(((BALICHA, BALICHA + 1),)):
        waiting = Work.objects.filter(state=Work.State.WAITING, kind="form_filling").latest("id")
    run_filling(BALICHA, str(waiting.pk))
    return str(answer["Location"])


def opened(answer: Any) -> openpyxl.Workbook:
    content = answer.getvalue()
    for close in answer._resource_closers:
        close()
    return openpyxl.load_workbook(io.BytesIO(content))


def test_form_is_uploaded_corrected_and_filled_and_the_next_one_remembers(clerk: Client):
    answer = send(clerk, (BLANKS / "civil.xlsx").read_bytes())
    columns = answer["Location"]
    page = text_of(clerk.get(columns))
    assert "独居、空巢老年人基本情况摸底表" in page
    assert "没有认出，留空" in page
    form = clerk.get(columns).context["form"]
    told = {name: form[name].initial or "" for name in form.fields}
    answer = clerk.post(columns, {**told, "name": "民政老人表", "column-0-10": "text", "text-0-10": "社区代填"})
    assert answer.status_code == 302
    done = fill_by_pages(clerk, answer["Location"], who="people|need=独居老人")
    assert "已填 1 行" in text_of(clerk.get(done))
    assert table(opened(clerk.get(f"{done}file/")), 6, 6)[0][9] == "社区代填"
    send(clerk, (BLANKS / "civil.xlsx").read_bytes())
    with scope_of(((BALICHA, BALICHA + 1),)):
        again = AgencyForm.objects.order_by("-id")[0]
    assert (again.layout["sheets"][0]["columns"][9]["text"], again.name) == (
        "社区代填",
        "独居、空巢老年人基本情况摸底表",
    )


def test_a_fixed_text_must_be_typed_and_a_day_must_have_come(clerk: Client):
    columns = send(clerk, (BLANKS / "police.xlsx").read_bytes())["Location"]
    form = clerk.get(columns).context["form"]
    told = {name: form[name].initial or "" for name in form.fields}
    answer = clerk.post(columns, {**told, "column-0-11": "text"})
    assert (answer.status_code, "请输入这一列要填的文字。" in answer.content.decode()) == (422, True)
    answer = clerk.post(columns.replace("columns/", ""), {"day": "2999-01-01"})
    assert (answer.status_code, "这一天还没有到" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("content", "sentence", "english"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "其他程序的文件", "a file of another program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "Word 文档", "a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "打开密码", "a password"),
        (b"PK\x03\x04 broken", "已损坏", "damaged"),
        (b"%PDF-1.7 \0", "PDF 文档", "a PDF document"),
        ("各社区：\n请于周五前报送。".encode(), "没有找到表头", "No header row"),
    ],
)
def test_a_file_that_is_no_form_is_told_what_to_do(clerk: Client, content: bytes, sentence: str, english: str):
    answer = send(clerk, content)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    speak(clerk, "en")
    assert english in send(clerk, content).content.decode()


def test_a_sheet_with_people_or_without_a_header_is_not_taken_for_a_form(clerk: Client):
    for book, sentence in (
        (blank(["姓名", "身份证号"], *[[name, ZHANG[7]] for name in "甲乙丙丁"]), "不是空白表"),
        (blank(["通知"], ["请各社区于周五前报送。"]), "没有找到表头"),
    ):
        file = io.BytesIO()
        book.save(file)
        answer = send(clerk, file.getvalue())
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_whoever_may_not_export_fills_no_form(signed_in: Sign, add: AddForm):
    form = add("civil.xlsx")
    for role in (Role.ENTRY_CLERK, Role.GRID_WORKER, Role.AUDITOR):
        client = signed_in(role)
        assert [
            client.get(page).status_code for page in (FORMS, f"/forms/{form.pk}/", f"/forms/{form.pk}/columns/")
        ] == [403] * 3


def test_the_file_is_only_for_who_asked(signed_in: Sign, clerk: Client, add: AddForm):
    done = fill_by_pages(clerk, f"/forms/{add('police.xlsx').pk}/")
    other = signed_in(Role.COORDINATOR)
    assert [other.get(f"{done}{part}").status_code for part in ("", "file/", "progress/")] == [404] * 3


def test_numbers_are_masked_for_who_may_not_see_them(
    add: AddForm, fill: Fill, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
):
    without = {**rights.RIGHTS_OF, Role.COORDINATOR: rights.RIGHTS_OF[Role.COORDINATOR] - {Right.IDENTITY_UNMASK}}
    monkeypatch.setattr(rights, "RIGHTS_OF", without)
    row = table(fill(add(blank(["姓名", "身份证号", "联系电话", "房东电话", "住址"]))), 4, 4)[0]
    assert row[1:4] == ("4****************X", "139****0003", "137****0009")


def test_a_filling_is_in_the_audit_chain_with_form_group_and_rows(add: AddForm, fill: Fill, coordinator: Actor):
    fill(add("police.xlsx"), who="people|kind=tenant")
    with scoped(coordinator, Right.AUDIT_READ):
        entry = AuditEntry.objects.get(action="form_filled")
        told = audit.details_of([entry])[0]["after"]
    assert (told["rows"], told["who"], told["numbers"]) == (2, "people|kind=tenant", True)


def test_pages_need_no_more_queries_for_more_forms(clerk: Client, add: AddForm, django_assert_max_num_queries: Any):
    for _number in range(3):
        add("police.xlsx")
    with django_assert_max_num_queries(25):
        assert text_of(clerk.get(FORMS)).count("l-choice") >= 3


def test_a_form_can_be_thrown_away(clerk: Client, add: AddForm):
    form = add("police.xlsx")
    assert clerk.post(f"/forms/{form.pk}/drop/").status_code == 302
    assert clerk.get(f"/forms/{form.pk}/").status_code == 404


def test_form_without_a_table_goes_its_way_too(clerk: Client) -> None:
    rows = [
        ["社区名称", None, "总户数", None],
        ["总人口", None, "租户", None],
        ["60岁以上老年人", None, "楼栋数", None],
    ]
    book, file = lined(blank(["社区基本情况表"], *rows), 2, 4, 4), io.BytesIO()
    book.save(file)
    columns = send(clerk, file.getvalue())["Location"]
    page = text_of(clerk.get(columns))
    assert "社区基本情况表：填 5 格" in page
    assert "一项一格" in page
    form = clerk.get(columns).context["form"]
    answer = clerk.post(columns, {name: form[name].initial or "" for name in form.fields})
    done = fill_by_pages(clerk, answer["Location"])
    assert opened(clerk.get(f"{done}file/")).worksheets[0]["B3"].value == 8


def test_whom_depends_on_a_round_is_asked_for_it(clerk: Client) -> None:
    file = io.BytesIO()
    blank(["未采样人员登记表"], ["序号", "姓名", "住址"], []).save(file)
    page = send(clerk, file.getvalue())["Location"].replace("columns/", "")
    asked = clerk.get(page)
    assert "people|round=open" in text_of(asked)
    refused = clerk.post(page, {"day": asked.context["form"].initial["day"].isoformat(), "who": "people|round=open"})
    assert refused.status_code == 422
    assert "填写对象要看某一轮的结果" in text_of(refused)
