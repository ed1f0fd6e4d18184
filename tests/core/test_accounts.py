from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings

from linli.core import accounts, clock, links
from linli.core.actors import Actor, operator_actor
from linli.core.errors import Conflict, Expired, NotFound, Refused
from linli.core.models import AuditEntry, Grant, User
from linli.core.rights import Right, Role
from linli.core.scope import installation_scope
from linli.web import settings as installed
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


def test_a_password_is_hashed_by_argon2_at_full_strength() -> None:
    with override_settings(PASSWORD_HASHERS=installed.PASSWORD_HASHERS):
        assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_link_works_once(client: Client) -> None:
    link = first_link()
    links.use_link(token_of(link), PASSWORD)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "这个链接已经过期或已经用过" in answer.content.decode()


def test_link_lasts_a_day() -> None:
    link = first_link()
    with clock.frozen(clock.now() + links.LINK_LASTS + timedelta(seconds=1)), pytest.raises(Expired):
        links.user_of_link(token_of(link))


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


def test_who_manages_no_accounts_makes_none(desk_clerk: Actor) -> None:
    with pytest.raises(Refused):
        accounts.add_user(desk_clerk, "chen")


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


def an_account(role: Role, division: int, name: str = "somebody") -> User:
    user = accounts.add_user(operator_actor(), name, password=PASSWORD)
    accounts.grant(operator_actor(), user, role, division)
    return user


def test_nobody_makes_a_link_for_an_account_that_reaches_further_than_they_do() -> None:
    manager = holder(Role.ADMINISTRATOR, 421303000000)
    with pytest.raises(Refused):
        links.make_link(manager, an_account(Role.COORDINATOR, FAR_AWAY))
    assert links.make_link(manager, an_account(Role.COORDINATOR, BALICHA, "neighbour"))


def test_a_closed_account_signs_in_no_more_and_its_links_are_void(client: Client) -> None:
    user = an_account(Role.COORDINATOR, BALICHA)
    link = links.make_link(operator_actor(), user)
    accounts.close_account(operator_actor(), user)
    assert accounts.actor_of(user.pk) is None
    assert not client.login(username="somebody", password=PASSWORD)
    with pytest.raises(Expired):
        links.user_of_link(token_of(link))
    with pytest.raises(Refused):
        accounts.close_account(holder(Role.GRID_WORKER, BALICHA), user)


def test_a_role_ends_when_it_is_ended() -> None:
    user = an_account(Role.COORDINATOR, BALICHA)
    accounts.end_grant(operator_actor(), user, Role.COORDINATOR, BALICHA)
    actor = accounts.actor_of(user.pk)
    assert actor
    assert not actor.has(Right.LEDGER_READ, BALICHA)
    with pytest.raises(NotFound):
        accounts.end_grant(operator_actor(), user, Role.SWEEPER, BALICHA)


def test_a_job_may_what_its_asker_may_by_then_and_in_that_community_only() -> None:
    user = an_account(Role.COORDINATOR, 421303000000)
    assert accounts.job_actor("somebody", BALICHA).ranges(Right.LEDGER_IMPORT) == ((BALICHA, BALICHA + 1),)
    assert not accounts.job_actor("somebody", FAR_AWAY).has_anywhere(Right.LEDGER_IMPORT)
    accounts.end_grant(operator_actor(), user, Role.COORDINATOR, 421303000000)
    assert not accounts.job_actor("somebody", BALICHA).has_anywhere(Right.LEDGER_IMPORT)
    assert not accounts.job_actor("never heard of", BALICHA).has_anywhere(Right.LEDGER_IMPORT)
    assert accounts.job_actor("cli:root", BALICHA).has(Right.LEDGER_IMPORT, BALICHA)


def test_sign_ins_good_and_bad_are_in_the_audit_chain(client: Client) -> None:
    an_account(Role.COORDINATOR, BALICHA)
    for name, password in (("somebody", "wrong"), ("nobody at all", PASSWORD), ("somebody", PASSWORD)):
        client.post("/account/login/", {"login": name, "password": password})
    client.post("/account/logout/")
    with installation_scope():
        noted = AuditEntry.objects.filter(actor="somebody").order_by("number").values_list("action", flat=True)
        assert list(noted) == ["sign_in_failed", "signed_in", "signed_out"]
        assert not AuditEntry.objects.filter(actor="nobody at all").exists()
