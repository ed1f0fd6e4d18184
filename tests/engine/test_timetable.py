from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli_engine.timetable import Callee, CallGroup, HouseholdCall, SitePace, make_call_groups

PACE = SitePace(desks=2, service_minutes=0.5, utilisation=0.8)
PACES = {"east": PACE, "west": SitePace(desks=1, service_minutes=0.5, utilisation=0.9)}


def household(number, size, building="1", compound="A", site="east", weight=1.0):
    members = tuple(Callee(f"{number}-{member}", weight) for member in range(size))
    return HouseholdCall(f"h{number}", site, compound, building, members)


@st.composite
def households(draw):
    rows = draw(
        st.lists(st.tuples(st.integers(1, 26), st.sampled_from("123"), st.sampled_from("AB")), min_size=1, max_size=40)
    )
    return [
        household(number, size, building, compound, site="east" if compound == "A" else "west")
        for number, (size, building, compound) in enumerate(rows)
    ]


@given(households(), st.integers(1, 25))
def test_each_person_is_in_exactly_one_group_of_at_most_the_limit(calls, limit):
    groups = make_call_groups(calls, PACES, group_limit=limit)
    called = [person for group in groups for person in group.persons]
    assert sorted(called) == sorted(member.key for call in calls for member in call.members)
    assert all(len(group.persons) <= limit for group in groups)


@given(households())
def test_households_stay_together_unless_larger_than_a_group(calls):
    groups = make_call_groups(calls, PACES)
    for call in calls:
        numbers = [group.number for group in groups if call.key in group.households]
        if len(call.members) <= 20:
            assert len(numbers) == 1
        else:
            assert len(numbers) == -(-len(call.members) // 20)
            assert all(group.households == (call.key,) for group in groups if call.key in group.households)


@given(households())
def test_buildings_and_compounds_are_called_in_one_piece(calls):
    groups = make_call_groups(calls, PACES)
    for site in PACES:
        places = [(group.compound, group.building) for group in groups if group.site == site]
        runs = [place for place, _ in groupby(places)]
        assert len(runs) == len(set(runs))
        compounds = [compound for compound, _ in groupby(compound for compound, _ in places)]
        assert len(compounds) == len(set(compounds))


@given(households())
def test_each_group_is_called_when_the_desks_have_had_time_for_the_one_before(calls):
    groups = make_call_groups(calls, PACES)
    for site, there in groupby(groups, key=lambda group: group.site):
        minute = 0.0
        for number, group in enumerate(there, start=1):
            assert group.number == number
            assert group.start_minute == pytest.approx(minute)
            pace = PACES[site]
            minute += len(group.persons) * pace.service_minutes / (pace.desks * pace.utilisation)


def test_the_21st_person_goes_to_the_next_group():
    groups = make_call_groups([household(number, 3) for number in range(7)], PACES)
    assert [len(group.persons) for group in groups] == [18, 3]


def test_people_who_need_longer_leave_longer_until_the_next_call():
    slow, usual = make_call_groups([household(1, 2, weight=2.0), household(2, 2, building="2")], PACES)
    assert slow.minutes == pytest.approx(2 * usual.minutes)


def test_an_oversized_household_gets_groups_of_its_own():
    groups = make_call_groups([household(1, 2), household(2, 45), household(3, 2)], PACES)
    assert [len(group.persons) for group in groups] == [2, 20, 20, 5, 2]


@pytest.mark.parametrize(
    ("calls", "limit", "words"),
    [
        ([household(1, 1), household(1, 1)], 20, "household keys"),
        ([household(1, 1, site="south")], 20, "has no desks"),
        ([household(1, 1)], 0, "group_limit"),
        ([household(1, 1), HouseholdCall("x", "east", "A", "1", (Callee("1-0"),))], 20, "person keys"),
    ],
)
def test_says_why_groups_cannot_be_made(calls, limit, words):
    with pytest.raises(ValueError, match=words):
        make_call_groups(calls, PACES, group_limit=limit)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Callee("a", 0),
        lambda: household(1, 0),
        lambda: SitePace(0, 1, 0.8),
        lambda: SitePace(1, 0, 0.8),
        lambda: SitePace(1, 1, 1),
        lambda: CallGroup("s", 1, "A", "1", ("h",), (), 0, 1),
        lambda: CallGroup("s", 1, "A", "1", ("h",), ("a", "a"), 0, 1),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()
