import re

from django.test import Client

from linli.core.rights import Role
from tests.rounds.conftest import HERE_NOW, Day
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of


def test_page_says_who_is_outstanding_and_offers_no_closing(phone: Client, day: Day):
    text = text_of(phone, f"/rounds/{day.round.pk}/close/")
    assert '还有 <span class="figure">6</span> 人未完成，不能结束本轮' in text
    assert "王三" in text
    assert 'action="/rounds' not in text
    assert "现在结束本轮" not in text


def test_closing_is_refused_while_anybody_is_outstanding(phone: Client, day: Day):
    answer = phone.post(f"/rounds/{day.round.pk}/close/")
    assert answer.status_code == 409
    assert "王三" in answer.content.decode()
    assert phone.get(f"/rounds/{day.round.pk}/close/").status_code == 200


def test_complete_round_is_closed_and_leads_to_its_report(phone: Client, day: Day):
    day.finish(*HERE_NOW, hours=7)
    assert "现在结束本轮" in text_of(phone, f"/rounds/{day.round.pk}/close/")
    answer = phone.post(f"/rounds/{day.round.pk}/close/")
    assert (answer.status_code, answer["Location"]) == (302, f"/rounds/{day.round.pk}/report/")
    assert phone.get(f"/rounds/{day.round.pk}/close/").status_code == 302
    assert phone.post(f"/rounds/{day.round.pk}/close/").status_code == 409


def test_report_adds_up_and_its_figures_are_doors(phone: Client, day: Day):
    day.send(day.visit("吴八", "moved", 7))
    day.finish(*HERE_NOW[:5], hours=7)
    phone.post(f"/rounds/{day.round.pk}/close/")
    text = text_of(phone, f"/rounds/{day.round.pk}/report/")
    assert "两边相等" in text
    assert '应检 <span class="figure">7</span> 人，人人有结果' in text
    for link in set(re.findall(rf'href="(/rounds/{day.round.pk}/targets/[^"]+)"', text)):
        assert phone.get(link.replace("&amp;", "&")).status_code == 200


def test_open_round_has_a_report_as_it_would_be_now(phone: Client, day: Day):
    text = text_of(phone, f"/rounds/{day.round.pk}/report/")
    assert "报告（到目前为止）" in text
    assert "还有 6 人未完成" in text


def test_paper_has_lines_to_sign_and_says_who_printed_it_when(phone: Client, day: Day):
    text = text_of(phone, f"/rounds/{day.round.pk}/report/")
    signed = text[text.index("l-sign") :]
    assert "社区负责人（签字、盖章）" in signed
    assert "于 2026-04-02 16:00 打印" in signed
    assert str(day.round.pk) in signed


def test_sweeper_may_not_close(phone_of: Phone, day: Day):
    sweeper = phone_of(Role.SWEEPER)
    assert sweeper.get(f"/rounds/{day.round.pk}/close/").status_code == 403
    assert sweeper.post(f"/rounds/{day.round.pk}/close/").status_code == 403
