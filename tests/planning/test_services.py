from datetime import UTC, datetime, timedelta

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import Invalid, NotFound, Refused
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.places.models import Venue
from linli.planning.microplan import NobodyToPlanFor, NoPlanFits
from linli.planning.models import Microplan
from linli.planning.services import plan_round, plan_sweep
from linli.rounds.asked import NewRound
from linli.rounds.models import CallGroup, Outcome, Round, Site, SweepDoor, Target
from linli.rounds.services import open_round, state_outcome
from tests.conftest import BALICHA
from tests.drill.conftest import HERE, fill_register

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def opened(db: None, coordinator: Actor) -> Round:
    fill_register(24)
    with clock.frozen(MORNING):
        return open_round(coordinator, BALICHA, NewRound("第一轮", MORNING + timedelta(hours=16), MORNING))


def test_plan_gives_everybody_who_is_not_away_one_call_group(opened: Round, coordinator: Actor):
    with clock.frozen(MORNING):
        plan = plan_round(coordinator, opened.pk)
    with scope_of(HERE):
        called = Target.objects.filter(round=opened).exclude(call_group=None)
        assert {target.outcome for target in called} == {None}
        assert not Target.objects.filter(round=opened, outcome=None, call_group=None).exists()
        assert sum(group.size for group in CallGroup.objects.all()) == called.count() == plan.promised["called"]
        sites = list(Site.objects.all())
        assert [site.name for site in sites] == ["小区1采样点"]
        assert all(site.opens_at == MORNING + timedelta(minutes=65) for site in sites)
        assert AuditEntry.objects.filter(action="plan_round", object_id=plan.pk).exists()


def test_replanning_leaves_out_who_has_an_outcome_and_keeps_the_site(opened: Round, coordinator: Actor):
    with clock.frozen(MORNING):
        plan_round(coordinator, opened.pk)
        with scope_of(HERE):
            before = Site.objects.get()
            gone = Target.objects.filter(outcome=None).first()
        assert gone is not None
        state_outcome(coordinator, opened.pk, gone.pk, Outcome.TESTED_ELSEWHERE, "单位已检")
        plan_round(coordinator, opened.pk, desks=1)
    with scope_of(HERE):
        assert Site.objects.get() == before
        assert Target.objects.get(pk=gone.pk).call_group is None
        assert Microplan.objects.count() == 2


def test_sites_open_at_the_communitys_venues(opened: Round, coordinator: Actor):
    with scope_of(HERE):
        Venue.objects.create(community=BALICHA, name="小广场", desks_at_most=2)
    plan_round(coordinator, opened.pk, opens_at=MORNING + timedelta(hours=2))
    with scope_of(HERE):
        site = Site.objects.select_related("venue").get()
        assert (site.name, site.venue and site.venue.name) == ("小广场", "小广场")


def test_says_so_when_the_deadline_is_too_near_or_nobody_is_left(opened: Round, coordinator: Actor):
    with pytest.raises(NoPlanFits):
        plan_round(coordinator, opened.pk, opens_at=opened.deadline - timedelta(minutes=21))
    with scope_of(HERE):
        left = list(Target.objects.filter(outcome=None).values_list("id", flat=True))
    for target in left:
        state_outcome(coordinator, opened.pk, target, Outcome.AWAY, "外出")
    with pytest.raises(NobodyToPlanFor):
        plan_round(coordinator, opened.pk, opens_at=MORNING + timedelta(hours=2))


def test_sweep_puts_each_outstanding_door_on_one_list(opened: Round, coordinator: Actor):
    with scope_of(HERE):
        before = AuditEntry.objects.count()
    lists = plan_sweep(coordinator, opened.pk, 3)
    with scope_of(HERE):
        assert AuditEntry.objects.count() == before + 1
        outstanding = set(Target.objects.filter(outcome=None).values_list("dwelling_id", flat=True))
        assert set(SweepDoor.objects.values_list("dwelling_id", flat=True)) == outstanding
        assert SweepDoor.objects.count() == len(outstanding)
    assert [team.name for team in lists] == ["扫楼1队", "扫楼2队", "扫楼3队"]
    with pytest.raises(Invalid):
        plan_sweep(coordinator, opened.pk, 0)


def test_refuses_whoever_may_not_plan_here(opened: Round, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        plan_round(desk_clerk, opened.pk)
    with pytest.raises(NotFound):
        plan_round(stranger, opened.pk)
    with pytest.raises(NotFound):
        plan_sweep(stranger, opened.pk, 2)
