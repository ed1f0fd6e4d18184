"""A list taken out as a spreadsheet, edited, and imported back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import Invalid, NotFound
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.models import Building
from linli.registry.models import PersonPhone
from linli.registry.selectors.chosen import Chosen
from linli.registry.services.ledger_export import export_list
from linli.registry.services.ledger_import import import_ledger
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.people import PersonWords, edit_person
from tests.conftest import BALICHA
from tests.registry.conftest import Import
from tests.registry.office import person_named, whole_register

pytestmark = pytest.mark.django_db


def edited(path: Path, **cells: str) -> Path:
    """Change cells of the first person of an exported list."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book.active
    at = {cell.value: cell.column for cell in sheet[2]}
    for header, value in cells.items():
        sheet.cell(3, at[header], value)
    book.save(path)
    return path


def names_in(path: Path) -> list[str]:
    sheet: Any = openpyxl.load_workbook(path).active
    at = {cell.value: cell.column for cell in sheet[2]}
    return [sheet.cell(row, at["姓名"]).value for row in range(3, sheet.max_row + 1)]


def building(name: str) -> Any:
    with scope_of(((BALICHA, BALICHA + 1),)):
        return Building.objects.get(name=name).pk


def test_a_building_a_care_need_and_a_search_are_taken_out_alone(take_in: Import, coordinator: Actor):
    take_in()
    lists = [Chosen(building=building("2")), Chosen(need="孕妇"), Chosen(query="张")]
    taken = [export_list(coordinator, BALICHA, chosen).path for chosen in lists]
    assert [names_in(path) for path in taken] == [["陈静", "陈强", None], ["李娜"], ["张伟"]]
    with scoped(coordinator, Right.AUDIT_READ):
        told = [
            audit.details_of([one])[0]["after"]
            for one in AuditEntry.objects.filter(action="list_exported").order_by("number")
        ]
    assert [(one["list"], one["persons"]) for one in told] == [("building", 2), ("need", 1), ("search", 1)]


def test_an_edited_list_changes_who_is_in_it_and_nobody_else(take_in: Import, coordinator: Actor):
    take_in()
    before = whole_register()
    path = edited(export_list(coordinator, BALICHA, Chosen(query="张伟")).path, 联系电话="13911112222")
    report = import_ledger(coordinator, BALICHA, path)
    assert (report.created, report.updated, report.conflicts, report.missing_from_file) == (0, 1, (), ())
    assert report.import_id is not None
    undo_import(coordinator, report.import_id)
    assert {table: rows for table, rows in whole_register().items() if rows != before[table]} == {}


def test_an_edit_made_here_before_the_export_is_no_conflict(take_in: Import, coordinator: Actor):
    take_in()
    edit_person(coordinator, person_named("张伟").pk, PersonWords(name="张伟", phones=("13922223333",)))
    path = edited(export_list(coordinator, BALICHA, Chosen(query="张伟")).path, 联系电话="13911112222")
    report = import_ledger(coordinator, BALICHA, path)
    assert (report.updated, report.conflicts) == (1, ())
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert PersonPhone.objects.filter(person__name="张伟").count() == 1


def test_an_edit_made_here_after_the_export_is_listed(take_in: Import, coordinator: Actor):
    take_in()
    path = edited(export_list(coordinator, BALICHA, Chosen(query="张伟")).path, 联系电话="13911112222")
    edit_person(coordinator, person_named("张伟").pk, PersonWords(name="张伟", phones=("13922223333",)))
    report = import_ledger(coordinator, BALICHA, path)
    assert [one["field"] for one in report.conflicts] == ["phones"]


def test_name_and_number_can_both_be_corrected(take_in: Import, coordinator: Actor):
    take_in()
    path = edited(export_list(coordinator, BALICHA, Chosen(query="陈静")).path, 姓名="陈婧")
    report = import_ledger(coordinator, BALICHA, path)
    assert (report.created, report.updated) == (0, 1)
    assert person_named("陈婧").name == "陈婧"


def test_the_marks_of_rows_are_not_kept_as_the_offices_column(take_in: Import, coordinator: Actor):
    take_in()
    for _time in range(2):
        path = export_list(coordinator, BALICHA, Chosen(query="张伟")).path
        import_ledger(coordinator, BALICHA, path)
    sheet: Any = openpyxl.load_workbook(export_list(coordinator, BALICHA, Chosen(query="张伟")).path).active
    assert [cell.value for cell in sheet[2]].count("邻里编号") == 1


def test_a_list_without_anybody_and_a_building_of_another_community_are_refused(
    take_in: Import, coordinator: Actor, stranger: Actor
):
    take_in()
    with pytest.raises(Invalid, match="没有人"):
        export_list(coordinator, BALICHA, Chosen(query="查无此人"))
    with pytest.raises(NotFound):
        export_list(stranger, BALICHA, Chosen(building=building("1")))
