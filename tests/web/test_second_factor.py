"""The second factor of command roles: set up before anything is seen, asked for at each sign-in, recovered by codes."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from linli.core import accounts, links, second_factor
from linli.core.actors import operator_actor
from linli.core.models import User
from linli.core.rights import Role
from tests.conftest import BALICHA

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough one"
SETUP = "/account/2fa/"


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.LINLI_SECOND_FACTOR = "command"
    cache.clear()


DIVISIONS = {
    Role.CITY_VIEWER: 421300000000, Role.DISTRICT_VIEWER: 421303000000, Role.SUBDISTRICT_VIEWER: 421303004000,
}  # fmt: skip
"""Where roles are given that belong to a level."""


def account(role: Role) -> User:
    user = accounts.add_user(operator_actor(), role, password=PASSWORD)
    accounts.grant(operator_actor(), user, role, DIVISIONS.get(role, BALICHA))
    return user


def sign_in(client: Client, name: str) -> Any:
    return client.post("/account/login/", {"login": name, "password": PASSWORD})


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now. A code counts once: the last one is forgotten."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up(client: Client) -> str:
    """Set an authenticator app up as its pages ask, the password once more first, and return its secret."""
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    secret: str = client.get(f"{SETUP}totp/activate/").context["form"].secret
    assert client.post(f"{SETUP}totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.COMMAND, Role.CITY_VIEWER, Role.DISTRICT_VIEWER, Role.AUDITOR]
)
def test_a_command_role_reaches_nothing_but_the_set_up_until_it_is_done(client: Client, role: Role) -> None:
    account(role)
    sign_in(client, role)
    for path in ("/", f"/c/{BALICHA}/rounds/", "/me/", "/members/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, SETUP), path
    assert client.get(SETUP).status_code == 200
    set_up(client)
    assert client.get("/", follow=True).status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SWEEPER, Role.SUBDISTRICT_VIEWER])
def test_other_roles_need_none_unless_everybody_does(client: Client, settings: Any, role: Role) -> None:
    account(role)
    sign_in(client, role)
    assert client.get("/", follow=True).status_code == 200
    settings.LINLI_SECOND_FACTOR = "all"
    assert client.get("/").headers.get("Location") == SETUP
    settings.LINLI_SECOND_FACTOR = "off"
    assert client.get("/", follow=True).status_code == 200


def test_the_code_is_asked_for_at_the_next_sign_in_and_its_secret_is_sealed(client: Client) -> None:
    account(Role.COMMAND)
    sign_in(client, Role.COMMAND)
    secret = set_up(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    client.post("/account/logout/")
    assert sign_in(client, Role.COMMAND).headers["Location"].startswith(f"{SETUP}authenticate/")
    assert client.get("/").status_code == 302
    assert client.post(f"{SETUP}authenticate/", {"code": "000000"}).status_code == 200
    assert client.post(f"{SETUP}authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_recovery_code_opens_once(client: Client) -> None:
    user = account(Role.COMMAND)
    sign_in(client, Role.COMMAND)
    set_up(client)
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    for code, status in ((codes[0], 200), (codes[0], 302), (codes[1], 200)):
        client.post("/account/logout/")
        sign_in(client, Role.COMMAND)
        client.post(f"{SETUP}authenticate/", {"code": code})
        assert client.get("/").status_code == status


def test_a_new_password_by_link_does_not_go_round_the_second_factor(client: Client) -> None:
    user = account(Role.COMMAND)
    sign_in(client, Role.COMMAND)
    set_up(client)
    other = Client()
    link = links.make_link(operator_actor(), user)
    answer = other.post(link, {"password": f"{PASSWORD} again", "again": f"{PASSWORD} again"})
    assert answer.headers["Location"].startswith(f"{SETUP}authenticate/")
    assert other.get("/").status_code == 302


def test_a_lost_second_factor_is_taken_away_and_set_up_anew(client: Client) -> None:
    user = account(Role.COMMAND)
    sign_in(client, Role.COMMAND)
    set_up(client)
    second_factor.forget_second_factor(operator_actor(), user)
    assert client.get("/").headers["Location"] == SETUP
