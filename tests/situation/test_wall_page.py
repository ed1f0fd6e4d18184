"""The wall: figures that lead down, for those whose rights cover all of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import accounts, clock
from linli.core.actors import Actor, operator_actor
from linli.core.errors import NotFound
from linli.core.rights import Department, Role
from linli.core.scope import scope_of
from linli.orders.models import RulePack
from linli.places.models import Division
from linli.rounds.counting import count_open_rounds
from linli.rounds.models import Round, RoundFigures
from linli.situation.selectors.wall import wall_of
from tests.conftest import BALICHA, FAR_AWAY, NEIGHBOUR, holder
from tests.rounds.conftest import HERE_NOW, Day, Village, at, close_at, make_day
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

CITY, DISTRICT, STREET = 421300000000, 421303000000, 421303004000
ELSEWHERE = 510100000000


def test_a_city_leads_down_to_the_board(phone_of: Phone, day: Day):
    viewer = phone_of(Role.CITY_VIEWER, CITY)
    assert f'href="/wall/{DISTRICT}/?by=outstanding"' in text_of(viewer, f"/wall/{CITY}/")
    assert f'href="/wall/{STREET}/?by=outstanding"' in text_of(viewer, f"/wall/{DISTRICT}/")
    street = text_of(viewer, f"/wall/{STREET}/")
    assert f'href="/rounds/{day.round.pk}/"' in street
    assert f'href="/wall/{CITY}/"' in street


def test_the_wall_shows_the_figures_and_nobody_by_name(phone_of: Phone, day: Day):
    day.finish("李一", hours=7)
    count_open_rounds()
    text = text_of(phone_of(Role.DISTRICT_VIEWER, DISTRICT), f"/wall/{DISTRICT}/")
    assert '<span class="figure">5</span>' in text
    assert "邻近社区" not in text
    assert "李" not in text
    assert "UTC+0800" in text


def test_communities_without_an_open_round_are_counted_and_named(phone_of: Phone, day: Day):
    viewer = phone_of(Role.SUBDISTRICT_VIEWER, STREET)
    assert "邻近社区" in text_of(viewer, f"/wall/{STREET}/", by="without")
    assert "第一轮" not in text_of(viewer, f"/wall/{STREET}/", by="without")
    assert wall_of(holder(Role.COMMAND, STREET), STREET).live.without == 1


def test_closed_rounds_stay_for_a_day(day: Day):
    viewer = holder(Role.COMMAND, DISTRICT)
    day.finish(*HERE_NOW, hours=7)
    close_at(day.actor, day.round.pk, 8)
    assert wall_of(viewer, DISTRICT).live.sum.closed == 1
    with clock.frozen(at(8) + timedelta(hours=25)):
        assert wall_of(viewer, DISTRICT).live.sum.closed == 0


def test_drills_are_in_no_figure_and_marked(phone_of: Phone, village: Village, coordinator: Actor):
    make_day(village, coordinator, is_drill=True, name="夜间演练")
    wall = wall_of(holder(Role.COMMAND, STREET), STREET)
    assert (wall.live.sum.total, wall.drills.sum.total, wall.live.without) == (0, 8, 2)
    text = text_of(phone_of(Role.SUBDISTRICT_VIEWER, STREET), f"/wall/{STREET}/")
    assert text.index("演练，不产生实际效力") < text.index("夜间演练")


@pytest.mark.parametrize("division", [CITY, 420000000000, 0, ELSEWHERE, FAR_AWAY, 12, 999999999999999])
def test_a_wall_that_reaches_further_than_the_right_does_not_exist(phone_of: Phone, day: Day, division: int):
    viewer = phone_of(Role.DISTRICT_VIEWER, DISTRICT)
    assert viewer.get(f"/wall/{division}/").status_code == 404
    assert viewer.get(f"/wall/{division}/live/").status_code == 404
    with pytest.raises(NotFound):
        wall_of(holder(Role.COMMAND, DISTRICT), division)


def test_a_community_has_its_rounds(phone_of: Phone):
    viewer = phone_of(Role.DISTRICT_VIEWER, DISTRICT)
    assert viewer.get(f"/wall/{BALICHA}/")["Location"] == f"/c/{BALICHA}/rounds/"


def test_an_unchanged_wall_is_answered_without_content(phone_of: Phone, day: Day):
    viewer, url = phone_of(Role.DISTRICT_VIEWER, DISTRICT), f"/wall/{DISTRICT}/live/"
    etag = viewer.get(url)["ETag"]
    assert viewer.get(url, headers={"if-none-match": etag}).status_code == 304
    day.finish("李一", hours=7)
    with clock.frozen(at(8) + timedelta(seconds=15)):
        count_open_rounds()
        assert viewer.get(url, headers={"if-none-match": etag}).status_code == 200


def test_silent_late_and_old_figures_are_said(phone_of: Phone, day: Day):
    day.finish("李一", hours=6)
    count_open_rounds()
    with clock.frozen(at(8) + timedelta(minutes=3)):
        text = text_of(phone_of(Role.SUBDISTRICT_VIEWER, STREET, language="en"), f"/wall/{STREET}/")
    assert "silent for an hour" in text
    assert "old figures" in text
    assert "cannot be told yet" in text


def test_a_department_is_told_what_it_reads(phone_of: Phone, client, day: Day):
    user = accounts.add_user(operator_actor(), "civil")
    accounts.grant(operator_actor(), user, Role.DEPARTMENT, DISTRICT, department=Department.CIVIL_AFFAIRS)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get(f"/wall/{DISTRICT}/").content.decode()
    assert "民政" in text
    assert client.get("/")["Location"] == f"/wall/{DISTRICT}/"


def test_queries_do_not_grow_with_the_city(day: Day):
    viewer = holder(Role.COMMAND, CITY)
    with CaptureQueriesContext(connection) as few:
        wall_of(viewer, CITY)
    pack = RulePack.objects.order_by("code", "version")[0]
    codes = [421303009000 + number for number in range(1, 40)]
    Division.objects.bulk_create(Division(code=code, name=str(code)) for code in codes)
    with scope_of(((CITY, CITY + 10**8),)):
        rounds = Round.objects.bulk_create(
            Round(community=code, name="x", rule_pack=pack, t0=at(0), deadline=at(24), ordered_at=at(0), opened_by="x")
            for code in codes
        )
        RoundFigures.objects.bulk_create(
            RoundFigures(
                community=each.community, round=each, entry=1, counted_at=at(8), as_of=at(8), total=9, outstanding=4
            )
            for each in rounds
        )
    with CaptureQueriesContext(connection) as many:
        wall = wall_of(viewer, CITY)
    assert (wall.live.sum.total, wall.live.sum.outstanding) == (8 + 39 * 9, 6 + 39 * 4)
    assert len(many) == len(few)
    assert NEIGHBOUR not in codes
