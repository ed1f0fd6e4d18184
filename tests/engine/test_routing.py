from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli_engine.geo import Point, distances_m
from linli_engine.routing import Door, Route, order_doors, shortest_walk, split_doors


@st.composite
def doors(draw):
    places = st.tuples(
        st.sampled_from("AB"), st.sampled_from(["1栋", "2栋", "10栋"]), st.sampled_from("12"), st.integers(1, 6)
    )
    rows = draw(st.lists(st.tuples(places, st.integers(1, 4), st.floats(0.5, 9)), max_size=14))
    return [
        Door(str(number), compound, building, unit, floor, f"{floor}0{room}", minutes)
        for number, ((compound, building, unit, floor), room, minutes) in enumerate(rows)
    ]


def least_longest(minutes, teams):
    """Try every way to cut."""
    count = len(minutes)
    best = sum(minutes)
    for cuts in combinations(range(1, count), min(teams, count) - 1):
        borders = [0, *cuts, count]
        best = min(best, max(sum(minutes[a:b]) for a, b in pairwise(borders)))
    return best


@given(doors(), st.integers(1, 5))
def test_every_door_is_on_exactly_one_route(there, teams):
    routes = split_doors(there, teams)
    assert [route.team for route in routes] == list(range(teams))
    assert tuple(door for route in routes for door in route.doors) == order_doors(there)
    assert sorted(door.key for route in routes for door in route.doors) == sorted(door.key for door in there)
    assert sum(1 for route in routes if route.doors) == min(teams, len(there))


@given(doors(), st.integers(1, 4), st.sampled_from([0.0, 0.1, 0.5]))
def test_longest_route_is_as_short_as_any_cut_allows(there, teams, slack):
    if not there:
        return
    routes = split_doors(there, teams, slack=slack)
    best = least_longest([door.minutes for door in order_doors(there)], teams)
    assert max(route.minutes for route in routes) <= best * (1 + slack) + 1e-6


@given(doors(), st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_order_given(there, random):
    shuffled = list(there)
    random.shuffle(shuffled)
    assert order_doors(shuffled) == order_doors(there)


def test_walks_a_unit_from_the_top_floor_down_in_a_snake():
    unit = [Door(f"{floor}0{room}", "A", "1", "1", floor, f"{floor}0{room}") for floor in (1, 2, 3) for room in (1, 2)]
    assert [door.key for door in order_doors(unit)] == ["301", "302", "202", "201", "101", "102"]


def test_second_building_comes_before_the_tenth():
    there = [Door(name, "A", name) for name in ("10栋", "2栋", "1栋")]
    assert [door.key for door in order_doors(there)] == ["1栋", "2栋", "10栋"]


def test_buildings_with_coordinates_are_walked_along_a_short_way():
    there = [
        Door(name, "A", name, point=Point(113 + place / 1000, 31)) for name, place in [("1", 0), ("2", 2), ("3", 1)]
    ]
    assert [door.key for door in order_doors(there)] == ["1", "3", "2"]


def test_one_building_without_coordinates_brings_back_the_natural_order():
    there = [Door("1", "A", "1", point=Point(113, 31)), Door("2", "A", "2"), Door("3", "A", "3", point=Point(113, 31))]
    assert [door.key for door in order_doors(there)] == ["1", "2", "3"]


def test_teams_part_between_buildings_rather_than_inside_one():
    there = [Door(f"{b}-{n:02}", "A", str(b), "1", 1, str(n)) for b, count in [(1, 11), (2, 9)] for n in range(count)]
    assert [len(route.doors) for route in split_doors(there, 2, slack=0.2)] == [11, 9]
    assert [len(route.doors) for route in split_doors(there, 2, slack=0)] == [10, 10]


def walk_length(order, points):
    distance = distances_m(points, points)
    return sum(distance[a, b] for a, b in pairwise(order))


@pytest.mark.parametrize("seed", range(10))
def test_short_walk_is_close_to_the_shortest_of_all(seed):
    rng = np.random.default_rng(seed)
    points = [Point(113 + x / 100, 31 + y / 100) for x, y in rng.random((7, 2))]
    found = shortest_walk(points)
    assert sorted(found) == list(range(7))
    assert found[0] == 0
    best = min(walk_length((0, *rest), points) for rest in permutations(range(1, 7)))
    assert walk_length(found, points) <= best * 1.15


def test_sweep_of_balicha_gives_seventeen_even_routes(balicha):
    routes = split_doors([household.door for household in balicha.households], 17)
    minutes = [route.minutes for route in routes]
    assert sum(len(route.doors) for route in routes) == 2166
    assert max(minutes) <= 1.1 * sum(minutes) / 17 + 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: split_doors([], 0),
        lambda: split_doors([], 1, slack=-1),
        lambda: split_doors([Door("1", "A", "1"), Door("1", "A", "2")], 1),
        lambda: shortest_walk([]),
        lambda: Door("", "A", "1"),
        lambda: Door("1", "A", "1", minutes=0),
        lambda: Route(0, (Door("1", "A", "1"), Door("1", "A", "1"))),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()
