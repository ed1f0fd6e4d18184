from datetime import date
from uuid import UUID

from linli.places.addresses import Address
from linli.registry.matching import Known, match_people
from linli.registry.rules import Particulars, Place

HOME, OTHER = Place(Address("甲", "1", "1", "101")), Place(Address("甲", "1", "1", "102"))


def known(number: int, name: str, place: Place | None = HOME, **more: object) -> Known:
    return Known(UUID(int=number), Particulars(name, place=place, **more))  # type: ignore[arg-type]


def matched(person: Particulars, *register: Known) -> int | None:
    [found] = match_people([person], register)
    return found.id.int if found else None


def test_identity_number_decides_even_after_a_change_of_name_and_door():
    person = Particulars("张玮", id_number="A", place=OTHER)
    assert matched(person, known(1, "张玮", OTHER), known(2, "张伟", id_number="A")) == 2


def test_same_name_at_the_same_door_is_the_same_person():
    assert matched(Particulars("张伟", place=HOME), known(1, "张伟")) == 1
    assert matched(Particulars("张伟", id_number="A", place=HOME), known(1, "张伟")) == 1


def test_birth_or_number_speaks_against_a_namesake_at_the_same_door():
    grandfather = known(1, "张伟", birth=date(1950, 1, 1), id_number="A")
    assert matched(Particulars("张伟", birth=date(2010, 1, 1), place=HOME), grandfather) is None
    assert matched(Particulars("张伟", id_number="B", place=HOME), grandfather) is None


def test_corrected_number_with_the_same_birth_is_the_same_person():
    born = date(1950, 1, 1)
    assert (
        matched(Particulars("张伟", birth=born, id_number="B", place=HOME), known(1, "张伟", birth=born, id_number="A"))
        == 1
    )


def test_person_without_number_is_found_at_another_door_by_birth_or_phone():
    assert matched(Particulars("张伟", phones=("139",), place=OTHER), known(1, "张伟", phones=("139",))) == 1
    assert matched(Particulars("张伟", place=OTHER), known(1, "张伟")) is None


def test_two_namesakes_at_one_door_stay_two():
    register = [known(1, "张伟", relation="子女"), known(2, "张伟", relation="户主")]
    people = [Particulars("张伟", place=HOME, relation="户主"), Particulars("张伟", place=HOME, relation="子女")]
    assert [found and found.id.int for found in match_people(people, register)] == [2, 1]
