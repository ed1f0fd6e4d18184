from collections import Counter
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest

from linli_engine.drill import (
    Arrival,
    Behaviour,
    DayPlan,
    FinalOutcome,
    Household,
    Newcomer,
    Person,
    SiteDay,
    Specimen,
    Teams,
    VisitOutcome,
    plan_day,
    summarise,
    write_script,
)
from linli_engine.drill.chance import chance_for
from linli_engine.microplan import HouseholdToPlan, PlanParameters, Venue, plan_testing
from linli_engine.queueing import Punctuality
from linli_engine.routing import Door
from linli_engine.timetable import Callee

NOBODY_ODD = Behaviour(
    household_stays_away=0,
    person_stays_away=0,
    refuses=0,
    tested_elsewhere=0,
    household_moved=0,
    dead=0,
    newcomers_per_target=0,
    not_at_home=0,
    punctuality=Punctuality(straggler_probability=0),
)


def street(count=40, care_needs=(), away=()):
    """One building of two-person households; the first persons have the care needs, the first households are away."""
    return tuple(
        Household(
            f"h{n:02}",
            Door(f"d{n:02}", "A", str(n // 20), "1", n % 20 // 2 + 1, str(n % 2)),
            tuple(Person(f"p{n:02}-{m}", care_needs[n : n + 1] if m == 0 else (), away=n in away) for m in range(2)),
        )
        for n in range(count)
    )


def day_of(households):
    calls = [
        HouseholdToPlan(h.key, h.door.compound, h.door.building, h.door.unit, tuple(Callee(p.key) for p in h.persons))
        for h in households
        if not any(person.away for person in h.persons)
    ]
    return plan_day(plan_testing(calls, [Venue("east")], rng=np.random.default_rng(0)))


def play(households, seed=1, **options):
    return write_script(households, day_of(households), seed=seed, **options)


def certain(**probabilities):
    return replace(NOBODY_ODD, **probabilities)


def test_everybody_comes_when_nobody_is_odd():
    script = play(street(), behaviour=NOBODY_ODD)
    assert set(script.final.values()) == {FinalOutcome.DONE}
    assert len(script.specimens) == 80
    assert script.visits == ()
    assert script.timeline.swept is None
    assert summarise(script).sweep_hours == 0


def test_same_seed_gives_the_same_script():
    assert play(street()) == play(street())
    assert play(street()) != play(street(), seed=2)


def test_order_of_households_does_not_matter():
    there = street()
    day = day_of(there)
    assert write_script(there[::-1], day, seed=3) == write_script(there, day, seed=3)


def test_more_allowed_visits_change_nothing_before_them():
    three = play(street(), behaviour=Behaviour(not_at_home=0.5, household_stays_away=0.5))
    five = play(street(), behaviour=Behaviour(not_at_home=0.5, household_stays_away=0.5, max_visits=5))
    assert three.specimens == five.specimens
    assert [v for v in three.visits if v.number == 1] == [v for v in five.visits if v.number == 1]


def test_other_lateness_does_not_change_who_comes():
    punctual = play(street(), behaviour=Behaviour(punctuality=Punctuality(0, 0, straggler_probability=0)))
    late = play(street(), behaviour=Behaviour(punctuality=Punctuality(2, 4, straggler_probability=0)))
    assert {s.person for s in punctual.specimens} == {s.person for s in late.specimens}


def test_who_cannot_come_is_sampled_at_home():
    script = play(street(care_needs=("长期卧床",)), behaviour=NOBODY_ODD)
    assert [(visit.door, visit.outcomes) for visit in script.visits] == [
        ("d00", (("p00-0", VisitOutcome.CANNOT_COME),))
    ]
    [sampling] = script.home_samplings
    assert sampling.person == "p00-0"
    assert sampling.start_minute > script.visits[0].minute
    assert script.final["p00-0"] is FinalOutcome.DONE


def test_away_by_the_ledger_is_accounted_for_without_a_visit():
    script = play(street(away=(0, 1)), behaviour=NOBODY_ODD)
    assert Counter(script.final.values()) == {FinalOutcome.DONE: 76, FinalOutcome.AWAY: 4}
    assert script.visits == ()


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (certain(tested_elsewhere=1), FinalOutcome.TESTED_ELSEWHERE),
        (certain(household_moved=1), FinalOutcome.MOVED),
        (certain(dead=1), FinalOutcome.DEAD),
        (certain(household_stays_away=1), FinalOutcome.DONE),
        (certain(refuses=1, persuaded=1), FinalOutcome.DONE),
        (certain(refuses=1, persuaded=0), FinalOutcome.REFUSED),
        (certain(household_stays_away=1, not_at_home=1), FinalOutcome.AWAY),
    ],
)
@pytest.mark.parametrize("planned", [True, False])
def test_every_reason_not_to_come_ends_in_its_outcome(behaviour, outcome, planned):
    script = play(street(), behaviour=behaviour, planned=planned)
    assert set(script.final.values()) == {outcome}
    assert script.specimens == ()


def test_team_comes_again_until_the_last_visit():
    script = play(street(3), behaviour=certain(household_stays_away=1, not_at_home=1))
    for _, visits in groupby(sorted(script.visits, key=lambda v: v.door), key=lambda v: v.door):
        first, second, third = visits
        assert (first.number, second.number, third.number) == (1, 2, 3)
        assert second.minute >= first.minute + Behaviour().revisit_minutes
        assert {outcome for _, outcome in third.outcomes} == {VisitOutcome.AWAY}


