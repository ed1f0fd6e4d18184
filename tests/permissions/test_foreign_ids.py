"""Every route with identifiers of another community answers as for identifiers that do not exist."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.ids import uuid7
from linli.core.rights import Right, Role
from linli.core.web import Route, route_table
from tests.conftest import BALICHA, FAR_AWAY
from tests.permissions.world import SECRETS, Ids, one_of_everything

pytestmark = pytest.mark.django_db

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
NOWHERE = 990909909909
ROUTES = tuple(route for route in route_table() if isinstance(route.access, Right))
NAMING = tuple(route for route in ROUTES if PARAMETER.search(route.path))


@pytest.fixture
def own(db: None) -> Ids:
    return one_of_everything(
        BALICHA, person="武丹丹", compound="明珠华府", id_number="421303198509169118", phone="13579918134"
    )


@pytest.fixture
def foreign(db: None) -> Ids:
    name, compound, id_number, phone = SECRETS
    return one_of_everything(FAR_AWAY, person=name, compound=compound, id_number=id_number, phone=phone)


@pytest.fixture
def phone(client: Client) -> Client:
    user = accounts.add_user(operator_actor(), "coordinator")
    accounts.grant(operator_actor(), user, Role.COORDINATOR, BALICHA)
    client.force_login(user)
    client.raise_request_exception = False
    return client


def filled(route: Route, ids: Mapping[str, Any]) -> str:
    return "/" + PARAMETER.sub(lambda found: str(ids[found[1]]), route.path)


def answer(phone: Client, method: str, url: str, ids: Mapping[str, Any]) -> tuple[int, str]:
    response = phone.post(url, {key: str(value) for key, value in ids.items()}) if method == "POST" else phone.get(url)
    text = response.getvalue().decode(errors="replace")
    for name, value in sorted(ids.items(), key=lambda item: -len(str(item[1]))):
        text = text.replace(str(value), f"<{name}>")
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "<csrf token>", text)
    return response.status_code, text


def test_every_parameter_of_a_route_is_in_our_world(own: Ids) -> None:
    used = {name for route in ROUTES for name in PARAMETER.findall(route.path)}
    assert used <= set(own)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_foreign_id_is_answered_like_one_that_does_not_exist(
    phone: Client, own: Ids, foreign: Ids, data: st.DataObject
) -> None:
    route = data.draw(st.sampled_from(NAMING))
    method = data.draw(st.sampled_from(["GET", "POST"]))
    names = PARAMETER.findall(route.path)
    reached = data.draw(st.sets(st.sampled_from(names), min_size=1))
    theirs = {**own, **{name: foreign[name] for name in reached}}
    nobodys = {**own, **{name: NOWHERE if name == "community" else uuid7() for name in reached}}
    assert answer(phone, method, filled(route, theirs), theirs) == answer(
        phone, method, filled(route, nobodys), nobodys
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_foreign_id_in_query_or_body_tells_nothing(phone: Client, own: Ids, foreign: Ids, data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(ROUTES))
    word = data.draw(st.sampled_from([*SECRETS, *(str(value) for value in foreign.values())]))
    field = data.draw(
        st.sampled_from(["q", "query", "search", "id", "person", "dwelling", "round", "community", "next"])
    )
    url = filled(route, own)
    for response in (phone.get(url, {field: word}), phone.post(url, {field: word})):
        text = response.getvalue().decode(errors="replace").replace(word, "")
        assert not [secret for secret in SECRETS if secret in text]
        assert response.status_code < 500


@pytest.mark.parametrize("route", NAMING, ids=lambda route: route.path)
def test_own_id_is_not_answered_like_one_that_does_not_exist(phone: Client, own: Ids, route: Route) -> None:
    codes = {phone.get(filled(route, own)).status_code, phone.post(filled(route, own), {}).status_code}
    assert codes - {404, 405}, f"{route.path} never reached its object: the test above would prove nothing"
    assert max(codes) < 500


def test_nothing_is_shown_to_somebody_without_rights(client: Client, own: Ids) -> None:
    client.force_login(accounts.add_user(operator_actor(), "nobody"))
    for route in ROUTES:
        assert client.get(filled(route, own)).status_code == 403, route.path


def test_nothing_is_shown_to_somebody_not_signed_in(client: Client, own: Ids) -> None:
    for route in ROUTES:
        assert client.get(filled(route, own)).status_code == 302, route.path


def test_identifiers_are_never_reused_between_communities(own: Ids, foreign: Ids) -> None:
    assert not {value for value in own.values() if isinstance(value, UUID)} & set(foreign.values())
