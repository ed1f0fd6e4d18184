import pytest
from django.test import Client
from django.urls import reverse

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.models import Work
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.planning.drill.play import play_drill
from tests.conftest import BALICHA, FAR_AWAY
from tests.drill.conftest import HERE, fill_register

pytestmark = pytest.mark.django_db


def client_of(role: Role, division: int) -> Client:
    user = accounts.add_user(operator_actor(), f"{role}-{division}")
    accounts.grant(operator_actor(), user, role, division)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def coordinator_page() -> Client:
    return client_of(Role.COORDINATOR, BALICHA)


def start(client: Client, **more: str):
    return client.post(reverse("planning:drills"), {"plan": "microplan", "speed": "0", "seed": "6", **more})


def works() -> list[Work]:
    with scope_of(HERE):
        return list(Work.objects.filter(kind="drill"))


def test_one_press_starts_a_drill_and_shows_it_through_to_its_end(coordinator_page: Client):
    fill_register(24)
    answer = start(coordinator_page)
    (work,) = works()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("planning:drill", args=[work.pk])
    assert "马上开始" in coordinator_page.get(answer["Location"]).content.decode()
    play_drill(BALICHA, work.pk)
    page = coordinator_page.get(answer["Location"]).content.decode()
    assert "无一遗漏" in page
    assert "Drill, no live effect" in page
    polled = coordinator_page.get(answer["Location"], headers={"hx-request": "true"})
    assert polled["HX-Refresh"] == "true"
    assert b"<html" not in polled.content


def test_the_list_shows_past_drills_in_english_too(coordinator_page: Client):
    fill_register(24)
    start(coordinator_page, plan="none")
    play_drill(BALICHA, works()[0].pk)
    coordinator_page.cookies["django_language"] = "en"
    page = coordinator_page.get(reverse("planning:drills")).content.decode()
    assert "without a plan" in page
    assert "played to its end" in page
    assert "Longest wait, minutes" in page


def test_a_drill_can_be_stopped_from_its_page(coordinator_page: Client):
    fill_register(24)
    start(coordinator_page)
    (work,) = works()
    answer = coordinator_page.post(reverse("planning:drill_stop", args=[work.pk]))
    assert answer["Location"] == reverse("planning:drill", args=[work.pk])
    assert works()[0].state == Work.State.STOPPED


def test_another_communitys_drill_is_no_drill(coordinator_page: Client):
    fill_register(24)
    start(coordinator_page)
    stranger = client_of(Role.COORDINATOR, FAR_AWAY)
    (work,) = works()
    assert stranger.get(reverse("planning:drill", args=[work.pk])).status_code == 404
    assert stranger.post(reverse("planning:drill_stop", args=[work.pk])).status_code == 404
    assert start(stranger, community=str(BALICHA)).status_code == 404
    assert start(stranger, community="no code").status_code == 404


def test_a_seed_that_is_none_is_said_at_its_field(coordinator_page: Client):
    fill_register(24)
    answer = start(coordinator_page, seed="x")
    assert answer.status_code == 200
    assert "l-field--wrong" in answer.content.decode()
    assert works() == []


def test_an_empty_register_is_answered_in_plain_words(coordinator_page: Client):
    answer = start(coordinator_page)
    assert answer.status_code == 422
    assert "住户台账" in answer.content.decode()
