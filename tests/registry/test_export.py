import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.home import folder
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.export.tables import is_live
from linli.registry.services.ledger_export import export_ledger
from linli.registry.services.ledger_import import import_ledger
from linli.registry.services.people import PersonWords, add_person_without_dwelling
from linli.registry.services.stays import end_residency
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import (
    HEADERS,
    NO_NUMBER,
    PEOPLE,
    WANG,
    ZHANG,
    changed,
    id_number,
    person_named,
    whole_register,
)

pytestmark = pytest.mark.django_db
LIVE = '=HYPERLINK("http://evil.example","x")'


def test_workbook_can_be_edited_and_imported_back(take_in: Import, coordinator: Actor, tmp_path: Path):
    take_in()
    path = export_ledger(coordinator, BALICHA, "xlsx", tmp_path / "out.xlsx").path
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    at = {cell.value: index for index, cell in enumerate(sheet[2])}
    row = next(row for row in sheet.iter_rows(min_row=3) if row[at["姓名"]].value == "张伟")
    assert row[at["身份证号码"]].value == ZHANG[HEADERS.index("身份证号码")]
    row[at["联系电话"]].value = "13911111111"
    book.save(path)
    report = import_ledger(coordinator, BALICHA, path)
    assert (report.created, report.updated, report.unchanged, report.conflicts) == (0, 1, 4, ())


