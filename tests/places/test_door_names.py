from uuid import UUID

import pytest

from linli.core.ids import uuid7
from linli.places.addresses import Address
from linli.places.door_names import DoorNames, door_name

DOORS = [
    Address("明珠华府", "3", "2", "501"), Address("明珠华府", "3", "1", "501"), Address("金域二期", "3", "2", "501"),
    Address("老院子", "", "", "7"), Address("A座公寓", "B", "", "1201"),
]  # fmt: skip
IDS: dict[Address, UUID] = {door: uuid7() for door in DOORS}


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("明珠华府 3-2-501", 0), ("明珠华府3栋2单元501室", 0), ("明珠华府三栋二单元501", 0), ("明珠华府３－２－５０１", 0),
        ("金域二期3-2-501", 2), ("金域二期 501", 2), ("老院子 7", 3), ("A座公寓 b-1201", 4),
    ],
)  # fmt: skip
def test_a_door_is_found_in_any_usual_form(text: str, door: int):
    assert DoorNames(IDS).find(text) == (IDS[DOORS[door]],)


@pytest.mark.parametrize(("text", "doors"), [("3-2-501", {0, 2}), ("明珠华府 3-501", {0, 1}), ("501", {0, 1, 2})])
def test_a_text_that_leaves_something_out_may_mean_several_doors(text: str, doors: set[int]):
    assert set(DoorNames(IDS).find(text)) == {IDS[DOORS[number]] for number in doors}


@pytest.mark.parametrize("text", ["", "明珠华府", "明珠华府 3-2-502", "别处 3-2-501", "随便"])
def test_a_text_that_names_no_door_finds_none(text: str):
    assert DoorNames(IDS).find(text) == ()


def test_every_door_is_found_by_its_own_name():
    assert [DoorNames(IDS).find(door_name(door)) for door in DOORS] == [(IDS[door],) for door in DOORS]
