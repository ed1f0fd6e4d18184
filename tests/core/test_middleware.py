"""The walls of a request, seen through routes made for the purpose."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from linli.core import accounts, clock
from linli.core.actors import operator_actor
from linli.core.checks import every_route_declares_a_right
from linli.core.errors import Conflict, NotFound
from linli.core.middleware import LARGEST_BODY_BYTES
from linli.core.models import AuditEntry, User
from linli.core.rights import Right, Role
from linli.core.scope import installation_scope, scope_of
from linli.core.web import public, requires, signed_in
from linli.places.models import Compound
from linli.web import urls
from tests.conftest import BALICHA, FAR_AWAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@requires(Right.PLACES_READ)
@require_POST
def button(request: HttpRequest) -> HttpResponse:
    return HttpResponse("pressed")


@requires(Right.PLACES_READ)
def names(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(compound.name for compound in Compound.objects.order_by("name")))


@requires(Right.PLACES_WRITE)
def write_and_fail(request: HttpRequest) -> HttpResponse:
    Compound.objects.create(community=BALICHA, name="half-written")
    raise Conflict


@requires(Right.PLACES_WRITE)
def crash(request: HttpRequest) -> HttpResponse:
    Compound.objects.create(community=BALICHA, name="half-written")
    raise RuntimeError("a mistake in the program")


@requires(Right.PLACES_READ)
def lazy(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "linli/error.html", {"compounds": Compound.objects.all()})


@requires(Right.ROUND_CLOSE)
def closing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("closed")


@requires(Right.PLACES_READ)
def missing(request: HttpRequest) -> HttpResponse:
    raise NotFound


@signed_in
def anybody_signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@public
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never")


urlpatterns = [
    *urls.urlpatterns,
    path("t/names/", names),
    path("t/button/", button),
    path("t/fail/", write_and_fail),
    path("t/crash/", crash),
    path("t/lazy/", lazy),
    path("t/closing/", closing),
    path("t/missing/", missing),
    path("t/anybody/", anybody_signed_in),
    path("t/open/", open_to_all),
    path("t/undeclared/", undeclared),
]


@pytest.fixture(autouse=True)
def compounds() -> None:
    with scope_of(((0, 10**12),)):
        Compound.objects.create(community=BALICHA, name="明珠华府")
        Compound.objects.create(community=FAR_AWAY, name="芳草苑")


@pytest.fixture
def user() -> User:
    made = accounts.add_user(operator_actor(), "clerk", password="a long enough one")
    accounts.grant(operator_actor(), made, Role.COMMAND, BALICHA)
    return made


@pytest.fixture
def phone(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def grant(user: User, role: Role, division: int, **until: Any) -> None:
    accounts.grant(operator_actor(), user, role, division, **until)


def test_shows_rows_of_the_own_community_only(phone: Client) -> None:
    assert phone.get("/t/names/").content.decode() == "明珠华府"


def test_one_person_may_hold_rights_in_several_communities(phone: Client, user: User) -> None:
    grant(user, Role.COMMAND, FAR_AWAY)
    assert phone.get("/t/names/").content.decode() == "明珠华府,芳草苑"


def test_right_ends_at_its_time(phone: Client, user: User) -> None:
    grant(user, Role.COMMAND, BALICHA, ends_at=clock.now() - timedelta(seconds=1))
    assert phone.get("/t/names/").status_code == 403


def test_refuses_and_writes_down_a_missing_right(phone: Client) -> None:
    assert phone.get("/t/closing/").status_code == 403
    with installation_scope():
        refusal = AuditEntry.objects.filter(action="refused").get()
    assert refusal.actor == "clerk"


def test_writes_down_a_reach_for_what_is_not_there(phone: Client) -> None:
    assert phone.get("/t/missing/").status_code == 404
    with installation_scope():
        assert AuditEntry.objects.filter(action="refused").count() == 1


def test_sends_a_stranger_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/t/names/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=%2Ft%2Fnames%2F"


def test_public_page_needs_nobody(client: Client) -> None:
    assert client.get("/t/open/").content == b"hello"


def test_signed_in_page_needs_no_right(phone: Client, user: User) -> None:
    assert phone.get("/t/anybody/").content == b"hello"


def test_nothing_is_half_written_when_a_view_refuses(phone: Client, user: User) -> None:
    grant(user, Role.COORDINATOR, BALICHA)
    assert phone.get("/t/fail/").status_code == 409
    with scope_of(((0, 10**12),)):
        assert not Compound.objects.filter(name="half-written").exists()


def test_a_failing_view_is_answered_and_leaves_nothing(phone: Client, user: User) -> None:
    grant(user, Role.COORDINATOR, BALICHA)
    phone.raise_request_exception = False
    assert phone.get("/t/crash/").status_code == 500
    with scope_of(((0, 10**12),)):
        assert not Compound.objects.filter(name="half-written").exists()


def test_rendering_happens_inside_the_scope(phone: Client) -> None:
    assert phone.get("/t/lazy/").status_code == 200


def test_undeclared_route_is_denied_and_an_error_at_start(phone: Client) -> None:
    assert phone.get("/t/undeclared/").status_code == 403
    assert [error.id for error in every_route_declares_a_right()] == ["linli.E001"]


def test_closed_account_is_nobody(phone: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert phone.get("/t/names/").status_code == 302


def test_answers_carry_a_policy_without_inline_scripts(client: Client) -> None:
    policy = client.get("/t/open/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")


@pytest.mark.parametrize("length", [str(LARGEST_BODY_BYTES + 1), "lots"])
def test_a_body_announced_larger_than_anything_of_ours_is_refused_unread(client: Client, length: str) -> None:
    assert client.post("/t/open/", CONTENT_LENGTH=length).status_code == 413


def test_what_a_signed_in_person_sees_is_kept_on_no_device(phone: Client, client: Client) -> None:
    assert "no-store" in phone.get("/t/names/").headers["Cache-Control"]
    assert "no-store" in phone.get("/t/nowhere/").headers["Cache-Control"]


def test_the_address_of_a_button_is_answered_with_words_and_the_way_back(phone: Client) -> None:
    answer = phone.get("/t/button/", headers={"referer": "http://testserver/t/names/?page=2"})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "不是页面" in answer.content.decode()


@pytest.mark.parametrize(
    ("method", "headers", "back"),
    [
        ("get", {}, "/t/names/?q=1"),
        ("post", {"referer": "http://testserver/t/here/?page=2"}, "/t/here/?page=2"),
        ("post", {"referer": "https://elsewhere.example/t/here/"}, "/"),
        ("post", {}, "/"),
    ],
)
def test_after_signing_in_people_are_back_on_their_page(
    client: Client, method: str, headers: dict[str, str], back: str
) -> None:
    answer = getattr(client, method)("/t/names/?q=1", headers=headers)
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [back]


def test_a_part_of_a_page_fetched_after_sign_out_leads_the_whole_page_to_sign_in(client: Client) -> None:
    asked = {"hx-request": "true", "hx-current-url": "http://testserver/rounds/1/"}
    answer = client.get("/t/names/", headers=asked)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].endswith("?next=%2Frounds%2F1%2F")
