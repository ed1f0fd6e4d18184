"""A ledger's way through the pages: upload, columns, check, import, result, undo."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from linli.core.home import folder
from linli.core.scope import scope_of
from linli.registry.models import LedgerImport, Person
from linli.registry.services.columns import FIELDS
from linli.registry.wording import COLUMNS
from tests.conftest import BALICHA
from tests.registry.office import HEADERS, PEOPLE, WANG, ZHANG, changed, person_named, whole_register, written
from tests.registry.pages.conftest import LEDGER, latest, page, send, text_of, work_off

pytestmark = pytest.mark.django_db
Act = Callable[..., LedgerImport]


def test_a_check_and_an_import_can_be_stopped_on_their_page(office: Client, tmp_path: Path) -> None:
    before = whole_register()
    send(office, "台账.xlsx", written(tmp_path, PEOPLE).read_bytes())
    one = latest()
    for way in ("columns/", "check/"):
        assert page(one, "stop/") in text_of(office.get(page(one, way)))
        assert "将在下一步停止" in text_of(office.post(page(one, "stop/"), follow=True))
        work_off()
        office.post(page(one, "again/"))
        work_off()
        office.post(page(one, "confirm/"))
    assert whole_register() == before
    work_off()
    assert latest().state == "imported"
    office.post(page(one, "undo/"))
    assert page(one, "stop/") not in text_of(office.get(page(one)))
    assert office.post(page(one, "stop/")).status_code == 409


def test_walks_from_upload_to_result_and_back(office: Client, upload: Act) -> None:
    before = whole_register()
    one = upload()
    assert one.state == "checked"
    assert "身份证号码" in text_of(office.get(page(one, "columns/")))
    assert "可以导入 5 人" in text_of(office.get(page(one, "check/")))
    assert whole_register() == before
    assert office.post(page(one, "confirm/")).headers["Location"] == page(one)
    assert "upload-progress" in text_of(office.get(page(one)))
    work_off()
    assert "已导入 5 人：新增 5" in text_of(office.get(page(one)))
    assert office.post(page(one, "undo/")).headers["Location"] == page(one)
    assert "正在撤销" in text_of(office.get(page(one)))
    work_off()
    assert whole_register() == before
    assert "已撤销" in text_of(office.get(page(one)))


def test_shows_imports_so_far_with_who_and_how_many(office: Client, taken_in: Act) -> None:
    assert "还没有导入过台账" in text_of(office.get(LEDGER))
    one = taken_in(name="八里岔.xlsx")
    shown = text_of(office.get(LEDGER))
    assert "八里岔.xlsx" in shown
    assert page(one) in shown
    assert one.asked_by in shown


def test_columns_show_masked_samples_and_what_each_was_taken_for(office: Client, upload: Act) -> None:
    shown = text_of(office.get(page(upload(), "columns/")))
    assert ZHANG[7] not in shown
    assert f"4****************{ZHANG[7][-1]}" in shown
    assert "139****0001" in shown
    assert '<option value="id_number" selected>' in shown


def test_a_corrected_column_is_remembered_and_read_again(office: Client, upload: Act) -> None:
    headers = [header if header != "备注" else "网格员" for header in HEADERS]
    one = upload(headers=headers)
    form = {f"column-{at}": "" for at in range(len(HEADERS))}
    shown = office.get(page(one, "columns/")).context["form"]
    form = {name: field for name, (_key, field) in shown.keys.items()}
    name = next(name for name, (key, _field) in shown.keys.items() if key == "网格员")
    assert office.post(page(one, "columns/"), {**form, name: "remarks"}).headers["Location"] == page(one, "columns/")
    work_off()
    again = office.get(page(one, "columns/")).context["form"]
    assert again.keys[name] == ("网格员", "remarks")
    assert "按您改过的" in text_of(office.get(page(one, "columns/")))


def test_columns_left_as_they_are_lead_to_the_check(office: Client, upload: Act) -> None:
    one = upload()
    form = {name: field for name, (_key, field) in office.get(page(one, "columns/")).context["form"].keys.items()}
    assert office.post(page(one, "columns/"), form).headers["Location"] == page(one, "check/")


def test_refuses_a_field_that_there_is_not(office: Client, upload: Act) -> None:
    assert office.post(page(upload(), "columns/"), {"column-0": "blood"}).status_code == 422


def test_every_field_of_a_column_has_its_word() -> None:
    assert set(COLUMNS) == set(FIELDS)


def test_a_sheet_that_was_not_read_says_why(office: Client, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415  # only this test

    path = written(tmp_path, PEOPLE)
    book = openpyxl.load_workbook(path)
    book.create_sheet("填表说明")["A1"] = "请如实填写"
    book.create_sheet("空表")
    book.save(path)
    send(office, "台账.xlsx", path.read_bytes())
    work_off()
    shown = text_of(office.get(page(latest(), "columns/")))
    assert "填表说明" in shown
    assert "这个工作表没有人员表格。" in shown
    assert "这个工作表是空的。" in shown


def test_check_lists_each_problem_with_row_name_and_what_to_do(office: Client, upload: Act) -> None:
    one = upload()
    shown = text_of(office.get(page(one, "check/")))
    assert "台账 第 6 行" in shown
    assert "陈静" in shown
    assert "没有身份证号码" in shown
    assert "下次上门时补登" in shown


def test_problems_are_filtered_by_kind(office: Client, upload: Act) -> None:
    one = upload()
    found = office.get(page(one, "check/"), {"show": "problems", "kind": "id_missing"}).context["found"]
    assert {row.kind for row in found.rows} == {"id_missing"}
    assert len(found.rows) < found.counts["problems"]


def test_problems_are_paged(office: Client, upload: Act) -> None:
    rows = [changed(ZHANG, 姓名=f"张{at}", 身份证号码="", 房号=str(101 + at)) for at in range(60)]
    one = upload(rows)
    assert len(office.get(page(one, "check/")).context["found"].rows) == 50
    assert len(office.get(page(one, "check/"), {"page": "2"}).context["found"].rows) >= 10
    assert office.get(page(one, "check/"), {"page": "x"}).status_code == 200


def test_wrong_numbers_are_masked_in_problems(office: Client, upload: Act) -> None:
    one = upload()
    shown = text_of(office.get(page(one, "check/")))
    assert "421303201001011110" not in shown
    assert "4****************0" in shown


def test_importing_again_changes_nothing_and_says_so(office: Client, taken_in: Act, upload: Act) -> None:
    taken_in()
    one = upload()
    assert (one.report["created"], one.report["updated"], one.report["unchanged"]) == (0, 0, 5)


def test_what_was_edited_here_is_listed_against_the_file(office: Client, taken_in: Act, upload: Act) -> None:
    taken_in()
    person = person_named("张伟")
    edit = f"/persons/{person.pk}/edit/"
    form = office.get(edit).context["form"]
    told = {**form.initial, "name": "张大伟", "phones": "13811112222"}
    assert office.post(edit, told).status_code == 302
    one = upload([changed(ZHANG, 姓名="张小伟"), *PEOPLE[1:]])
    found = office.get(page(one, "check/"), {"show": "conflicts"}).context["found"]
    names = {str(row["field"]): (row["kept"], row["file"]) for row in found.rows}
    assert names["姓名"] == ("张大伟", "张小伟")
    assert names["电话"] == ("138****2222", "139****0001")


def test_who_is_missing_from_the_file_is_listed_and_stays(office: Client, taken_in: Act, upload: Act) -> None:
    taken_in()
    one = upload([row for row in PEOPLE if row is not WANG])
    shown = text_of(office.get(page(one, "check/"), {"show": "missing"}))
    assert "王芳" in shown
    assert "明珠华府 1-1-102" in shown


def test_result_opens_the_person_behind_a_flag(office: Client, taken_in: Act) -> None:
    one = taken_in()
    urls = {row.name: row.url for row in office.get(page(one)).context["found"].rows}
    assert urls["陈静"] == f"/persons/{person_named('陈静').pk}/"
    assert office.get(urls["陈静"]).status_code == 200


def test_undo_is_refused_when_somebody_was_edited_since(office: Client, taken_in: Act) -> None:
    one = taken_in()
    edit = f"/persons/{person_named('王芳').pk}/edit/"
    office.post(edit, {**office.get(edit).context["form"].initial, "remarks": "换锁了"})
    before = whole_register()
    office.post(page(one, "undo/"))
    work_off()
    answer = office.get(page(one))
    assert "王芳" in text_of(answer)
    assert 'action="' + page(one, "undo/") in text_of(answer)
    assert whole_register() == before


def test_undoing_twice_says_that_it_was_undone(office: Client, taken_in: Act) -> None:
    one = taken_in()
    office.post(page(one, "undo/"))
    assert "upload-progress" in text_of(office.post(page(one, "undo/")))
    work_off()
    assert office.post(page(one, "undo/")).status_code == 409


def test_confirming_twice_imports_once(office: Client, upload: Act) -> None:
    one = upload()
    office.post(page(one, "confirm/"))
    assert "upload-progress" in text_of(office.post(page(one, "confirm/")))
    work_off()
    assert office.post(page(one, "confirm/")).headers["Location"] == page(one)
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert Person.objects.count() == 5


def test_progress_can_be_left_and_found_again(office: Client, tmp_path: Path) -> None:
    send(office, "台账.xlsx", written(tmp_path, PEOPLE).read_bytes())
    one = latest()
    asked = {"HX-Request": "true"}
    fragment = office.get(page(one, "progress/"), headers=asked)
    assert "data-poll" in text_of(fragment)
    assert "HX-Redirect" not in fragment.headers
    assert page(one, "columns/") in text_of(office.get(LEDGER))
    work_off()
    assert office.get(page(one, "progress/"), headers=asked).headers["HX-Redirect"] == page(one, "columns/")
    assert office.get(page(one, "progress/")).headers["Location"] == page(one, "columns/")


def test_progress_moves_without_javascript(office: Client, tmp_path: Path) -> None:
    send(office, "台账.xlsx", written(tmp_path, PEOPLE).read_bytes())
    assert '<noscript><meta http-equiv="refresh"' in text_of(office.get(page(latest(), "columns/")))


def test_the_file_is_private_and_goes_with_the_import(
    office: Client, upload: Act, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]]
) -> None:
    one = upload()
    [file] = folder("uploads").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    office.post(page(one, "confirm/"))
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    assert list(folder("uploads").iterdir()) == []


def test_a_dropped_upload_is_gone_with_its_file(office: Client, upload: Act) -> None:
    one = upload()
    assert office.post(page(one, "drop/")).headers["Location"] == LEDGER
    assert list(folder("uploads").iterdir()) == []
    assert office.get(page(one, "check/")).status_code == 410


def test_a_file_that_was_cleared_away_asks_for_another_upload(office: Client, upload: Act) -> None:
    one = upload()
    for file in folder("uploads").iterdir():
        file.unlink()
    for answer in (office.get(page(one, "columns/")), office.post(page(one, "confirm/"))):
        assert answer.status_code == 410
        assert "请重新上传" in text_of(answer)


def test_a_ledger_of_another_community_asks_before_it_is_checked(office: Client, upload: Act) -> None:
    one = upload(title="邻近社区居民信息台账（2026年）")
    answer = office.get(page(one, "columns/"))
    assert answer.status_code == 409
    assert "邻近社区" in text_of(answer)
    assert office.post(page(one, "confirm/")).status_code == 409
    office.post(page(one, "again/"), {"confirmed": "1"})
    work_off()
    assert "您已确认" in text_of(office.get(page(one, "check/")))
    office.post(page(one, "confirm/"))
    work_off()
    assert latest().state == "imported"


def test_an_import_that_was_never_made_is_not_here(office: Client) -> None:
    assert office.get(f"/imports/{UUID(int=7)}/").status_code == 404
