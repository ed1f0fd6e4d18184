from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.core.ids import seeded_uuid7
from linli.planning.microplan import (
    Asked,
    NobodyToPlanFor,
    NoPlanFits,
    VenueRow,
    desks_at_most,
    draft_plan,
    promises,
)
from linli.planning.people import TargetRow, homes_of, members_of
from linli_engine.geo import Point
from tests.planning.people import OPENS, ROUND, RULES, asked, communities, community_rows, household_rows


def draft(rows: list[TargetRow], venues: tuple[VenueRow, ...] = (), wishes: Asked | None = None):
    return draft_plan(homes_of(rows), venues, RULES, wishes or asked(), ROUND)


@settings(max_examples=20, deadline=None)
@given(communities(), st.randoms(use_true_random=False))
def test_every_called_target_is_in_one_group_of_at_most_twenty(rows, random):
    called = {row.target for row in rows if row.called}
    random.shuffle(rows)
    if not called:
        with pytest.raises(NobodyToPlanFor):
            draft(rows)
        return
    plan = draft(rows)
    counted = Counter(target for group in plan.groups for target in group.targets)
    assert counted == Counter(called)
    assert all(0 < len(group.targets) <= RULES.call_group_at_most for group in plan.groups)
    assert {group.site for group in plan.groups} == {site.id for site in plan.sites}


@settings(max_examples=20, deadline=None)
@given(communities())
def test_households_stay_together_unless_they_are_larger_than_a_group(rows):
    if not any(row.called for row in rows):
        return
    group_of = {target: group for group in draft(rows).groups for target in group.targets}
    for home in homes_of(rows):
        groups = {group_of[member.row.target].id for member in home.called}
        sites = {group_of[member.row.target].site for member in home.called}
        assert len(sites) <= 1
        assert len(groups) == -(-len(home.called) // RULES.call_group_at_most) or len(groups) <= 1


@given(communities(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_keys_do_not_depend_on_the_order_of_the_rows(rows, random):
    keys = {member.row.target: member.key for member in members_of(homes_of(rows))}
    random.shuffle(rows)
    assert {member.row.target: member.key for member in members_of(homes_of(rows))} == keys


def test_buildings_and_rooms_are_in_the_order_in_which_people_count():
    rows = [
        *household_rows("甲", "10", "101", 1),
        *household_rows("甲", "2", "1001", 1),
        *household_rows("甲", "2", "201", 1),
    ]
    doors = [(home.address.building, home.address.room) for home in homes_of(rows)]
    assert doors == [("2", "201"), ("2", "1001"), ("10", "101")]


def test_without_venues_sites_are_named_after_their_largest_compound():
    plan = draft([*community_rows(8, 120), *household_rows("小院", "1", "101", 3)])
    assert {site.name for site in plan.sites} == {"小区1采样点", "小区2采样点"}
    assert all(site.venue is None for site in plan.sites)


def test_sites_open_at_venues_and_take_no_more_than_their_room():
    hall = VenueRow(ROUND, "体育馆", 8, Point(113.3, 31.7))
    plan = draft(community_rows(8, 120), (hall,))
    assert [(site.name, site.venue) for site in plan.sites] == [("体育馆", ROUND)]
    with pytest.raises(NoPlanFits):
        draft(community_rows(8, 120), (VenueRow(ROUND, "小屋", 1),))


def test_all_sites_open_on_the_hour_and_call_while_they_are_open():
    plan = draft(community_rows(8, 120))
    hours = {site.id: (site.opens_at, site.closes_at) for site in plan.sites}
    assert {opens for opens, _ in hours.values()} == {OPENS}
    assert all(hours[group.site][0] <= group.starts_at < hours[group.site][1] for group in plan.groups)


def test_says_how_many_desks_are_needed_when_there_are_too_few():
    with pytest.raises(NoPlanFits) as refusal:
        draft(community_rows(12, 160), (), asked(desks=3))
    assert refusal.value.params["needed"] > 3
    assert "张采样台" in refusal.value.in_language("zh-hans")


def test_a_larger_community_may_open_more_desks():
    assert [desks_at_most(RULES, persons) for persons in (100, 5969, 20_000)] == [8, 8, 28]


def test_the_same_people_promise_the_same_waits():
    rows = community_rows(4, 60)
    assert promises(draft(rows).plan) == promises(draft(list(reversed(rows))).plan)
    assert promises(draft(rows).plan)["wait_minutes"]["max"][1] < RULES.wait_at_most_minutes


def test_one_large_building_goes_to_one_of_the_chosen_venues():
    rows = [row for door in range(60) for row in household_rows("小区1", "1", f"{door // 4 + 1}0{door % 4 + 1}", 3)]
    venues = tuple(VenueRow(seeded_uuid7(OPENS, name), name, 3) for name in ("东广场", "西操场"))
    plan = draft(rows, venues, replace(asked(6), every_venue=True))
    assert [site.name for site in plan.sites] in (["东广场"], ["西操场"])
    assert sum(len(group.targets) for group in plan.groups) == len(rows)
