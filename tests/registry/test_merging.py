"""Two entries of one person made one, taken apart again, and met again in a ledger."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from linli.core import clock, crypto
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.models import AuditEntry, Grant, User
from linli.core.rights import Role
from linli.core.rows import as_plain
from linli.core.scope import scope_of
from linli.registry.models import (
    CareNeed,
    Household,
    KeyList,
    KeyListEntry,
    Merge,
    Person,
    PersonPhone,
    RegisterFlag,
    Residency,
    TwoPeople,
)  # fmt: skip
from linli.registry.selectors.alike import compared, kept_instead_of, pairs_that_look_alike
from linli.registry.selectors.search import search_persons
from linli.registry.services.key_entries import put_on_key_list
from linli.registry.services.key_lists import KeyListWords, make_key_list
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.merging import merge_people, say_two_people, take_back_two_people, undo_merge
from linli.registry.services.people import PersonWords, add_person, edit_person
from linli.registry.services.stays import end_residency
from tests.conftest import BALICHA
from tests.registry.conftest import Import
from tests.registry.office import LI, NO_NUMBER, PEOPLE, WANG, ZHANG, id_number

HERE = ((BALICHA, BALICHA + 1),)
CHEN_AGAIN = PersonWords(
    "陈静", phones=("13900000004", "13900000044"), birth=None, id_number=id_number("19900909", 226), care_needs=("透析",),
    remarks="说自己住 202", residency_kind="tenant", relation="户主",
)  # fmt: skip


@pytest.fixture
def chens(take_in: Import, coordinator: Actor) -> tuple[UUID, UUID]:
    """陈静 of the ledger, and 陈静 who was entered behind another door with her number."""
    take_in()
    with scope_of(HERE):
        kept = Person.objects.get(name="陈静")
        stay = Residency.objects.exclude(household__dwelling__room="101").filter(person__name="王芳").get()
        door = stay.household.dwelling_id
    return kept.pk, add_person(coordinator, door, CHEN_AGAIN).pk


def a_list(actor: Actor, name: str = "独居老人") -> KeyList:
    """Make a key list that is kept by hand; its keeper has an account."""
    user, _made = User.objects.get_or_create(username="wangge")
    Grant.objects.get_or_create(user=user, role=Role.CARE_WORKER, division=BALICHA)
    ends = clock.today() + timedelta(days=60)
    return make_key_list(
        actor, BALICHA, KeyListWords(name=name, purpose="看看", task="打电话", keeper="wangge", ends_on=ends)
    )


def everything() -> dict[str, Any]:
    """Return every row of the register that a merge may touch."""
    tables = (Residency, Household, PersonPhone, CareNeed, KeyListEntry, RegisterFlag)
    with scope_of(HERE):
        found = {model.__name__: sorted(json.dumps(as_plain(row)) for row in model.objects.all()) for model in tables}
        return {**found, "Person": sorted(json.dumps(as_plain(row)) for row in Person.entries.all())}


def test_the_kept_entry_has_what_either_said_and_one_home(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    merge_people(coordinator, *chens)
    with scope_of(HERE):
        kept = Person.objects.get(name="陈静")
        assert kept.pk == chens[0]
        assert crypto.unseal(kept.id_number or b"", "id_number") == CHEN_AGAIN.id_number
        assert kept.birth is not None
        assert sorted(kept.care_needs.values_list("kind", flat=True)) == ["透析"]
        numbers = [crypto.unseal(phone.number, "phone") for phone in kept.phones.order_by("position")]
        assert numbers == ["13900000004", "13900000044"]
        assert "说自己住 202" in kept.remarks
        [stay] = kept.residencies.filter(until=None)
        assert stay.household.dwelling.room == "201"
        ended = Residency.objects.get(person=chens[1])
        assert (ended.until, ended.end_reason) == (clock.today(), "merged")
    assert [one.id for one in search_persons(coordinator, "陈静")] == [chens[0]]
    assert [one.id for one in search_persons(coordinator, str(CHEN_AGAIN.id_number))] == [chens[0]]


def test_what_somebody_chooses_counts(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    edit_person(coordinator, chens[1], PersonWords("陈婧"))
    merge_people(coordinator, *chens, taken=("name", "home"))
    with scope_of(HERE):
        kept = Person.objects.get(pk=chens[0])
        assert kept.name == "陈婧"
        [stay] = kept.residencies.filter(until=None)
        assert (stay.household.dwelling.room, stay.kind) == ("102", "tenant")


def test_taken_back_everything_is_as_it_was(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    key_list = a_list(coordinator)
    for person in chens:
        put_on_key_list(coordinator, key_list.pk, person, "每天问候")
    before = everything()
    for taken in ((), ("home", "name", "id_number")):
        merge = merge_people(coordinator, *chens, taken=taken)
        assert everything() != before
        undo_merge(coordinator, merge.pk)
        assert everything() == before
    with scope_of(HERE):
        assert not Merge.objects.exists()


def test_on_one_list_once(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    key_list, other = a_list(coordinator), a_list(coordinator, name="另一个名单")
    for person in chens:
        put_on_key_list(coordinator, key_list.pk, person, "每天问候")
    put_on_key_list(coordinator, other.pk, chens[1], "每天问候")
    merge_people(coordinator, *chens)
    with scope_of(HERE):
        mine = KeyListEntry.objects.filter(person=chens[0], until=None)
        assert set(mine.values_list("key_list_id", flat=True)) == {key_list.pk, other.pk}
        assert KeyListEntry.objects.get(person=chens[1]).left == "twice"


def test_a_later_change_stands_against_taking_it_back(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    merge = merge_people(coordinator, *chens)
    end_residency(coordinator, chens[0], "moved")
    with pytest.raises(Conflict, match="陈静") as refused:
        undo_merge(coordinator, merge.pk)
    assert refused.value.error_code == "changed_since_merge"


def test_merged_on_the_later_merge_is_taken_back_first(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    with scope_of(HERE):
        wang = Person.objects.get(name="王芳").pk
    first = merge_people(coordinator, *chens)
    second = merge_people(coordinator, wang, chens[0])
    assert kept_instead_of(coordinator, chens[1]) == wang
    with pytest.raises(Conflict):
        undo_merge(coordinator, first.pk)
    undo_merge(coordinator, second.pk)
    assert kept_instead_of(coordinator, chens[1]) == chens[0]


@pytest.mark.parametrize("gone", ["moved", "dead"])
def test_who_has_left_and_is_here_under_another_entry_is_here(
    coordinator: Actor, chens: tuple[UUID, UUID], gone: Any
) -> None:
    end_residency(coordinator, chens[0], gone)
    if gone == "dead":
        with pytest.raises(Conflict) as refused:
            merge_people(coordinator, *chens)
        assert refused.value.error_code == "dead_and_alive"
        return
    merge_people(coordinator, *chens)
    with scope_of(HERE):
        assert Residency.objects.get(person=chens[0], until=None).household.dwelling.room == "102"


def test_a_stranger_merges_nobody(coordinator: Actor, stranger: Actor, chens: tuple[UUID, UUID], nobody: Actor) -> None:
    for actor, refusal in ((stranger, NotFound), (nobody, Refused)):
        for act in (merge_people, say_two_people, compared):
            with pytest.raises(refusal):
                act(actor, *chens)
    merge = merge_people(coordinator, *chens)
    with pytest.raises(NotFound):
        undo_merge(stranger, merge.pk)
    with pytest.raises(NotFound):
        merge_people(coordinator, *chens)


def test_what_cannot_be_merged_is_refused(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    with pytest.raises(Invalid):
        merge_people(coordinator, chens[0], chens[0])
    with pytest.raises(Invalid, match="nickname"):
        merge_people(coordinator, *chens, taken=("nickname",))
    assert pairs_that_look_alike(coordinator, BALICHA).count == 1


def test_each_act_is_written_down(coordinator: Actor, chens: tuple[UUID, UUID]) -> None:
    say_two_people(coordinator, *chens)
    take_back_two_people(coordinator, *chens)
    undo_merge(coordinator, merge_people(coordinator, *chens).pk)
    with scope_of(HERE):
        actions = list(
            AuditEntry.objects.filter(object_id=chens[0]).order_by("number").values_list("action", flat=True)
        )
    assert actions[-4:] == ["said_two_people", "two_people_taken_back", "people_merged", "merge_undone"]


def test_pairs_say_why_and_go_when_two_people_are_said(coordinator: Actor, take_in: Import) -> None:
    twin = [*LI[:4], "李那", "其他", "女", "", "13900000009", "常住", "", "", ""]
    take_in([*PEOPLE, twin])
    with scope_of(HERE):
        Person.objects.filter(name="李那").update(birth=Person.objects.get(name="李娜").birth)
        door = Residency.objects.get(person__name="李娜").household.dwelling_id
    add_person(coordinator, door, PersonWords("张伟", id_number=ZHANG[7]), number_shared=True)
    found = {
        frozenset((pair.first.name, pair.second.name)): pair
        for pair in pairs_that_look_alike(coordinator, BALICHA).pairs
    }
    assert found[frozenset(["张伟"])].because == ("number", "birth", "door")
    pair = found[frozenset(["李娜", "李那"])]
    assert pair.because == ("birth_and_door",)
    say_two_people(coordinator, pair.second.id, pair.first.id)
    say_two_people(coordinator, pair.first.id, pair.second.id)
    left = pairs_that_look_alike(coordinator, BALICHA).pairs
    assert [one.first.name for one in left] == ["张伟"]
    assert compared(coordinator, pair.first.id, pair.second.id).said_two_people
    take_back_two_people(coordinator, pair.first.id, pair.second.id)
    assert pairs_that_look_alike(coordinator, BALICHA).count == 2
    with pytest.raises(NotFound):
        take_back_two_people(coordinator, pair.first.id, pair.second.id)


def test_two_numbers_of_one_length_are_asked_about_although_they_look_alike(
    coordinator: Actor, chens: tuple[UUID, UUID]
) -> None:
    edit_person(coordinator, chens[0], PersonWords(id_number=id_number("19900909", 422)))
    lines = {line.field: line for line in compared(coordinator, *chens).lines}
    assert lines["id_number"].asks
    assert lines["home"].asks
    assert not lines["name"].asks
    assert not lines["phones"].asks


def test_a_ledger_with_both_rows_brings_nobody_twice(coordinator: Actor, take_in: Import) -> None:
    again = [*NO_NUMBER[:3], "202", "陈婧", "户主", "女", id_number("19900909", 226), "", "租户", "", "", ""]
    rows = [*PEOPLE[:-1], again]
    take_in(rows)
    with scope_of(HERE):
        kept, absorbed = (Person.objects.get(name=name).pk for name in ("陈静", "陈婧"))
    merge_people(coordinator, kept, absorbed)
    before = everything()
    report = take_in(rows)
    assert (report.created, report.updated, report.unchanged, report.conflicts) == (0, 0, len(rows), ())
    assert everything() | {"RegisterFlag": []} == before | {"RegisterFlag": []}


def test_a_ledger_with_the_merged_row_alone_means_the_kept_person(coordinator: Actor, take_in: Import) -> None:
    again = [*NO_NUMBER[:3], "202", "陈婧", "户主", "女", id_number("19900909", 226), "", "租户", "", "", ""]
    take_in([*PEOPLE[:-1], again])
    with scope_of(HERE):
        kept, absorbed = (Person.objects.get(name=name).pk for name in ("陈静", "陈婧"))
    merge_people(coordinator, kept, absorbed)
    changed = [*again]
    changed[8] = "13900000055"
    report = take_in([ZHANG, LI, WANG, changed])
    assert (report.created, report.moved) == (0, 0)
    assert not [one for one in report.missing_from_file if one["name"] == "陈静"]
    with scope_of(HERE):
        assert Person.objects.get(pk=kept).name == "陈静"
    [conflict] = [one for one in report.conflicts if one["field"] == "phones"]
    assert (conflict["person"], conflict["file"]) == (str(kept), ["13900000055"])


def test_an_import_with_a_merged_person_stays_until_they_are_two_again(coordinator: Actor, take_in: Import) -> None:
    again = [*NO_NUMBER[:3], "202", "陈婧", "户主", "女", "", "", "租户", "", "", ""]
    imported = take_in([*PEOPLE[:-1], again]).import_id
    assert imported
    with scope_of(HERE):
        kept, absorbed = (Person.objects.get(name=name).pk for name in ("陈静", "陈婧"))
    merge = merge_people(coordinator, kept, absorbed)
    with pytest.raises(Conflict, match="陈静"):
        undo_import(coordinator, imported)
    undo_merge(coordinator, merge.pk)
    undo_import(coordinator, imported)
    with scope_of(HERE):
        assert not Person.entries.exists()


def test_that_two_were_said_to_be_two_goes_with_their_import(coordinator: Actor, take_in: Import) -> None:
    imported = take_in().import_id
    assert imported
    with scope_of(HERE):
        pair = [Person.objects.get(name=name).pk for name in ("陈静", "王芳")]
    say_two_people(coordinator, *pair)
    undo_import(coordinator, imported)
    with scope_of(HERE):
        assert not TwoPeople.objects.exists()
