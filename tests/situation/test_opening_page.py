"""A round is asked for on a page, opened and planned by the worker, and its page says how far it is or why there is none."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linli.core import audit
from linli.core.actors import Actor
from linli.core.models import AuditEntry, Grant, User, Work
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.planning.models import Microplan
from linli.planning.opening.errors import OpeningStopped
from linli.planning.opening.services import open_wished_round
from linli.planning.opening.wish import wish_of
from linli.planning.tasks import open_asked_round
from linli.rounds.models import Round, Target
from tests.conftest import BALICHA, FAR_AWAY
from tests.rounds.conftest import HERE, Day, Village
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

NEW = f"/c/{BALICHA}/rounds/new/"
NIGHT = "2026-04-02T23:00"


def asked(phone: Client, address: str = NEW, **changes: str | list[str]) -> dict[str, str | list[str]]:
    form = phone.get(address).context["form"]
    return {"name": "第一轮", "deadline": NIGHT, "plan": "on", "key": form["key"].value(), **changes}


def works() -> list[Work]:
    with scope_of(HERE):
        return list(Work.objects.filter(kind="round_opening").order_by("id"))


def work_off() -> None:
    """Do what waits, as the worker would."""
    for work in works():
        if work.state == Work.State.WAITING:
            open_asked_round(BALICHA, str(work.pk))


def written() -> list[int]:
    with scope_of(HERE):
        return [model.objects.count() for model in (Round, Target, Microplan)]


def progress(phone: Client, page: str) -> Any:
    return phone.get(page, headers={"HX-Request": "true"})


@pytest.fixture
def page(phone: Client, village: Village) -> str:
    """The page of a round that was asked for."""
    answer = phone.post(NEW, asked(phone))
    assert answer.status_code == 302
    address: str = answer["Location"]
    return address


def test_asking_answers_at_once_and_the_worker_opens_and_plans(phone: Client, page: str):
    assert written() == [0, 0, 0]
    assert "正在开启“第一轮”" in text_of(phone, page)
    work_off()
    with scope_of(HERE):
        opened = Round.objects.get()
        assert opened.sites.count() == 1
    assert progress(phone, page)["HX-Redirect"] == page
    assert phone.get(page)["Location"] == f"/rounds/{opened.pk}/"


def test_a_round_without_a_plan_is_opened_only(phone: Client, village: Village):
    wish = asked(phone)
    del wish["plan"]
    phone.post(NEW, wish)
    work_off()
    assert written() == [1, 8, 0]


def test_the_page_can_be_left_and_found_again(phone: Client, page: str):
    for way in (f"/c/{BALICHA}/", f"/c/{BALICHA}/rounds/"):
        assert f'href="{page}"' in text_of(phone, way)
    assert phone.get(NEW)["Location"] == page
    assert 'data-poll="1"' in text_of(phone, page)
    work_off()
    assert f'href="{page}"' not in text_of(phone, f"/c/{BALICHA}/")


def test_sending_the_form_twice_asks_once(phone: Client, village: Village):
    wish = asked(phone)
    first, second = (phone.post(NEW, wish)["Location"] for _ in range(2))
    work_off()
    assert {first, second, phone.post(NEW, wish)["Location"]} == {first}
    assert len(works()) == 1


def test_one_round_of_a_community_is_opened_at_a_time(phone: Client, village: Village):
    first, second = asked(phone), asked(phone, name="第二轮")
    phone.post(NEW, first)
    answer = phone.post(NEW, second)
    assert answer.status_code == 422
    assert "正在开启“第一轮”" in answer.content.decode()


def test_a_stopped_opening_leaves_nothing_and_can_be_asked_again(phone: Client, page: str):
    assert f'action="{page}stop/"' in text_of(phone, page)
    assert phone.post(f"{page}stop/")["Location"] == page
    work_off()
    assert written() == [0, 0, 0]
    text = text_of(phone, page)
    assert "已停止，没有开启检测" in text
    assert "data-poll" not in text
    phone.post(NEW, asked(phone, f"{NEW}?again={page.split('/')[-2]}"))
    work_off()
    assert written() == [1, 8, 1]
    assert phone.post(f"{page}stop/").status_code == 409


@pytest.mark.parametrize("step", [0, 1, 2])
def test_stopping_at_any_step_writes_nothing(page: str, coordinator: Actor, step: int):
    (work,) = works()
    with pytest.raises(OpeningStopped):
        open_wished_round(coordinator, BALICHA, wish_of(work), lambda done, _total: done < step)
    assert written() == [0, 0, 0]


def test_when_no_plan_fits_nothing_is_opened_and_the_page_says_why(phone: Client, village: Village):
    page = phone.post(NEW, asked(phone, deadline="2026-04-02T17:00"))["Location"]
    work_off()
    assert written() == [0, 0, 0]
    assert "采样点的开放时间晚于" in text_of(phone, page)
    form = phone.get(f"{NEW}?again={page.split('/')[-2]}").context["form"]
    assert form["name"].value() == "第一轮"
    assert form["plan"].value() is True


def test_rights_are_asked_again_when_the_worker_begins(phone: Client, page: str):
    Grant.objects.filter(user=User.objects.get(username=works()[0].asked_by)).delete()
    work_off()
    assert written() == [0, 0, 0]
    (work,) = works()
    assert work.error
    assert (work.state, work.error["code"]) == ("failed", "refused")


def test_asking_opening_and_planning_are_written_down_with_who_asked(phone: Client, page: str):
    work_off()
    (work,) = works()
    with scope_of(HERE):
        entries = list(AuditEntry.objects.filter(community=BALICHA).order_by("number"))
        assert [each.action for each in entries] == ["round_opening_asked", "open_round", "lay_out_round", "plan_round"]
        assert {each.actor for each in entries} == {work.asked_by}
        assert audit.details_of(entries)[0]["after"]["name"] == "第一轮"


def test_a_worker_cut_off_after_the_round_was_open_opens_no_second_one(phone: Client, page: str):
    work_off()
    (work,) = works()
    with scope_of(HERE):
        Work.objects.filter(pk=work.pk).update(state=Work.State.RUNNING)
    open_asked_round(BALICHA, str(work.pk))
    assert written() == [1, 8, 1]
    assert works()[0].state == "done"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"deadline": "2026-04-01T23:00"}, "截止"), ({"name": ""}, ""), ({"compounds": "nonsense"}, "")],
)
def test_wrong_wish_is_answered_in_the_form_and_opens_nothing(
    phone: Client, village: Village, changes: dict[str, str], said: str
):
    answer = phone.post(NEW, asked(phone, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert works() == []


def test_made_up_key_cannot_name_another_round(phone: Client, day: Day):
    compound = str(day.village.compounds["明珠"].pk)
    phone.post(NEW, asked(phone, key=str(day.round.pk), compounds=[compound]))
    (work,) = works()
    assert UUID(work.arguments["id"]) != day.round.pk


def test_second_round_for_the_same_people_is_refused_on_the_form(phone: Client, day: Day):
    answer = phone.post(NEW, asked(phone))
    assert answer.status_code == 422
    assert "“第一轮”正在进行，范围相同" in answer.content.decode()


def test_desk_clerk_may_not_open_a_round(phone_of: Phone, page: str):
    clerk = phone_of(Role.DESK_CLERK)
    assert [clerk.get(address).status_code for address in (NEW, page)] == [403, 403]


def test_opening_of_another_community_is_not_found(phone_of: Phone, page: str):
    stranger = phone_of(Role.COORDINATOR, FAR_AWAY)
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}stop/").status_code == 404
    assert stranger.get(f"/c/{FAR_AWAY}/rounds/new/?again={page.split('/')[-2]}").status_code == 404
