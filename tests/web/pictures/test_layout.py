import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.shapes import FacadeBuilding, FacadeDoor, FacadeUnit
from linli.web.pictures.layout import WIDEST, FloorRow, rows, tally
from linli.web.pictures.rooms import column_of, floor_of
from linli.web.pictures.states import State
from tests.web.pictures import gallery


def rooms(row: FloorRow) -> list[str | None]:
    return [door.room if door else None for door in row.cells]


def unit(*doors: FacadeDoor) -> FacadeUnit:
    return FacadeUnit("", doors)


@pytest.mark.parametrize(
    ("room", "floor", "column"),
    [
        ("501", 5, 1),
        ("1203", 12, 3),
        ("101A", 1, 1),
        ("3408", 34, 8),
        ("负一", -1, None),
        ("负1", -1, 1),
        ("-101", -1, 1),
        ("B2-03", -2, 3),
        ("底商2", 1, None),
        ("门卫室", None, None),
        ("7", None, 7),
        ("", None, None),
        ("99999", None, 99),
        ("123456789", None, 89),
    ],
)
def test_reads_floor_and_column_from_the_room(room, floor, column):
    assert (floor_of(room), column_of(room)) == (floor, column)


def test_top_floor_comes_first_and_unknown_floor_last():
    placed = rows(unit(FacadeDoor("101"), FacadeDoor("门卫室"), FacadeDoor("负一"), FacadeDoor("1102")))
    assert [row.floor for row in placed] == [11, 1, -1, None]


def test_doors_of_one_column_stand_above_each_other():
    placed = rows(unit(FacadeDoor("102"), FacadeDoor("201"), FacadeDoor("202"), FacadeDoor("204")))
    assert [rooms(row) for row in placed] == [["201", "202", "204"], [None, "102", None]]


def test_the_registers_floor_wins_over_the_rooms_name():
    placed = rows(unit(FacadeDoor("501", floor=6, column=1)))
    assert placed[0].floor == 6


def test_two_doors_of_the_same_name_are_both_drawn():
    placed = rows(unit(FacadeDoor("101"), FacadeDoor("101A"), FacadeDoor("101", url="/second")))
    assert sorted(filter(None, rooms(placed[0]))) == ["101", "101", "101A"]


def test_a_long_floor_is_wrapped_and_says_its_floor_once():
    placed = rows(unit(*(FacadeDoor(str(n), 1, n) for n in range(1, 31))))
    assert [len([cell for cell in row.cells if cell]) for row in placed] == [WIDEST, WIDEST, 6]
    assert [row.continued for row in placed] == [False, True, True]


def test_a_unit_without_doors_has_no_rows():
    assert rows(unit()) == []


doors = st.builds(
    FacadeDoor,
    room=st.text(alphabet="0123456789AB-负底商一", max_size=6),
    floor=st.none() | st.integers(-3, 60),
    column=st.none() | st.integers(0, 40),
    state=st.sampled_from([*State, "something else"]),
)


@given(st.lists(doors, max_size=60))
def test_no_door_is_lost_or_drawn_twice(given_doors):
    placed = rows(FacadeUnit("", tuple(given_doors)))
    drawn = [door for row in placed for door in row.cells if door is not None]
    assert sorted(map(repr, drawn)) == sorted(map(repr, given_doors))
    assert len({len(row.cells) for row in placed}) <= 1


def test_tally_leaves_out_doors_without_anybody():
    states = ("done", "done", "away", "open", "help", "nobody")
    building = FacadeBuilding("", (FacadeUnit("", tuple(FacadeDoor("", state=state) for state in states)),))
    counts = tally([building])
    assert (counts.doors, counts.settled, counts.unsettled) == (5, 3, 2)
    assert [state for state, _number in counts.items()] == ["help", "open", "away", "done", "nobody"]


def test_every_odd_room_of_the_gallery_is_drawn():
    odd = gallery.odd_building()
    drawn = [door for row in rows(odd.units[0]) for door in row.cells if door]
    assert len(drawn) == len(odd.units[0].doors)
