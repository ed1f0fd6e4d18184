"""A round is asked for on a page, opened and planned by the worker, and its page says how far it is or why there is none."""

from typing import Any

import pytest
from django.test import Client

from linli.core import audit
from linli.core.actors import Actor
from linli.core.models import AuditEntry, Grant, User, Work
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.places.models import Venue
from linli.planning.models import Microplan
from linli.planning.opening.errors import OpeningStopped
from linli.planning.opening.services import open_wished_round
from linli.planning.opening.wish import wish_of
from linli.planning.tasks import open_asked_round
from linli.registry.models import Person, Residency
from linli.rounds.models import Round, Target
from tests.conftest import BALICHA, FAR_AWAY
from tests.planning.drafted import NEW, OPENS, ask, prepare, save, version_on, work_off
from tests.planning.drafted import works as works_of
from tests.rounds.conftest import HERE, Village
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of


def works() -> list[Work]:
    return works_of("round_opening")


def written() -> list[int]:
    with scope_of(HERE):
        return [model.objects.count() for model in (Round, Target, Microplan)]


def progress(phone: Client, page: str) -> Any:
    return phone.get(page, headers={"HX-Request": "true"})


@pytest.fixture
def draft(phone: Client, village: Village) -> str:
    """The page of a round that is prepared."""
    return prepare(phone)


@pytest.fixture
def page(phone: Client, draft: str) -> str:
    """The page of a round that was asked for."""
    answer = ask(phone, draft)
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


def test_a_round_without_a_plan_is_opened_only(phone: Client, draft: str):
    save(phone, draft, "sites")
    ask(phone, draft)
    work_off()
    assert written() == [1, 8, 0]


def test_the_page_can_be_left_and_found_again(phone: Client, page: str):
    for way in (f"/c/{BALICHA}/", f"/c/{BALICHA}/rounds/"):
        assert f'href="{page}"' in text_of(phone, way)
    assert phone.get(NEW)["Location"] == page
    assert 'data-poll="1"' in text_of(phone, page)
    work_off()
    assert f'href="{page}"' not in text_of(phone, f"/c/{BALICHA}/")


def test_pressing_the_button_twice_asks_once(phone: Client, draft: str):
    wish = {"version": version_on(phone, draft)}
    first, second = (phone.post(f"{draft}open/", wish)["Location"] for _ in range(2))
    work_off()
    assert {first, second, phone.post(f"{draft}open/", wish)["Location"]} == {first}
    assert len(works()) == 1


def test_one_round_of_a_community_is_opened_at_a_time(phone: Client, draft: str):
    second = prepare(phone, name="第二轮")
    ask(phone, draft)
    assert ask(phone, second)["Location"] == second
    assert "正在开启“第一轮”" in text_of(phone, second)
    assert len(works()) == 1


def test_a_stopped_opening_leaves_nothing_and_can_be_asked_again(phone: Client, draft: str, page: str):
    assert f'action="{page}stop/"' in text_of(phone, page)
    assert phone.post(f"{page}stop/")["Location"] == page
    work_off()
    assert written() == [0, 0, 0]
    text = text_of(phone, page)
    assert "已停止，没有开启检测" in text
    assert "data-poll" not in text
    assert f'href="{draft}"' in text
    again = ask(phone, draft)["Location"]
    work_off()
    assert written() == [1, 8, 1]
    assert again != page
    assert phone.post(f"{again}stop/").status_code == 409


@pytest.mark.parametrize("step", [0, 1, 2])
def test_stopping_at_any_step_writes_nothing(page: str, coordinator: Actor, step: int):
    (work,) = works()
    with pytest.raises(OpeningStopped):
        open_wished_round(coordinator, BALICHA, wish_of(work), lambda done, _total: done < step)
    assert written() == [0, 0, 0]


def test_when_no_plan_fits_nothing_is_opened_and_the_page_says_why(phone: Client, draft: str):
    with scope_of(HERE):
        venue = Venue.objects.get(name="小广场")
        Residency.objects.filter(kind="away").update(kind="resident")
        Person.objects.bulk_create(Person(community=BALICHA, name=f"过客{number}") for number in range(30))
    few = {f"use_{venue.pk}": "on", f"desks_{venue.pk}": "1"}
    save(phone, draft, "sites", planned="on", opens_at=OPENS, closes_at="2026-04-02T18:00", **few)
    page = ask(phone, draft)["Location"]
    work_off()
    assert written() == [0, 0, 0]
    assert "排不出方案" in text_of(phone, page)
    assert f'href="{draft}"' in text_of(phone, page)
    assert "排不出方案" in text_of(phone, draft)


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
        written = [each.action for each in entries]
        assert written[:3] == ["round_draft_begun", "round_draft_saved", "round_draft_saved"]
        assert written[3:] == ["round_opening_asked", "open_round", "lay_out_round", "plan_round"]
        assert {each.actor for each in entries} == {work.asked_by}
        assert audit.details_of(entries)[3]["after"]["name"] == "第一轮"


def test_a_worker_cut_off_after_the_round_was_open_opens_no_second_one(phone: Client, page: str):
    work_off()
    (work,) = works()
    with scope_of(HERE):
        Work.objects.filter(pk=work.pk).update(state=Work.State.RUNNING)
    open_asked_round(BALICHA, str(work.pk))
    assert written() == [1, 8, 1]
    assert works()[0].state == "done"


def test_desk_clerk_may_not_look_at_an_opening(phone_of: Phone, page: str):
    clerk = phone_of(Role.DESK_CLERK)
    assert clerk.get(page).status_code == 403


def test_opening_of_another_community_is_not_found(phone_of: Phone, page: str):
    stranger = phone_of(Role.COORDINATOR, FAR_AWAY)
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}stop/").status_code == 404
