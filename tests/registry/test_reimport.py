import pytest

from linli.core.actors import Actor
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.models import Household, LedgerChange, RegisterFlag, Residency
from linli.registry.selectors.cards import person_card
from linli.registry.selectors.doors import community_figures
from linli.registry.services.people import PersonWords, edit_person
from linli.registry.services.stays import end_residency
from tests.conftest import BALICHA
from tests.registry.conftest import Import
from tests.registry.office import (
    HEADERS,
    LI,
    NO_NUMBER,
    PEOPLE,
    VACANT,
    WANG,
    WRONG_NUMBER,
    ZHANG,
    changed,
    id_number,
    person_named,
    whole_register,
)

pytestmark = pytest.mark.django_db


def test_dry_run_writes_nothing(take_in: Import, coordinator: Actor):
    before = whole_register()
    report = take_in(dry_run=True)
    assert (report.persons, report.created, report.dwellings, report.vacant) == (5, 5, 4, 1)
    assert report.import_id is None
    assert whole_register() == before
    with scoped(coordinator, Right.AUDIT_READ):
        assert not AuditEntry.objects.exists()


def test_import_is_one_audit_entry(take_in: Import, coordinator: Actor):
    take_in()
    with scoped(coordinator, Right.AUDIT_READ):
        assert list(AuditEntry.objects.values_list("action", "actor")) == [("ledger_imported", "coordinator")]


def test_same_ledger_again_touches_no_row(take_in: Import, coordinator: Actor):
    take_in()
    before = whole_register()
    again = take_in()
    assert (again.created, again.updated, again.unchanged) == (0, 0, 5)
    assert whole_register() == before
    with scoped(coordinator, Right.LEDGER_READ):
        assert not LedgerChange.objects.filter(ledger_import_id=again.import_id).exists()


def test_takes_over_what_changed_in_the_file_and_nothing_else(take_in: Import, coordinator: Actor):
    take_in()
    report = take_in(
        (changed(ZHANG, 联系电话="13911111111"), changed(LI, 备注=""), WANG, NO_NUMBER, WRONG_NUMBER, VACANT)
    )
    assert (report.updated, report.unchanged, report.conflicts) == (2, 3, ())
    assert person_card(coordinator, person_named("张伟").id).person.phones == ("139****1111",)
    assert person_card(coordinator, person_named("李娜").id).person.care_needs == ()


def test_field_edited_here_and_changed_in_the_file_is_a_conflict(take_in: Import, coordinator: Actor):
    take_in()
    edit_person(coordinator, person_named("张伟").id, PersonWords(phones=("13922222222",)))
    report = take_in((changed(ZHANG, 联系电话="13911111111"), *PEOPLE[1:]))
    [conflict] = report.conflicts
    assert (conflict["name"], conflict["row"], conflict["field"]) == ("张伟", 3, "phones")
    assert (conflict["file"], conflict["kept"]) == (["13911111111"], ["13922222222"])
    assert conflict["reason"] == "both_changed"
    assert person_card(coordinator, person_named("张伟").id).person.phones == ("139****2222",)


def test_field_edited_here_is_kept_and_listed_when_the_file_says_what_it_said(take_in: Import, coordinator: Actor):
    take_in()
    edit_person(coordinator, person_named("王芳").id, PersonWords(residency_kind="away"))
    [conflict] = take_in().conflicts
    assert (conflict["field"], conflict["file"], conflict["kept"]) == ("residency_kind", "tenant", "away")
    assert conflict["reason"] == "edited_here"


def test_person_missing_from_a_later_file_is_listed_and_stays(take_in: Import, coordinator: Actor):
    take_in()
    report = take_in((LI, WANG, NO_NUMBER, WRONG_NUMBER, VACANT))
    assert [one["name"] for one in report.missing_from_file] == ["张伟"]
    assert community_figures(coordinator, BALICHA).persons == 5


def test_ledger_of_one_compound_says_nothing_about_another(take_in: Import):
    take_in()
    assert take_in((changed(ZHANG, 小区="玫瑰园", 姓名="孙梅", 身份证号码="", 联系电话=""),)).missing_from_file == ()


def test_moved_person_leaves_the_old_door_and_its_empty_household(take_in: Import, coordinator: Actor):
    take_in()
    report = take_in((ZHANG, LI, changed(WANG, 房号="202", 楼栋="2"), NO_NUMBER, WRONG_NUMBER))
    assert (report.moved, report.updated) == (1, 1)
    card = person_card(coordinator, person_named("王芳").id)
    assert [(stay.address.room, stay.end_reason) for stay in card.stays] == [("202", ""), ("102", "moved")]
    with scoped(coordinator, Right.LEDGER_READ):
        assert Household.objects.filter(until=None, dwelling__room="102").count() == 0
        assert Residency.objects.filter(until=None).count() == 5


def test_person_who_moved_away_here_is_not_brought_back_by_the_old_ledger(take_in: Import, coordinator: Actor):
    take_in()
    end_residency(coordinator, person_named("张伟").id, "moved")
    [conflict] = take_in().conflicts
    assert (conflict["field"], conflict["kept"], conflict["reason"]) == ("place", None, "edited_here")
    assert community_figures(coordinator, BALICHA).persons == 4


def test_corrected_number_joins_the_person_and_resolves_the_flag(take_in: Import, coordinator: Actor):
    take_in()
    right = id_number("20100101")
    report = take_in((*PEOPLE[:4], changed(WRONG_NUMBER, 身份证号码=right), VACANT))
    assert (report.created, report.updated) == (0, 1)
    with scoped(coordinator, Right.LEDGER_READ):
        open_flags = RegisterFlag.objects.filter(resolved_at=None).values_list("name", "kind")
        assert sorted(open_flags) == [("陈静", "id_missing")]


def test_column_that_the_file_lacks_removes_nothing(take_in: Import):
    take_in()
    without = [header for header in HEADERS if header not in ("联系电话", "备注")]
    rows = [[cell for header, cell in zip(HEADERS, row, strict=True) if header in without] for row in PEOPLE[:5]]
    report = take_in(rows, headers=without)
    assert (report.updated, report.unchanged, report.conflicts) == (0, 5, ())


def test_address_unknown_people_are_kept_as_households_of_their_own(take_in: Import, coordinator: Actor):
    lost = [changed(row, 楼栋="", 单元="", 房号="", 与户主关系="户主") for row in (ZHANG, WANG)]
    report = take_in([WRONG_NUMBER, NO_NUMBER, *lost])
    assert (report.persons, report.households) == (4, 3)
    assert take_in([WRONG_NUMBER, NO_NUMBER, *lost]).unchanged == 4
    assert community_figures(coordinator, BALICHA).households == 3
