import pytest

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.models import Household
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.people import PersonWords, add_person, edit_person
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import LI, PEOPLE, WANG, ZHANG, changed, id_number, person_named, whole_register

pytestmark = pytest.mark.django_db
LATER = (
    changed(ZHANG, 联系电话="13911111111、13911111112"), changed(LI, 备注="透析"),
    changed(WANG, 房号="103", 房东姓名="钱七"), changed(ZHANG, 姓名="孙梅", 身份证号码=id_number("19990909"), 房号="104"),
)  # fmt: skip


def test_undo_of_the_first_import_leaves_nothing(take_in: Import, coordinator: Actor):
    before = whole_register()
    report = take_in()
    assert report.import_id
    undone = undo_import(coordinator, report.import_id)
    assert undone.removed > 5
    assert whole_register() == before


def test_undo_of_a_later_import_brings_every_row_back(take_in: Import, coordinator: Actor):
    take_in()
    before = whole_register()
    later = take_in(LATER)
    assert (later.created, later.updated, later.moved) == (1, 3, 1)
    assert whole_register() != before
    assert later.import_id
    undo_import(coordinator, later.import_id)
    assert whole_register() == before


def test_refuses_undo_while_a_later_import_stands(take_in: Import, coordinator: Actor):
    first, later = take_in(), take_in(LATER)
    assert first.import_id
    assert later.import_id
    with answers("undo_blocked"):
        undo_import(coordinator, first.import_id)
    undo_import(coordinator, later.import_id)
    undo_import(coordinator, first.import_id)
    with answers("not_imported"):
        undo_import(coordinator, first.import_id)


def test_later_import_without_a_change_does_not_stand_in_the_way(take_in: Import, coordinator: Actor):
    first = take_in()
    take_in()
    assert first.import_id
    assert undo_import(coordinator, first.import_id).removed


def test_refuses_undo_after_an_edit_and_names_who_was_edited(take_in: Import, coordinator: Actor):
    report = take_in()
    edit_person(coordinator, person_named("张伟").id, PersonWords(remarks="改过"))
    before = whole_register()
    assert report.import_id
    with answers("undo_blocked") as caught:
        undo_import(coordinator, report.import_id)
    assert "张伟" in caught.value.in_language("zh-hans")
    assert whole_register() == before


def test_refuses_undo_when_a_newcomer_lives_in_an_imported_household(take_in: Import, coordinator: Actor):
    report = take_in(PEOPLE)
    with scoped(coordinator, Right.LEDGER_READ):
        dwelling = Household.objects.get(dwelling__room="101").dwelling_id
    add_person(coordinator, dwelling, PersonWords(name="张小宝"))
    assert report.import_id
    with answers("undo_blocked"):
        undo_import(coordinator, report.import_id)


def test_import_of_another_community_is_not_found(take_in: Import, stranger: Actor):
    report = take_in()
    assert report.import_id
    with pytest.raises(NotFound):
        undo_import(stranger, report.import_id)
