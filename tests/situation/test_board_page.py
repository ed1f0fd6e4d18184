import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.rounds.models import Target
from tests.conftest import BALICHA, FAR_AWAY
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, close_at, make_day
from tests.situation.conftest import Phone


def text_of(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_title_says_how_many_dwellings_are_open(phone: Client, day: Day):
    assert '还有 <span class="figure">5</span> 户未完成' in text_of(phone, f"/rounds/{day.round.pk}/")


def test_unchanged_board_is_answered_without_content(phone: Client, day: Day):
    live = f"/rounds/{day.round.pk}/live/"
    first = phone.get(live)
    again = phone.get(live, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-store"
    day.send(day.arrival("李一", 7.9))
    assert phone.get(live, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_unchanged_board_is_not_worked_out(phone: Client, day: Day):
    live = f"/rounds/{day.round.pk}/live/"
    etag = phone.get(live)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        phone.get(live, headers={"if-none-match": etag})
    assert not [query for query in queries if "rounds_target" in query["sql"] or "rounds_arrival" in query["sql"]]


def test_fragment_is_the_board_alone_and_asks_again(phone: Client, day: Day):
    text = text_of(phone, f"/rounds/{day.round.pk}/live/")
    assert text.lstrip().startswith('<div id="board" data-poll="5"')
    assert "<html" not in text


def test_closed_board_asks_no_more(phone: Client, day: Day):
    day.finish(*HERE_NOW)
    close_at(day.actor, day.round.pk, 13)
    text = text_of(phone, f"/rounds/{day.round.pk}/")
    assert "data-poll" not in text
    assert "本轮已结束，一个不漏" in text


def test_languages_do_not_share_a_drawn_board(phone_of: Phone, day: Day):
    chinese, english = phone_of(Role.COORDINATOR), phone_of(Role.COORDINATOR, language="en")
    assert "户未完成" in text_of(chinese, f"/rounds/{day.round.pk}/live/")
    assert "dwellings</span> still open" not in text_of(english, f"/rounds/{day.round.pk}/live/")
    assert "dwellings still open" in text_of(english, f"/rounds/{day.round.pk}/live/")


def test_names_on_the_board_are_masked_for_the_command_post(phone: Client, phone_of: Phone, day: Day):
    board = f"/rounds/{day.round.pk}/"
    assert "李一" in text_of(phone, board)
    seen = text_of(phone_of(Role.COMMAND, 421303000000), board)
    assert "李一" not in seen
    assert "李*" in seen
    assert "/doors/" not in seen


def test_drill_carries_its_banner_on_every_page(phone: Client, village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    door = village.dwellings["明珠 1-1-101"].pk
    compound = village.compounds["明珠"].pk
    for page in ("", "targets/", "missing/", "close/", "report/", f"doors/{door}/", f"compounds/{compound}/"):
        assert "演练，不产生实际效力" in text_of(phone, f"/rounds/{day.round.pk}/{page}"), page


def test_live_round_carries_no_banner(phone: Client, day: Day):
    assert "演练，不产生实际效力" not in text_of(phone, f"/rounds/{day.round.pk}/")


def test_compound_shows_each_door_as_a_link(phone: Client, day: Day):
    text = text_of(phone, f"/rounds/{day.round.pk}/compounds/{day.village.compounds['明珠'].pk}/")
    assert f"/doors/{day.village.dwellings['明珠 1-1-101'].pk}/" in text
    assert "1栋" in text
    assert "金域" not in text


@pytest.mark.parametrize("page", ["", "live/", "report/", "targets/"])
def test_round_of_another_community_is_as_if_it_did_not_exist(phone_of: Phone, day: Day, page: str):
    stranger = phone_of(Role.COORDINATOR, FAR_AWAY)
    assert stranger.get(f"/rounds/{day.round.pk}/{page}").status_code == 404
    assert phone_of(None).get(f"/rounds/{day.round.pk}/{page}").status_code == 403


def queries_of(client: Client, day: Day) -> dict[str, int]:
    base, counted = f"/rounds/{day.round.pk}/", {}
    compound = day.village.compounds["金域"].pk
    door = day.village.dwellings["金域 1-1-101"].pk
    pages = {
        "home": "/", "community": f"/c/{BALICHA}/", "rounds": f"/c/{BALICHA}/rounds/", "new": f"/c/{BALICHA}/rounds/new/",
        "board": base, "compound": f"{base}compounds/{compound}/", "targets": f"{base}targets/",
        "open": f"{base}targets/?outcome=open", "missing": f"{base}missing/",
        "part": f"{base}missing/?compound={compound}", "door": f"{base}doors/{door}/", "close": f"{base}close/",
        "report": f"{base}report/",
    }  # fmt: skip
    for name, url in pages.items():
        client.get(url)
        caches["boards"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counted[name] = len(queries)
    return counted


def test_queries_do_not_grow_with_the_round(phone: Client, village: Village, coordinator: Actor):
    few = queries_of(phone, make_day(village, coordinator))
    with scope_of(HERE):
        village.build("金域", "2", 20)
        for number in range(40):
            village.move_in(f"新{number}", f"金域 2-1-{101 + number // 2}")
    large = make_day(village, coordinator, name="第二轮", another=True)
    many = queries_of(phone, large)
    assert many == few
    with scope_of(HERE):
        assert Target.objects.filter(round=large.round).count() == 48
