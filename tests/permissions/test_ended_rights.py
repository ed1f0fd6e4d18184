"""A helper whose right ended at 20:00 sees nothing at 20:01: on every page, in every part of one, in every job."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from linli.core import accounts, clock
from linli.core.actors import operator_actor
from linli.core.links import make_cards
from linli.core.models import User
from linli.core.rights import Right, Role
from linli.core.web import PUBLIC, Route, route_table
from tests.conftest import BALICHA
from tests.permissions.test_foreign_ids import PARAMETER, ROUTES, filled
from tests.permissions.world import SECRETS, Ids, one_of_everything

pytestmark = pytest.mark.django_db
ZONE = clock.local_zone()
BEFORE = datetime(2026, 4, 2, 19, 59, tzinfo=ZONE)
ENDS = datetime(2026, 4, 2, 20, 0, tzinfo=ZONE)
AFTER = datetime(2026, 4, 2, 20, 1, tzinfo=ZONE)
PART = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}


@pytest.fixture
def own(db: None) -> Ids:
    person, compound, id_number, phone = SECRETS
    return one_of_everything(BALICHA, person=person, compound=compound, id_number=id_number, phone=phone)


@pytest.fixture
def helper(db: None) -> User:
    user = accounts.add_user(operator_actor(), "helper", name="李小红")
    accounts.grant(operator_actor(), user, Role.COORDINATOR, BALICHA, ends_at=ENDS)
    return user


@pytest.fixture(params=["password", "card"])
def phone(request: pytest.FixtureRequest, helper: User) -> Client:
    """The helper's phone, signed in before eight."""
    client = Client(raise_request_exception=False)
    with clock.frozen(BEFORE):
        if request.param == "password":
            client.force_login(helper)
        else:
            client.post(make_cards(operator_actor(), [helper])[helper])
        assert client.get("/").status_code == 200
    return client


def reachable() -> Iterator[Route]:
    """Every route that is not open to everybody, with parameters that the world fills."""
    for route in route_table():
        if route.access != PUBLIC and not route.path.startswith("account/"):
            yield route


def test_before_the_end_the_pages_show_what_they_are_for(phone: Client, own: Ids) -> None:
    with clock.frozen(BEFORE):
        shown = "".join(phone.get(filled(route, own)).getvalue().decode(errors="replace") for route in ROUTES)
    assert {secret for secret in SECRETS if secret in shown} >= {SECRETS[0], SECRETS[1]}


def test_after_the_end_no_page_and_no_part_of_one_shows_anything(phone: Client, own: Ids) -> None:
    with clock.frozen(AFTER):
        for route in reachable():
            url = filled(route, own)
            for response in (
                phone.get(url),
                phone.get(url, headers=PART),
                phone.post(url, {}),
                phone.post(url, {}, headers=PART),
            ):
                text = response.getvalue().decode(errors="replace")
                assert not [secret for secret in SECRETS if secret in text], route.path
                if isinstance(route.access, Right):
                    assert response.status_code in (302, 401, 403), route.path
                    assert response.status_code != 302 or "/account/login/" in response.headers["Location"], route.path


def test_every_parameter_is_filled(own: Ids) -> None:
    assert {name for route in reachable() for name in PARAMETER.findall(route.path)} <= set(own)


@pytest.mark.parametrize("right", Right)
def test_a_job_asked_for_before_the_end_may_nothing_after_it(helper: User, right: Right) -> None:
    with clock.frozen(BEFORE):
        job = accounts.job_actor("helper", BALICHA)
        assert job.has(right, BALICHA)
    with clock.frozen(AFTER):
        assert not job.has_anywhere(right)
        assert not accounts.job_actor("helper", BALICHA).has_anywhere(right)


def test_a_card_that_was_not_used_opens_nothing_after_the_end(helper: User) -> None:
    with clock.frozen(BEFORE):
        path = make_cards(operator_actor(), [helper])[helper]
    with clock.frozen(AFTER):
        assert Client().post(path).status_code == 410
