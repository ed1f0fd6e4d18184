"""The pages of desks and venue screens, as browsers ask for them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core import clock
from linli.core.actors import Actor
from linli.core.ids import uuid7
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.rounds.models import Specimen, Target
from tests.conftest import BALICHA, FAR_AWAY
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, at, close_at, make_day
from tests.situation.conftest import Phone
from tests.situation.conftest import phone_of as phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(phone_of: Phone, day: Day) -> Client:
    """A desk clerk's phone, at desk 2 of the only site."""
    phone = phone_of(Role.DESK_CLERK)
    sit_down(phone, day)
    return phone


def sit_down(phone: Client, day: Day, desk: int = 2) -> None:
    response = phone.post(f"/rounds/{day.round.pk}/sites/", {"site": day.site, "desk": desk})
    assert response.headers["Location"] == f"/rounds/{day.round.pk}/desk/"


def page(phone: Client, day: Day, path: str = "") -> str:
    response = phone.get(f"/rounds/{day.round.pk}/{path}")
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def find(phone: Client, day: Day, **words: object) -> str:
    response = phone.post(f"/rounds/{day.round.pk}/desk/find/", words, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def pressed(day: Day, *names: str) -> dict[str, object]:
    """What the button of a household sends."""
    now = int(clock.now().timestamp() * 1000)
    people = [f"{day.targets[name]}:{uuid7()}:{uuid7()}" for name in names]
    return {"person": people, "opened": now - 8000, "pressed": now}


def register(phone: Client, day: Day, sent: dict[str, object]) -> str:
    response = phone.post(f"/rounds/{day.round.pk}/desk/register/", sent, headers={"HX-Request": "true"})
    return response.content.decode()


def test_home_of_a_desk_clerk_leads_to_the_desk_in_one_tap(desk: Client, day: Day):
    home = desk.get("/").content.decode()
    assert f'href="/rounds/{day.round.pk}/desk/"' in home
    assert "小广场 2 号台" in page(desk, day, "desk/")


def test_a_desk_is_chosen_first_and_remembered(phone_of: Phone, day: Day):
    phone = phone_of(Role.DESK_CLERK)
    response = phone.get(f"/rounds/{day.round.pk}/desk/")
    assert response.headers["Location"] == f"/rounds/{day.round.pk}/sites/"
    sit_down(phone, day)
    assert "我在 2 号台" in page(phone, day, "sites/")


def test_a_desk_that_a_site_has_not_is_refused(phone_of: Phone, day: Day):
    url = f"/rounds/{day.round.pk}/sites/"
    phone = phone_of(Role.DESK_CLERK)
    assert phone.post(url, {"site": day.site, "desk": 3}).status_code == 404
    assert phone.post(url, {"site": uuid7(), "desk": 1}).status_code == 404


def test_sites_say_hours_queue_and_who_was_sampled(desk: Client, day: Day):
    day.send(day.arrival("李一", 7.9))
    day.finish("王三", hours=7)
    text = page(desk, day, "sites/")
    assert "16:00 – 20:00" in text
    assert re.search(r"等候</dt><dd class=\"l-num\">1 人", text)
    assert re.search(r"已采样</dt><dd class=\"l-num\">1 人", text)


def test_one_household_opens_at_once_with_everybody_present_ticked(desk: Client, day: Day):
    text = find(desk, day, q="李一")
    assert "明珠 1-1-101" in text
    assert text.count(" checked>") == 2
    assert "data-household-count>2</span>" in text
    assert "<html" not in text


def test_several_households_are_offered_and_one_is_opened(desk: Client, day: Day):
    text = find(desk, day, q="1-1-101")
    assert "2 户符合" in text
    assert "data-household" not in text
    opened = find(desk, day, target=str(day.targets["孙六"]))
    assert "金域 1-1-101" in opened


def test_nobody_found_leads_to_adding_them(desk: Client, day: Day):
    text = find(desk, day, q="没有这个人")
    assert "没有这个人" in text
    assert f"/rounds/{day.round.pk}/desk/newcomer/" in text


def test_a_press_registers_the_household_and_can_be_taken_back(desk: Client, day: Day):
    text = register(desk, day, pressed(day, "李一", "李二"))
    assert "已登记 2 人" in text
    assert day.outcome("李二") == "done"
    facts = re.findall(r'name="fact" value="([^"]+)"', text)
    assert len(facts) == 4
    back = desk.post(f"/rounds/{day.round.pk}/desk/take-back/", {"fact": facts}, headers={"HX-Request": "true"})
    assert "已撤销 2 人" in back.content.decode()
    assert day.outcome("李二") is None


def test_a_double_press_is_answered_alike_and_stored_once(desk: Client, day: Day):
    sent = pressed(day, "李一")
    first, second = register(desk, day, sent), register(desk, day, sent)
    assert "已登记 1 人" in first
    assert "已登记 1 人" in second
    with scope_of(HERE):
        assert Specimen.objects.count() == 1


@pytest.mark.parametrize("broken", [{"person": "x"}, {"pressed": ""}, {"opened": "9" * 30}, {"person": []}])
def test_what_no_page_of_ours_sends_is_refused_in_words(desk: Client, day: Day, broken: dict[str, object]):
    assert "什么都没有保存" in register(desk, day, {**pressed(day, "李一"), **broken})
    assert day.outcome("李一") is None


def test_a_browser_without_scripts_gets_whole_pages(desk: Client, day: Day):
    response = desk.post(f"/rounds/{day.round.pk}/desk/find/", {"q": "李一"})
    assert "<html" in response.content.decode()


def test_a_walk_in_joins_the_round_and_is_opened_at_the_desk(desk: Client, day: Day):
    form = page(desk, day, "desk/newcomer/")
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key is not None
    sent = {"name": "外来人", "door": "明珠 1-1-103", "id_kind": "resident_id", "key": key[1]}
    first = desk.post(f"/rounds/{day.round.pk}/desk/newcomer/", sent)
    again = desk.post(f"/rounds/{day.round.pk}/desk/newcomer/", sent)
    assert first.headers["Location"] == again.headers["Location"]
    opened = desk.get(first.headers["Location"]).content.decode()
    assert "外来人" in opened
    assert "明珠 1-1-103" in opened
    with scope_of(HERE):
        assert Target.objects.filter(name="外来人").count() == 1


def test_a_walk_in_with_an_unknown_door_or_number_is_asked_again(desk: Client, day: Day):
    url = f"/rounds/{day.round.pk}/desk/newcomer/"
    wrong = desk.post(url, {"name": "外来人", "door": "9-9-999", "id_kind": "resident_id"})
    assert (wrong.status_code, "9-9-999" in wrong.content.decode()) == (422, True)
    wrong = desk.post(url, {"name": "外来人", "id_kind": "resident_id", "id_number": "421303198509169119"})
    assert wrong.status_code == 422


def test_desk_of_a_closed_round_leads_back_to_the_sites(desk: Client, day: Day):
    day.finish(*HERE_NOW, hours=7)
    close_at(day.actor, day.round.pk, 13)
    assert desk.get(f"/rounds/{day.round.pk}/desk/").status_code == 302
    assert 'name="desk"' not in page(desk, day, "sites/")


PAGES = ("sites/", "desk/", "desk/newcomer/", "venue/", "venue/live/")


@pytest.mark.parametrize("path", PAGES)
def test_foreign_rounds_do_not_exist(phone_of: Phone, day: Day, path: str):
    assert phone_of(Role.DESK_CLERK, FAR_AWAY).get(f"/rounds/{day.round.pk}/{path}").status_code == 404
    expected = 200 if path.startswith("venue") else 403
    assert phone_of(Role.COMMAND, BALICHA).get(f"/rounds/{day.round.pk}/{path}").status_code == expected


def test_venue_screen_calls_groups_by_door_and_names_nobody(phone_of: Phone, day: Day):
    phone = phone_of(Role.COMMAND, BALICHA)
    early = page(phone, day, "venue/")
    assert "尚未开始" in early
    with clock.frozen(at(9.1)):
        text = page(phone, day, "venue/")
    assert "第 1 批" in text
    assert "明珠 1栋 1单元" in text
    assert "101 102" in text
    assert not [name for name in day.targets if name in text]


def test_venue_screen_says_how_many_wait_and_how_long(phone_of: Phone, day: Day):
    day.send(*(day.arrival(name, 7.9) for name in HERE_NOW))
    text = page(phone_of(Role.COMMAND, BALICHA), day, "venue/")
    assert "<b>6</b> 人在等候" in text
    assert "约 <b>2</b> 分钟" in text


def test_unchanged_venue_screen_is_answered_without_content(phone_of: Phone, day: Day):
    phone, live = phone_of(Role.COMMAND, BALICHA), f"/rounds/{day.round.pk}/venue/live/"
    first = phone.get(live)
    again = phone.get(live, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    day.send(day.arrival("李一", 7.9))
    assert phone.get(live, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert first.content.decode().lstrip().startswith('<div id="venue"')


def queries_of(phone: Client, day: Day) -> dict[str, int]:
    sit_down(phone, day)
    register(phone, day, pressed(day, "李一"))  # the first of a day makes its partitions
    base, counted = f"/rounds/{day.round.pk}/", {}
    for path in PAGES:
        phone.get(base + path)
        with CaptureQueriesContext(connection) as queries:
            assert phone.get(base + path).status_code == 200
        counted[path] = len(queries)
    for words in ("1-1-101", "101", "李", "1234"):
        with CaptureQueriesContext(connection) as queries:
            find(phone, day, q=words)
        counted[words] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        register(phone, day, pressed(day, *list(day.targets)[: len(day.targets) // 4]))
    return counted | {"register": len(queries)}


def test_queries_do_not_grow_with_the_round(phone_of: Phone, village: Village, coordinator: Actor):
    phone = phone_of(Role.DESK_CLERK)
    few = queries_of(phone, make_day(village, coordinator))
    with scope_of(HERE):
        village.build("金域", "2", 20)
        for number in range(40):
            village.move_in(f"李{number}", f"金域 2-1-{101 + number // 2}")
    many = queries_of(phone, make_day(village, coordinator, name="第二轮", another=True))
    assert many == few