def test_the_bedridden_are_sampled_even_when_nobody_opens():
    script = play(street(1, care_needs=("长期卧床",)), behaviour=certain(not_at_home=1))
    assert script.final["p00-0"] is FinalOutcome.DONE


def test_newcomers_are_tested_and_counted():
    script = play(street(), behaviour=certain(newcomers_per_target=0.2))
    assert script.newcomers
    assert all(script.final[newcomer.person] is FinalOutcome.DONE for newcomer in script.newcomers)
    assert len(script.final) == 80 + len(script.newcomers)


def test_two_households_behind_one_door_are_visited_one_after_the_other():
    door = Door("d", "A", "1")
    there = (Household("h1", door, (Person("a"),)), Household("h2", door, (Person("b"),)))
    script = play(there, behaviour=certain(household_stays_away=1))
    assert [(visit.household, visit.door) for visit in script.visits] == [("h1", "d"), ("h2", "d")]


def test_who_comes_after_closing_is_found_by_the_sweep():
    too_late = Punctuality(500, 0, latest_minutes=500, straggler_probability=0)
    script = play(street(), behaviour=certain(punctuality=too_late))
    assert script.specimens == ()
    assert len(script.home_samplings) == 80


def test_events_come_in_the_order_of_time_and_cause_before_effect(balicha):
    events = write_script(balicha.households, balicha.day, seed=5).events()
    assert [event.minute for event in events] == sorted(event.minute for event in events)
    seen: set[str] = set()
    for event in events:
        if isinstance(event, Arrival):
            assert ("newcomer" in event.person) == (event.person in seen)
            seen.add(event.person)
        elif isinstance(event, Newcomer):
            seen.add(event.person)
        elif isinstance(event, Specimen):
            assert event.person in seen
            assert event.arrival_minute <= event.start_minute <= event.minute


def test_no_team_is_in_two_places(balicha):
    script = write_script(balicha.households, balicha.day, seed=5)
    visits = sorted((visit.team, visit.minute) for visit in script.visits)
    samplings = sorted((sampling.team, sampling.minute) for sampling in script.home_samplings)
    for facts, least in ((visits, 3.0), (samplings, 1.5)):
        for _, mine in groupby(facts, key=lambda fact: fact[0]):
            assert (np.diff([minute for _, minute in mine]) >= least - 1e-9).all()


def test_nobody_is_visited_before_the_desks_are_done_with_the_compound(balicha):
    script = write_script(balicha.households, balicha.day, seed=5)
    compound = {person.key: h.door.compound for h in balicha.households for person in h.persons}
    compound_of = {h.key: h.door.compound for h in balicha.households}
    last: dict[str, float] = {}
    for specimen in script.specimens:
        if specimen.person in compound:
            place = compound[specimen.person]
            last[place] = max(last.get(place, 0), specimen.minute)
    assert all(visit.minute > last[compound_of[visit.household]] for visit in script.visits)


def test_buildings_are_told_before_they_are_called(balicha):
    script = write_script(balicha.households, balicha.day, seed=5)
    told = {(notice.compound, notice.building): notice.minute for notice in script.notices}
    for group in balicha.day.groups:
        called = balicha.day.at(group.site).opens_minute + group.start_minute
        assert told[group.compound, group.building] <= called - 10
    assert script.timeline.mobilised <= 120


def test_a_tiny_community_is_played_too():
    there = street(1)
    script = play(there, behaviour=Behaviour())
    assert set(script.final) >= {"p00-0", "p00-1"}


def test_concerns_have_chances_of_their_own():
    assert chance_for(1, "a").random() == chance_for(1, "a").random()
    assert chance_for(1, "a").random() != chance_for(1, "b").random()


def test_refuses_to_call_somebody_unknown():
    with pytest.raises(ValueError, match="who is in no household"):
        write_script(street(2), day_of(street(3)), seed=1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: play(street(), seed=-1),
        lambda: play(street() + street()),
        lambda: Behaviour(refuses=1.1),
        lambda: Behaviour(cannot_come={"x": -1}),
        lambda: Behaviour(revisit_minutes=-1),
        lambda: Behaviour(max_visits=0),
        lambda: Behaviour(told_from_minute=200),
        lambda: Teams(sweep=0),
        lambda: Teams(home_sampling=0),
        lambda: Household("h", Door("d", "A", "1"), ()),
        lambda: Person("p", weight=0),
        lambda: SiteDay("s", 0, 0, 1),
        lambda: SiteDay("s", 1, 5, 5),
        lambda: DayPlan((), (), {}),
        lambda: DayPlan((SiteDay("s", 1, 0, 1),), (), {"h": "t"}),
        lambda: plan_testing([], [Venue("v")], rng=np.random.default_rng(1)),
        lambda: plan_testing([HouseholdToPlan("h", "A", "1", "1", (Callee("p"),))], [], rng=np.random.default_rng(1)),
        lambda: HouseholdToPlan("h", "A", "1", "1", ()),
        lambda: Venue("v", capacity=0),
        lambda: PlanParameters(room=-1),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(("dwellings", "teams"), [(2219, Teams(17, 6)), (0, Teams(1, 1)), (7400, Teams(57, 20))])
def test_teams_grow_with_the_number_of_dwellings(dwellings, teams):
    assert Teams.for_dwellings(dwellings) == teams


def test_unknown_site_has_no_day(balicha):
    with pytest.raises(KeyError):
        balicha.day.at("south")


def test_visits_name_doors(balicha):
    doors = {household.door.key for household in balicha.households}
    visits = write_script(balicha.households, balicha.day, seed=1).visits
    assert {visit.door for visit in visits} <= doors
