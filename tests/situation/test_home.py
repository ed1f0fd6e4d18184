import pytest
from django.test import Client

from linli.core.actors import Actor
from linli.core.rights import Role
from linli.rounds.services import abandon_round
from tests.conftest import BALICHA, FAR_AWAY, NEIGHBOUR
from tests.rounds.conftest import HERE_NOW, Day, Village, close_at, make_day
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of


def test_stranger_is_sent_to_sign_in(client: Client, db: None):
    assert client.get("/").status_code == 302


def test_open_round_is_a_sentence_with_its_figure(phone: Client, day: Day):
    text = text_of(phone, "/")
    assert '八里岔社区 还有 <span class="figure">5</span> 户未完成' in text
    assert f'href="/rounds/{day.round.pk}/"' in text


def test_next_act_of_a_sweeper_is_the_list_of_doors(phone_of: Phone, day: Day):
    assert f'l-big" href="/rounds/{day.round.pk}/sweep/"' in text_of(phone_of(Role.SWEEPER), "/")
    assert f'l-big" href="/rounds/{day.round.pk}/"' in text_of(phone_of(Role.COMMAND), "/")


def test_complete_round_waits_to_be_closed(phone: Client, day: Day):
    day.finish(*HERE_NOW)
    assert f'l-big" href="/rounds/{day.round.pk}/close/"' in text_of(phone, "/")


def test_every_open_round_is_shown_the_worst_first(phone: Client, day: Day, village: Village, coordinator: Actor):
    day.finish(*HERE_NOW)
    other = make_day(village, coordinator, name="第二轮", another=True)
    third = make_day(village, coordinator, name="第三轮", another=True)
    third.finish(HERE_NOW[0])
    text = text_of(phone, "/")
    ids = [f'href="/rounds/{round.pk}/"' for round in (other.round, third.round, day.round)]
    assert [text.count(id) > 0 for id in ids] == [True, True, True]
    assert sorted(ids, key=text.index) == ids


def test_without_a_round_the_next_act_is_to_open_one(phone: Client, phone_of: Phone, village: Village):
    assert f'l-big" href="/c/{BALICHA}/rounds/new/"' in text_of(phone, "/")
    assert "没有进行中的检测" in text_of(phone_of(Role.DESK_CLERK), "/")


def test_community_without_a_register_is_offered_the_ledger(phone: Client):
    assert f'l-big" href="/c/{BALICHA}/ledger/"' in text_of(phone, "/")


@pytest.mark.parametrize(
    ("role", "division"),
    [
        (Role.COMMAND, 421303000000),
        (Role.SUBDISTRICT_VIEWER, 421303004000),
        (Role.DISTRICT_VIEWER, 421303000000),
        (Role.CITY_VIEWER, 421300000000),
        (Role.AUDITOR, 421300000000),
    ],
)
def test_who_watches_a_division_begins_at_its_wall(phone_of: Phone, role: Role, division: int):
    assert phone_of(role, division).get("/")["Location"] == f"/wall/{division}/"


def test_administrator_finds_the_walls_and_the_record_on_the_home_page(phone_of: Phone):
    text = text_of(phone_of(Role.ADMINISTRATOR, 421303000000), "/")
    assert 'href="/wall/421303000000/"' in text
    assert 'href="/audit/"' in text


def test_account_without_a_role_is_told_whom_to_ask(phone_of: Phone):
    assert "请联系社区负责人" in text_of(phone_of(None), "/")


def test_administrator_is_told_how_to_begin(phone_of: Phone):
    text = text_of(phone_of(Role.ADMINISTRATOR, 0, language="en"), "/")
    assert 'href="/members/"' in text
    assert "linli ledger import" in text


def test_community_shows_its_register_and_its_rounds(phone: Client, day: Day):
    text = text_of(phone, f"/c/{BALICHA}/")
    assert "第一轮" in text
    assert "/drills/" in text


@pytest.mark.parametrize("page", ["", "rounds/", "rounds/new/"])
def test_other_community_is_as_if_it_did_not_exist(phone: Client, page: str):
    answers = {phone.get(f"/c/{code}/{page}").status_code for code in (FAR_AWAY, NEIGHBOUR, 990909909909, 421303004000)}
    assert answers == {404}


def test_rounds_and_drills_are_listed_apart(phone: Client, village: Village, coordinator: Actor):
    make_day(village, coordinator)
    drill = make_day(village, coordinator, is_drill=True, name="夜间演练")
    drill.finish(*HERE_NOW)
    close_at(coordinator, drill.round.pk, 13)
    text = text_of(phone, f"/c/{BALICHA}/rounds/")
    assert '有 <span class="figure">1</span> 轮正在进行' in text
    assert text.index("第一轮") < text.index("夜间演练")


def test_stopped_drill_is_shown_as_such_and_not_as_complete(phone: Client, village: Village, coordinator: Actor):
    drill = make_day(village, coordinator, is_drill=True, name="夜间演练")
    abandon_round(coordinator, drill.round.pk)
    assert "已中止" in text_of(phone, f"/c/{BALICHA}/rounds/")
    board = text_of(phone, f"/rounds/{drill.round.pk}/")
    assert "演练没有做完就中止了" in board
    assert "data-poll" not in board
    report = text_of(phone, f"/rounds/{drill.round.pk}/report/")
    assert "6</a>" in report
    assert "人人有结果" not in report
