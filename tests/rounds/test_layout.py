from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.scope import scope_of
from linli.places.models import Venue
from linli.rounds.asked import CallGroupAsked, SiteAsked
from linli.rounds.errors import UnusableLayout
from linli.rounds.models import CallGroup, Site, Target
from linli.rounds.selectors import closing_report
from linli.rounds.services import close_site, lay_out_round
from tests.conftest import FAR_AWAY
from tests.held import is_held
from tests.rounds.asked import writes_of_targets
from tests.rounds.conftest import HERE, HERE_NOW, Day, at

SITE = SiteAsked("学校", 1, at(8), at(12))


def group(day: Day, *names: str, site: SiteAsked = SITE, hours: float = 9) -> CallGroupAsked:
    return CallGroupAsked(site.id, at(hours), tuple(day.targets[name] for name in names))


def test_everybody_knows_site_and_group(day: Day):
    with scope_of(HERE):
        called = Target.objects.filter(round=day.round).exclude(call_group=None)
        assert {target.name for target in called} == set(HERE_NOW)
        assert CallGroup.objects.get().size == 6


def test_new_layout_takes_the_place_of_the_old(day: Day):
    lay_out_round(day.actor, day.round.pk, [SITE], [group(day, "李一", "李二", hours=10), group(day, "王三", hours=9)])
    with scope_of(HERE):
        assert [site.name for site in Site.objects.filter(round=day.round)] == ["学校"]
        numbers = {target.name: target.call_group.number for target in Target.objects.exclude(call_group=None)}
    assert numbers == {"王三": 1, "李一": 2, "李二": 2}


def test_site_where_somebody_has_been_stays_and_keeps_its_number(day: Day):
    day.send(day.arrival("李一", 8))
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, [SITE], [])
    assert error.value.why == "site_in_use"
    kept = replace(SITE, id=day.site, desks=3, name="小广场")
    lay_out_round(day.actor, day.round.pk, [SITE, kept], [group(day, "李一", site=kept)])
    with scope_of(HERE):
        sites = {site.number: (site.name, site.desks) for site in Site.objects.filter(round=day.round)}
    assert sites == {1: ("小广场", 3), 2: ("学校", 1)}


def test_refuses_call_group_over_twenty(day: Day):
    many = tuple(uuid7() for _ in range(21))
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, [SITE], [CallGroupAsked(SITE.id, at(9), many)])
    assert error.value.why == "group_too_large"
    assert "larger than the rules allow" in error.value.in_language("en")


@pytest.mark.parametrize(
    ("sites", "groups", "why"),
    [
        ([SITE, SITE], [], "site_twice"),
        ([replace(SITE, desks=0)], [], "site_without_desk"),
        ([replace(SITE, closes_at=at(8))], [], "site_closes_before_it_opens"),
        ([replace(SITE, venue=uuid7())], [], "site_unknown_venue"),
        ([SITE], [CallGroupAsked(uuid7(), at(9), (uuid7(),))], "group_at_unknown_site"),
        ([SITE], [CallGroupAsked(SITE.id, at(9), ())], "group_empty"),
        ([SITE], [CallGroupAsked(SITE.id, at(12), (uuid7(),))], "group_outside_hours"),
        ([SITE], [CallGroupAsked(SITE.id, at(9), (uuid7(),))], "target_unknown"),
    ],
)
def test_refuses_layout_that_cannot_work(day: Day, sites, groups, why: str):
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, sites, groups)
    assert error.value.why == why
    with scope_of(HERE):
        assert Site.objects.get(round=day.round).pk == day.site


def test_refuses_somebody_in_two_groups(day: Day):
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, [SITE], [group(day, "李一"), group(day, "李一", hours=10)])
    assert error.value.why == "target_in_two_groups"


def test_refuses_more_desks_than_the_venue_holds(day: Day):
    venue = day.village.venue
    assert venue
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, [replace(SITE, venue=venue.pk, desks=5)], [])
    assert error.value.why == "site_has_more_desks_than_room"


def test_venue_of_another_community_is_unknown(day: Day):
    with scope_of(((FAR_AWAY, FAR_AWAY + 1),)):
        venue = Venue.objects.create(community=FAR_AWAY, name="远处")
    with pytest.raises(UnusableLayout) as error:
        lay_out_round(day.actor, day.round.pk, [replace(SITE, venue=venue.pk)], [])
    assert error.value.why == "site_unknown_venue"


def test_desk_hours_end_when_the_site_closes(day: Day):
    assert closing_report(day.actor, day.round.pk)["desk_hours"] == 8.0
    close_site(day.actor, day.site, at(10))
    assert closing_report(day.actor, day.round.pk)["desk_hours"] == 4.0


def test_only_planners_lay_out(day: Day, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        lay_out_round(desk_clerk, day.round.pk, [SITE], [])
    with pytest.raises(NotFound):
        lay_out_round(stranger, day.round.pk, [SITE], [])
    with pytest.raises(NotFound):
        close_site(stranger, day.site)


def test_targets_are_locked_in_one_order_before_any_of_them_is_called(day: Day):
    site = SiteAsked("新点", 1, at(8), at(12))
    with CaptureQueriesContext(connection) as asked:
        lay_out_round(day.actor, day.round.pk, [site], [CallGroupAsked(site.id, at(9), (day.targets["李一"],))])
    assert writes_of_targets(asked)[0] == "lock"


def test_two_layouts_at_once_take_turns(day: Day, database_urls: Any):
    assert is_held(database_urls, "layout", day.round.pk)
