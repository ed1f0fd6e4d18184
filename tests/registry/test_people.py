from datetime import date, timedelta
from typing import Literal
from uuid import UUID

import pytest

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Dwelling
from linli.registry.access import access_import, access_person
from linli.registry.selectors.cards import dwelling_card, person_card
from linli.registry.services.people import (
    PersonWords,
    add_person,
    edit_person,
    unmask_identity,
)
from linli.registry.services.stays import end_residency, move_household
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import WANG, ZHANG, id_number, person_named

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register(take_in: Import) -> None:
    take_in()


def door(actor: Actor, building: str, room: str) -> UUID:
    with scoped(actor, Right.PLACES_READ):
        found: UUID = Dwelling.objects.get(room=room, unit__building__name=building).id
        return found


def test_newcomer_joins_the_household_behind_the_door(coordinator: Actor):
    here = door(coordinator, "1", "101")
    number = id_number("20010203")
    add_person(
        coordinator, here, PersonWords(name="张小宝", id_number=number, phones=("13800000001",), relation="子女")
    )
    [household] = dwelling_card(coordinator, here).households
    assert [member.name for member in household.members] == ["张伟", "李娜", "张小宝"]
    assert household.members[2].id_number == f"4****************{number[-1]}"


def test_newcomer_makes_a_vacant_dwelling_a_household(coordinator: Actor):
    here = door(coordinator, "2", "202")
    assert dwelling_card(coordinator, here).is_vacant
    add_person(coordinator, here, PersonWords(name="孙梅"))
    assert not dwelling_card(coordinator, here).is_vacant


def test_refuses_newcomer_without_name_or_with_a_number_that_is_known(coordinator: Actor):
    here = door(coordinator, "2", "202")
    with answers("name_missing"):
        add_person(coordinator, here, PersonWords(name=" "))
    with answers("id_number_known"):
        add_person(coordinator, here, PersonWords(name="孙梅", id_number=f" {ZHANG[7].lower()}"))
    with answers("id_check_digit"):
        add_person(coordinator, here, PersonWords(name="孙梅", id_number="421303201001011110"))


def test_somebody_whose_number_is_anothers_is_entered_without_it_and_flagged(coordinator: Actor):
    here = door(coordinator, "2", "202")
    words = PersonWords(name="孙梅", id_number=ZHANG[7])
    card = person_card(coordinator, add_person(coordinator, here, words, number_shared=True).id)
    assert (card.person.id_number, card.person.birth, card.flags) == ("", date(1980, 1, 1), ("id_shared",))
    free = PersonWords(name="孙兰", id_number=id_number("20100101"))
    assert person_card(coordinator, add_person(coordinator, here, free, number_shared=True).id).person.id_number


def test_corrected_number_tells_birth_and_resolves_its_flag(coordinator: Actor):
    person = person_named("陈强")
    assert person_card(coordinator, person.id).flags == ("id_check_digit",)
    edit_person(coordinator, person.id, PersonWords(id_number=id_number("20100101")))
    card = person_card(coordinator, person.id)
    assert (card.flags, card.person.birth, card.person.sex) == ((), date(2010, 1, 1), "male")


def test_edit_changes_only_what_was_said(coordinator: Actor):
    person = person_named("王芳")
    edit_person(coordinator, person.id, PersonWords(care_needs=("透析",), birth=date(1950, 3, 4)))
    card = person_card(coordinator, person.id)
    assert (card.person.care_needs, card.person.birth, card.person.phones) == (
        ("透析",),
        date(1950, 3, 4),
        ("139****0003",),
    )
    assert person_named("王芳").edited_at


def test_moved_household_keeps_its_history(coordinator: Actor):
    person = person_card(coordinator, person_named("张伟").id)
    assert person.person.household_id
    move_household(coordinator, person.person.household_id, door(coordinator, "2", "202"))
    card = person_card(coordinator, person.person.id)
    assert [stay.address.room for stay in card.stays] == ["202", "101"]
    assert [one.name for one in card.household] == ["李娜"]
    assert dwelling_card(coordinator, door(coordinator, "1", "101")).is_vacant


def test_last_one_to_leave_ends_the_household(coordinator: Actor):
    here = door(coordinator, "1", "102")
    end_residency(coordinator, person_named("王芳").id, "dead", on=date(2026, 11, 2))
    assert dwelling_card(coordinator, here).is_vacant
    assert dwelling_card(coordinator, here).landlord_name == "赵六"
    assert person_named("王芳").died_on == date(2026, 11, 2)
    with answers("not_resident"):
        end_residency(coordinator, person_named("王芳").id, "moved")


@pytest.mark.parametrize("reason", ["moved", "dead"])
def test_nobody_leaves_before_the_day_has_come(coordinator: Actor, reason: Literal["moved", "dead"]):
    tomorrow, wang = clock.today() + timedelta(days=1), person_named("王芳")
    with answers("day_not_come"):
        end_residency(coordinator, wang.id, reason, on=tomorrow)
    card = person_card(coordinator, wang.id)
    assert card.person.household_id
    with answers("day_not_come"):
        move_household(coordinator, card.person.household_id, door(coordinator, "2", "202"), on=tomorrow)
    assert person_card(coordinator, wang.id) == card


def test_nobody_moves_out_before_having_moved_in(coordinator: Actor):
    yesterday, wang = clock.today() - timedelta(days=1), person_named("王芳")
    card = person_card(coordinator, wang.id)
    assert card.person.household_id
    with answers("before_stay"):
        end_residency(coordinator, wang.id, "moved", on=yesterday)
    with answers("before_stay"):
        move_household(coordinator, card.person.household_id, door(coordinator, "2", "202"), on=yesterday)
    assert person_card(coordinator, wang.id) == card


def test_who_died_before_the_ledger_was_taken_in_keeps_the_day_of_death(coordinator: Actor):
    yesterday, wang = clock.today() - timedelta(days=1), person_named("王芳")
    assert end_residency(coordinator, wang.id, "dead", on=yesterday).until == clock.today()
    assert person_named("王芳").died_on == yesterday


def test_seeing_a_number_in_full_needs_a_reason_and_is_written_down(coordinator: Actor, desk_clerk: Actor):
    person = person_named("王芳")
    with answers("reason_missing"):
        unmask_identity(coordinator, person.id, " ")
    with pytest.raises(Refused):
        unmask_identity(desk_clerk, person.id, "核对")
    assert unmask_identity(coordinator, person.id, "核对证件") == {
        "id_number": WANG[7],
        "phones": ["13900000003"],
        "remarks": "",
    }
    with scoped(coordinator, Right.AUDIT_READ):
        entry = AuditEntry.objects.get(action="identity_unmasked")
        assert (entry.object_id, audit.details_of([entry])[0]["reason"]) == (person.id, "核对证件")


def test_person_of_another_community_is_answered_like_one_that_is_not_there(stranger: Actor):
    for id in (person_named("王芳").id, uuid7()):
        with pytest.raises(NotFound):
            person_card(stranger, id)
        with pytest.raises(NotFound):
            edit_person(stranger, id, PersonWords(name="别人"))
        with scoped(stranger, Right.LEDGER_IMPORT), pytest.raises(NotFound):
            access_person(stranger, id)
        with scoped(stranger, Right.LEDGER_IMPORT), pytest.raises(NotFound):
            access_import(stranger, id)
