from uuid import uuid4

import pytest

from linli.core import clock
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.registry.models import Residency
from tests.conftest import BALICHA
from tests.registry.conftest import Import
from tests.registry.office import ZHANG, person_named
from tests.rounds.terminal import shown, told

TODAY = str(clock.today())


@pytest.fixture(autouse=True)
def register(take_in: Import) -> None:
    take_in()


@pytest.mark.parametrize("query", ["张伟", ZHANG[7], "13900000001", "明珠华府 1-1-101"])
def test_finds_people_with_their_door_and_masked_numbers(query: str):
    found = told("person", "find", query)["persons"]
    [zhang] = [person for person in found if person["name"] == "张伟"]
    assert zhang["door"] == "明珠华府 1-1-101"
    assert "*" in zhang["id_number"]
    assert all("*" in phone for phone in zhang["phones"])
    text = shown("person", "find", query)
    assert "张伟" in text
    assert ZHANG[7] not in text
    assert "13900000001" not in text


def test_moves_a_whole_household_to_another_door():
    moved = told("person", "move", "张伟", "--to", "明珠华府2栋1单元202", "--on", TODAY)["persons"]
    assert {(person["name"], person["door"]) for person in moved} == {
        ("张伟", "明珠华府 2-1-202"),
        ("李娜", "明珠华府 2-1-202"),
    }


@pytest.mark.parametrize("reason", ["moved", "dead"])
def test_notes_that_somebody_left_with_the_reason(reason: str):
    answer = told("person", "left", "李娜", "--door", "1-1-101", "--reason", reason, "--on", TODAY)
    assert (answer["name"], answer["until"], answer["reason"]) == ("李娜", TODAY, reason)
    person = person_named("李娜")
    assert bool(person.died_on) == (reason == "dead")
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert Residency.objects.get(person=person).end_reason == reason
        assert AuditEntry.objects.get(action="residency_ended").actor.startswith("cli:")
    assert told("person", "left", "李娜", "--reason", reason, exit_code=2)["error"]["code"] == "not_resident"


@pytest.mark.parametrize("words", [("李",), ("李九",), ("李娜", "--door", "1-1-102"), ("李娜", "--number", "9999")])
def test_moves_nobody_who_is_not_clearly_meant(words: tuple[str, ...]):
    assert told("person", "left", *words, "--reason", "moved", exit_code=2)["error"]["code"] == "person_unclear"


def test_a_person_is_named_by_number_or_id_too():
    id = str(person_named("张伟").pk)
    assert told("person", "move", id, "--to", "明珠华府 1-1-102")["persons"][0]["id"] == id
    assert told("person", "move", ZHANG[7], "--to", "明珠华府 1-1-101")["persons"][0]["id"] == id
    assert told("person", "left", str(uuid4()), "--reason", "moved", exit_code=2)["error"]["code"] == "not_found"


@pytest.mark.parametrize("door", ["明珠华府 9-9-909", "明珠华府"])
def test_moves_nobody_to_a_door_that_is_not_one(door: str):
    assert told("person", "move", "张伟", "--to", door, exit_code=2)["error"]["code"] == "unknown_door"
