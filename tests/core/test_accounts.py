from datetime import timedelta

import pytest
from django.test import Client

from linli.core import accounts, clock
from linli.core.actors import Actor, operator_actor
from linli.core.errors import Conflict, Expired, Refused
from linli.core.models import Grant, User
from linli.core.rights import Role
from tests.conftest import BALICHA, FAR_AWAY, holder

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough one"


def first_link() -> str:
    link = accounts.first_administrator_link()
    assert link
    return link


def token_of(link: str) -> str:
    return link.removeprefix("/welcome/").removesuffix("/")


def test_first_start_makes_one_administrator_once() -> None:
    link = first_link()
    assert link
    assert link.startswith("/welcome/")
    assert accounts.first_administrator_link() is None
    assert [grant.role for grant in Grant.objects.all()] == [Role.ADMINISTRATOR]


def test_link_sets_the_password_and_signs_in(client: Client) -> None:
    link = first_link()
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert client.login(username="admin", password=PASSWORD)


def test_link_works_once(client: Client) -> None:
    link = first_link()
    accounts.use_link(token_of(link), PASSWORD)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "这个链接已经过期或已经用过" in answer.content.decode()


def test_link_lasts_a_day() -> None:
    link = first_link()
    with clock.frozen(clock.now() + accounts.LINK_LASTS + timedelta(seconds=1)), pytest.raises(Expired):
        accounts.user_of_link(token_of(link))


@pytest.mark.parametrize(
    ("password", "again"), [("short", "short"), (PASSWORD, "another long one"), ("1234567890", "1234567890")]
)
def test_link_refuses_weak_or_different_passwords(client: Client, password: str, again: str) -> None:
    link = first_link()
    assert client.post(link, {"password": password, "again": again}).status_code == 200
    assert not User.objects.get().has_usable_password()


def test_refuses_a_second_account_of_the_same_name() -> None:
    accounts.add_user(operator_actor(), "chen")
    with pytest.raises(Conflict, match="chen"):
        accounts.add_user(operator_actor(), "chen")


def test_coordinator_makes_no_accounts(coordinator: Actor) -> None:
    with pytest.raises(Refused):
        accounts.add_user(coordinator, "chen")


def test_administrator_gives_no_role_beyond_the_own_division() -> None:
    user = accounts.add_user(operator_actor(), "chen")
    local = holder(Role.ADMINISTRATOR, 421303004000)
    accounts.grant(local, user, Role.SWEEPER, BALICHA)
    for division in (FAR_AWAY, 421303000000, 0):
        with pytest.raises(Refused):
            accounts.grant(local, user, Role.SWEEPER, division)


def test_signs_in_through_the_page(client: Client) -> None:
    accounts.add_user(operator_actor(), "chen", password=PASSWORD)
    answer = client.post("/account/login/", {"login": "chen", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_nobody_signs_up_alone(client: Client) -> None:
    assert client.get("/account/signup/").status_code == 404
