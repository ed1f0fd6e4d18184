import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli_engine.staffing import DeskPlan, DeskTargets, SiteDesks, desks_needed, size_desks

PERSONS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3000), min_size=1, max_size=4)


@given(PERSONS)
def test_plan_finishes_in_the_window_and_wastes_no_desk_hours(persons):
    targets = DeskTargets(max_desks=30)
    plan = size_desks(persons, targets=targets)
    least = sum(persons.values()) / targets.rate_per_hour
    assert list(persons) == [site.site for site in plan.sites]
    assert plan.desk_hours <= 1.5 * least
    assert plan.utilisation >= 0.65
    for site in plan.sites:
        assert site.open_hours <= targets.window_hours + 1e-9
        assert site.desks * targets.rate_per_hour * site.calling_hours >= site.persons


@given(PERSONS)
def test_one_desk_fewer_would_not_finish_in_time(persons):
    targets = DeskTargets(max_desks=30)
    plan = size_desks(persons, targets=targets)
    if plan.desks > len(persons):
        try:
            fewer = size_desks(persons, targets=DeskTargets(max_desks=plan.desks - 1))
        except ValueError:
            return
        assert max(site.utilisation for site in fewer.sites) > targets.target_utilisation


def test_balicha_gets_eight_desks_for_under_seven_hours():
    plan = size_desks({"east": 2175, "north": 2175, "west": 1450})
    assert [site.desks for site in plan.sites] == [3, 3, 2]
    assert max(site.open_hours for site in plan.sites) <= 6.75
    assert plan.desk_hours <= 1.5 * 5800 / 130
    assert 0.78 <= plan.utilisation <= 0.85
    assert plan.at("west").desks == 2


def test_desks_work_harder_when_there_are_no_more_of_them():
    # 8 desks at 0.88 sample 8 * 130 * 0.88 * 6.417 = 5,872 persons; these need 0.90.
    plan = size_desks({"only": 6000})
    assert plan.desks == 8
    assert plan.sites[0].utilisation == pytest.approx(6000 / (8 * 130 * (6.75 - 1 / 3)))


def test_says_how_many_desks_would_do():
    needed = math.ceil(9000 / (130 * 0.92 * (6.75 - 1 / 3)))
    with pytest.raises(ValueError, match=f"about {needed} desks"):
        size_desks({"only": 9000})
    size_desks({"only": 9000}, targets=DeskTargets(max_desks=needed))


def test_a_small_site_keeps_its_tail_short():
    plan = size_desks({"only": 60})
    assert plan.utilisation >= 1 / 1.5
    assert plan.sites[0].open_hours > plan.sites[0].calling_hours


@pytest.mark.parametrize(
    ("persons", "words"), [({}, "no site"), ({"a": 0}, "expects nobody"), ({str(n): 9 for n in range(9)}, "9 sites")]
)
def test_refuses_sites_without_sense(persons, words):
    with pytest.raises(ValueError, match=words):
        size_desks(persons)


def test_nobody_still_needs_one_desk():
    assert desks_needed(0, targets=DeskTargets()) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: DeskTargets(rate_per_hour=0),
        lambda: DeskTargets(target_utilisation=0.5),
        lambda: DeskTargets(target_utilisation=0.95),
        lambda: DeskTargets(highest_utilisation=1.0),
        lambda: DeskTargets(window_hours=-1),
        lambda: DeskTargets(max_desks=0),
        lambda: DeskTargets(desk_hours_limit=1.0),
        lambda: desks_needed(-1, targets=DeskTargets()),
        lambda: desks_needed(1, targets=DeskTargets(window_hours=0.2)),
        lambda: SiteDesks("a", 1, 0, 1, 1, 0.8),
        lambda: SiteDesks("a", 1, 1, 2, 1, 0.8),
        lambda: SiteDesks("a", 1, 1, 1, 1, 1.0),
        lambda: DeskPlan((SiteDesks("a", 1, 1, 1, 1, 0.8),) * 2, 130),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()


def test_unknown_site_has_no_desks():
    with pytest.raises(KeyError):
        size_desks({"a": 5}).at("b")