def test_wrong_number_comes_back_where_it_stands(take_in: Import, coordinator: Actor, tmp_path: Path):
    take_in()
    path = export_ledger(coordinator, BALICHA, "xlsx", tmp_path / "out.xlsx").path
    report = import_ledger(coordinator, BALICHA, path)
    kinds = sorted((flag.name, flag.kind) for flag in report.flags)
    assert kinds == [("陈强", "id_check_digit"), ("陈静", "id_missing")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_an_export_is_a_live_formula(take_in: Import, coordinator: Actor, tmp_path: Path, start: str):
    live = start + LIVE[1:]
    people = (changed(ZHANG, 备注=live), changed(WANG, 房东姓名=LIVE, 小区=LIVE))
    take_in([[*row, "鄂A12345"] for row in people], headers=[*HEADERS, live])
    book = openpyxl.load_workbook(export_ledger(coordinator, BALICHA, "xlsx", tmp_path / "out.xlsx").path)
    assert book.active is not None
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not any(cell.data_type == "n" and cell.value is not None for row in book.active.iter_rows() for cell in row)
    assert all(cell.quotePrefix for row in book.active.iter_rows() for cell in row if is_live(str(cell.value or "")))
    with export_ledger(coordinator, BALICHA, "csv", tmp_path / "out.csv").path.open(encoding="utf-8-sig") as file:
        assert not [cell for row in csv.reader(file) for cell in row if is_live(cell)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_header_that_looks_like_a_formula_comes_back_as_it_was(
    take_in: Import, coordinator: Actor, tmp_path: Path, kind: str
):
    take_in([[*ZHANG, "鄂A12345"]], headers=[*HEADERS, "=车牌号"])
    path = export_ledger(coordinator, BALICHA, kind, tmp_path / f"out.{kind}").path
    report = import_ledger(coordinator, BALICHA, path)
    assert (report.updated, report.unchanged, report.conflicts) == (0, 1, ())


def test_json_has_one_object_a_person(take_in: Import, coordinator: Actor, tmp_path: Path):
    take_in()
    people = json.loads(export_ledger(coordinator, BALICHA, "json", tmp_path / "out.json").path.read_text("utf-8"))
    by_name = {person["name"]: person for person in people}
    household = by_name["张伟"]["household_id"]
    assert by_name["李娜"] == {
        "name": "李娜", "sex": "女", "birth": "1982-02-02", "id_number": PEOPLE[1][7], "id_kind": "resident_id",
        "phones": ["13900000002"], "household_id": household, "compound": "明珠华府", "building": "1", "unit": "1",
        "room": "101", "relation": "配偶", "residency_kind": "resident", "hukou_division": "", "care_needs": ["孕妇"],
        "landlord": None, "flags": [],
    }  # fmt: skip
    assert by_name["王芳"]["landlord"] == {"name": "赵六", "phones": ["13700000009"]}
    assert (by_name["陈强"]["id_number"], by_name["陈强"]["flags"]) == (None, ["id_check_digit"])
    assert by_name["陈强"]["residency_kind"] == "away"


def test_columns_of_the_office_are_handed_back(take_in: Import, coordinator: Actor, tmp_path: Path):
    take_in([[*ZHANG, "鄂A12345"], [*NO_NUMBER, ""]], headers=[*HEADERS, "车牌号"])
    sheet = openpyxl.load_workbook(export_ledger(coordinator, BALICHA, "xlsx", tmp_path / "out.xlsx").path).active
    assert sheet is not None
    column = next(cell.column for cell in sheet[2] if cell.value == "车牌号")
    assert [cell.value for cell in next(sheet.iter_cols(column, column, 3))] == ["鄂A12345", None]


def test_export_is_audited_with_how_many(take_in: Import, coordinator: Actor):
    take_in()
    report = export_ledger(coordinator, BALICHA, "csv")
    assert report.path.parent == folder("spool")
    assert report.path.stat().st_mode & 0o077 == 0
    report.path.unlink()
    with scoped(coordinator, Right.AUDIT_READ):
        entry = AuditEntry.objects.get(action="ledger_exported")
        assert audit.details_of([entry])[0]["after"] == {"persons": 5, "format": "csv"}


def test_export_needs_its_right_in_that_community(
    take_in: Import, coordinator: Actor, desk_clerk: Actor, stranger: Actor
):
    spooled: list[Any] = list(folder("spool").iterdir())
    with pytest.raises(Refused):
        export_ledger(desk_clerk, BALICHA, "csv")
    with pytest.raises(NotFound):
        export_ledger(stranger, BALICHA, "csv")
    with answers("format_unknown"):
        export_ledger(coordinator, BALICHA, "pdf")
    assert list(folder("spool").iterdir()) == spooled


def walk_ins(actor: Actor) -> None:
    for words in (
        PersonWords(name="访客甲", id_number=id_number("19770707"), phones=("13600000001",), remarks="探亲"),
        PersonWords(name="访客乙", sex="female", birth=date(1990, 1, 2)),
        PersonWords(name="访客丙", care_needs=("透析",)),
    ):
        add_person_without_dwelling(actor, BALICHA, words)


def test_people_without_a_door_are_exported(take_in: Import, coordinator: Actor, tmp_path: Path):
    take_in()
    walk_ins(coordinator)
    end_residency(coordinator, person_named("王芳").pk, "moved")
    report = export_ledger(coordinator, BALICHA, "json", tmp_path / "out.json")
    by_name = {person["name"]: person for person in json.loads(report.path.read_text("utf-8"))}
    assert sorted(by_name) == ["张伟", "李娜", "访客丙", "访客乙", "访客甲", "陈强", "陈静"]
    assert report.persons == 7
    assert {by_name["访客甲"][key] for key in ("household_id", "compound", "building", "unit", "room")} == {None, ""}
    assert (by_name["访客甲"]["phones"], by_name["访客丙"]["care_needs"]) == (["13600000001"], ["透析"])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_people_without_a_door_come_back_once_and_lose_nothing(
    take_in: Import, coordinator: Actor, tmp_path: Path, kind: str
):
    take_in()
    walk_ins(coordinator)
    before = told_in_json(coordinator, tmp_path)
    doors = len(whole_register()["places_dwelling"])
    path = export_ledger(coordinator, BALICHA, kind, tmp_path / f"out.{kind}").path
    for _time in range(2):
        report = import_ledger(coordinator, BALICHA, path)
        assert (report.created, report.updated, report.moved, report.new_dwellings) == (0, 0, 0, 0)
        assert (report.unchanged, report.conflicts) == (8, ())
        after = told_in_json(coordinator, tmp_path)
        assert [{**one, "flags": []} for one in after] == [{**one, "flags": []} for one in before]
    assert len(whole_register()["places_dwelling"]) == doors


def told_in_json(actor: Actor, folder: Path) -> list[dict[str, Any]]:
    path = export_ledger(actor, BALICHA, "json", folder / "told.json").path
    told: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    path.unlink()
    return told
