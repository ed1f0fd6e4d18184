from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli_engine.geo import Point, distances_m
from linli_engine.siting import Building, Site, SitingWeights, assign_buildings, exact, greedy, problem, sites_needed

METRE = 1 / 111_195  # degrees of latitude


@st.composite
def tiny_instances(draw):
    """Up to six buildings of up to three compounds, and two or three sites with room to spare, on one street."""
    count = draw(st.integers(1, 6))
    with_points = draw(st.booleans())
    street = st.integers(0, 1000).map(lambda metres: Point(113.0, 31.0 + metres * METRE) if with_points else None)
    buildings = [
        Building(f"b{i}", draw(st.sampled_from("ABC")), draw(st.integers(1, 40)), draw(street)) for i in range(count)
    ]
    persons = sum(building.persons for building in buildings)
    largest = max(building.persons for building in buildings)
    sites = [
        Site(f"s{i}", draw(st.integers(largest, largest + persons)), draw(street))
        for i in range(draw(st.integers(2, 3)))
    ]
    return buildings, sites


def best_cost(buildings, sites, weights):
    """Try everything."""
    if sum(building.persons for building in buildings) > sum(site.capacity for site in sites):
        return None
    built = problem.build_problem(buildings, sites, weights)
    costs = []
    for chosen in product(range(len(sites)), repeat=len(buildings)):
        load = [sum(b.persons for b, at in zip(buildings, chosen, strict=True) if at == s) for s in range(len(sites))]
        if all(persons <= site.capacity for persons, site in zip(load, sites, strict=True)):
            costs.append(built.cost(np.array(chosen)))
    return min(costs, default=None)


@given(tiny_instances())
def test_assignment_costs_what_the_best_of_all_assignments_costs(instance):
    buildings, sites = instance
    best = best_cost(buildings, sites, SitingWeights())
    if best is None:
        return
    found = assign_buildings(buildings, sites)
    # To within the gap of what the solver minimises, which counts the first site of each compound too.
    first_sites = SitingWeights().split_person_m * len({building.compound for building in buildings})
    assert best - 1e-6 <= found.cost <= best + exact.RELATIVE_GAP * (best + first_sites) + 1e-6


@given(tiny_instances())
def test_every_building_has_one_site_and_no_site_takes_more_than_it_can(instance):
    buildings, sites = instance
    if best_cost(buildings, sites, SitingWeights()) is None:
        with pytest.raises(ValueError, match="do not fit"):
            assign_buildings(buildings, sites)
        return
    found = assign_buildings(buildings, sites)
    assert list(found.site_of) == [building.key for building in buildings]
    for site in sites:
        load = sum(building.persons for building in buildings if found.site_of[building.key] == site.key)
        assert found.load[site.key] == load <= site.capacity


@given(tiny_instances())
def test_rule_of_thumb_keeps_capacities_too(instance):
    buildings, sites = instance
    if best_cost(buildings, sites, SitingWeights()) is None:
        return
    chosen = greedy.solve_greedily(problem.build_problem(buildings, sites, SitingWeights()))
    if chosen is not None:
        for number, site in enumerate(sites):
            assert sum(b.persons for b, at in zip(buildings, chosen, strict=True) if at == number) <= site.capacity


def test_rule_of_thumb_answers_when_the_exact_search_ends_without_an_answer(monkeypatch):
    monkeypatch.setattr("linli_engine.siting.assignment.solve_exactly", lambda _: None)
    found = assign_buildings([Building("1", "A", 3), Building("2", "B", 4)], [Site("s", 5), Site("t", 5)])
    assert found.method == "greedy"
    assert sorted(found.load.values()) == [3, 4]


def test_keeps_compounds_together_where_they_fit():
    buildings = [Building(f"{compound}{n}", compound, 50) for compound in "ABCD" for n in range(4)]
    found = assign_buildings(buildings, [Site("east", 420), Site("west", 420)])
    assert found.split_compounds == ()
    assert dict(found.load) == {"east": 400, "west": 400}


def test_splits_a_compound_rather_than_overfill_a_site():
    buildings = [Building(f"{compound}{n}", compound, 50) for compound in "ABC" for n in range(4)]
    found = assign_buildings(buildings, [Site("east", 320), Site("west", 320)])
    assert len(found.split_compounds) == 1
    assert max(found.load.values()) <= 320


def test_people_go_to_the_nearer_site_when_both_have_room():
    here, there = Point(113.0, 31.0), Point(113.0, 31.01)
    buildings = [Building("1", "A", 100, here), Building("2", "B", 100, there)]
    found = assign_buildings(buildings, [Site("far", 150, there), Site("near", 150, here)])
    assert found.site_of == {"1": "near", "2": "far"}
    assert found.mean_walk_m == pytest.approx(0)


def test_building_without_a_point_takes_the_centre_of_its_compound():
    here, there = Point(113.0, 31.0), Point(113.0, 31.01)
    buildings = [Building("1", "A", 10, here), Building("2", "A", 10), Building("3", "B", 20, there)]
    found = assign_buildings(buildings, [Site("far", 30, there), Site("near", 30, here)])
    assert found.site_of["2"] == "near"


def test_distances_are_unknown_when_a_site_has_no_point():
    found = assign_buildings([Building("1", "A", 1, Point(113, 31))], [Site("s", 2, Point(113, 31)), Site("t", 2)])
    assert found.mean_walk_m is None


def test_no_building_needs_no_answer():
    assert dict(assign_buildings([], [Site("s", 1)]).load) == {"s": 0}


@pytest.mark.parametrize(
    ("buildings", "sites", "words"),
    [
        ([], [], "no site"),
        ([Building("1", "A", 6)], [Site("s", 5)], "do not fit into sites for 5"),
        ([Building("1", "A", 6)], [Site("s", 5), Site("t", 5)], "give its units"),
        ([Building("1", "A", 1), Building("1", "B", 1)], [Site("s", 5)], "'1' occurs twice"),
        ([Building("1", "A", 1)], [Site("s", 5), Site("s", 5)], "'s' occurs twice"),
        ([Building(str(n), "A", 4) for n in range(3)], [Site("s", 6), Site("t", 6)], "fit into the sites whole"),
    ],
)
def test_says_why_buildings_cannot_be_assigned(buildings, sites, words):
    with pytest.raises(ValueError, match=words):
        assign_buildings(buildings, sites)


@pytest.mark.parametrize(("population", "sites"), [(0, 1), (1, 1), (2500, 1), (2501, 2), (5969, 3)])
def test_one_site_per_2500_persons(population, sites):
    assert sites_needed(population) == sites


def test_distance_of_one_degree_of_latitude_is_111_kilometres():
    assert distances_m([Point(113, 31)], [Point(113, 32)])[0, 0] == pytest.approx(111_195, abs=1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Building("", "A", 1),
        lambda: Building("1", "A", -1),
        lambda: Site("s", 0),
        lambda: Site("", 1),
        lambda: Point(181, 0),
        lambda: Point(0, float("nan")),
        lambda: SitingWeights(split_person_m=-1),
        lambda: sites_needed(-1),
        lambda: sites_needed(1, persons_per_site=0),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()
