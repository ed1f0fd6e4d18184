"""The plan of a round that is not open yet, compared with the one that it gets as it opens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.scope import scope_of
from linli.orders.selectors import rule_pack_in_force
from linli.places.models import Building, Venue
from linli.planning.ahead import PlanAhead, plan_ahead
from linli.planning.chosen import Chosen
from linli.planning.microplan import NoPlanFits, OpensTooLate
from linli.planning.services import plan_round
from linli.rounds.asked import NewRound
from linli.rounds.errors import UnusableLayout
from linli.rounds.models import CallGroup, Site, Target
from linli.rounds.services import open_round
from tests.conftest import BALICHA
from tests.drill.conftest import HERE, fill_register

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOURS = Chosen(MORNING + timedelta(hours=2), MORNING + timedelta(hours=8))


@pytest.fixture
def new(db: None) -> NewRound:
    fill_register(72)
    return NewRound("第一轮", MORNING + timedelta(hours=16))


@pytest.fixture
def venues(new: NewRound) -> dict[str, UUID]:
    with scope_of(HERE):
        return {name: Venue.objects.create(community=BALICHA, name=name).pk for name in ("东广场", "西操场", "南车棚")}


def look(actor: Actor, new: NewRound, chosen: Chosen = HOURS) -> PlanAhead:
    with clock.frozen(MORNING):
        rules = rule_pack_in_force(actor, MORNING.date()).reading()
        return plan_ahead(actor, BALICHA, new, chosen, rules)


def opens(actor: Actor, new: NewRound, chosen: Chosen = HOURS) -> dict[str, object]:
    """Open the round and return what its plan promises and when each building comes, as stored."""
    with clock.frozen(MORNING):
        round = open_round(actor, BALICHA, new)
        promised = plan_round(actor, round.pk, chosen=chosen).promised
    with scope_of(HERE):
        sites = list(Site.objects.filter(round=round).order_by("number").values_list("name", "desks", "venue_id"))
        calls = Target.objects.filter(round=round, call_group__isnull=False).values_list(
            "building__compound__name", "building__name", "call_group__starts_at", "call_group__site__name"
        )
        groups = CallGroup.objects.filter(round=round).count()
        return {"promised": promised, "sites": sites, "calls": set(calls), "groups": groups}


@pytest.mark.parametrize("where", ["open spaces", "one venue", "two venues", "a part"])
def test_the_plan_looked_at_is_the_plan_that_opens(
    new: NewRound, venues: dict[str, UUID], coordinator: Actor, where: str
):
    with scope_of(HERE):
        building = Building.objects.order_by("compound__name", "name")[0].pk
    chosen = {
        "open spaces": HOURS,
        "one venue": replace(HOURS, desks={venues["西操场"]: 2}),
        "two venues": replace(HOURS, desks={venues["西操场"]: 1, venues["南车棚"]: 2}),
        "a part": replace(HOURS, desks={venues["西操场"]: 1}),
    }[where]
    new = replace(new, buildings=(building,)) if where == "a part" else new
    told = look(coordinator, new, chosen).as_json()
    opened = opens(coordinator, new, chosen)
    assert told["promised"] == opened["promised"]
    assert [(site["name"], site["desks"], site["venue"] and UUID(site["venue"])) for site in told["sites"]] == opened[
        "sites"
    ]
    assert sum(site["groups"] for site in told["sites"]) == opened["groups"]
    assert {(row["compound"], row["building"], row["first"]) for row in told["buildings"]} == first_calls(opened)
    assert sum(row["people"] for row in told["buildings"]) == told["expected"] < told["people"]


def first_calls(opened: dict[str, object]) -> set[tuple[str, str, str]]:
    first: dict[tuple[str, str], datetime] = {}
    for compound, building, at, _site in opened["calls"]:  # type: ignore[attr-defined]
        first[compound, building] = min(at, first.get((compound, building), at))
    return {(*place, at.isoformat()) for place, at in first.items()}


def test_a_site_opens_at_each_chosen_venue_with_no_more_desks_than_chosen(
    new: NewRound, venues: dict[str, UUID], coordinator: Actor
):
    desks = {venues["西操场"]: 1, venues["南车棚"]: 3}
    told = look(coordinator, new, Chosen(HOURS.opens_at, MORNING + timedelta(hours=3, minutes=30), desks)).as_json()
    assert {UUID(site["venue"]) for site in told["sites"]} == set(desks)
    assert all(site["desks"] <= desks[UUID(site["venue"])] for site in told["sites"])


def test_looking_writes_nothing_and_says_so_when_no_plan_fits(
    new: NewRound, venues: dict[str, UUID], coordinator: Actor
):
    with pytest.raises(NoPlanFits):
        look(coordinator, new, Chosen(HOURS.opens_at, HOURS.opens_at + timedelta(minutes=21)))
    with pytest.raises(OpensTooLate):
        look(coordinator, new, Chosen(HOURS.opens_at, HOURS.opens_at - timedelta(minutes=21)))
    with pytest.raises(UnusableLayout):
        look(coordinator, new, replace(HOURS, desks={new.id: 2}))
    look(coordinator, new)
    with scope_of(HERE):
        assert not Target.objects.exists()
        assert not Site.objects.exists()


def test_looking_at_a_plan_is_for_who_may_open_rounds_there(
    new: NewRound, coordinator: Actor, desk_clerk: Actor, stranger: Actor
):
    for actor, answer in ((desk_clerk, Refused), (stranger, NotFound)):
        with pytest.raises(answer):
            look(actor, new)
