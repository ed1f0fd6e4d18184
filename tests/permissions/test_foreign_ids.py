"""Every route with identifiers of another community answers as for identifiers that do not exist."""

import inspect
import re
from collections.abc import Mapping
from importlib import import_module
from itertools import combinations, product
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.forms.forms import BaseForm
from django.test import Client
from django.urls import resolve

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.ids import uuid7
from linli.core.rights import Right, Role
from linli.core.web import Route, route_table
from tests.conftest import BALICHA, FAR_AWAY
from tests.permissions.world import SECRETS, Ids, one_of_everything

pytestmark = pytest.mark.django_db

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
TAKEN = re.compile(r"""(?:(?:GET|POST)\.get(?:list)?\(|_id\(request, )"(\w+)""")
TAKEN_AS_ID = re.compile(r"""(?:_id_of\(request\.(?:GET|POST)\.get\(|_id\(request, )"(\w+)""")
NOWHERE = 990909909909
PLACES = ("community", "division")
ROUTES = tuple(route for route in route_table() if isinstance(route.access, Right))
NAMING = tuple(route for route in ROUTES if PARAMETER.search(route.path))


def families(routes: tuple[Route, ...]) -> list[tuple[Route, ...]]:
    """Eight neighbours at a time: each test makes its two communities once, and every request is undone."""
    return [routes[at : at + 8] for at in range(0, len(routes), 8)]


def first_path(family: tuple[Route, ...]) -> str:
    return family[0].path


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


def answer(
    phone: Client, method: str, url: str, ids: Mapping[str, Any], asked: Mapping[str, Any] = MappingProxyType({})
) -> tuple[int, str]:
    """What is answered, without identifiers; whatever the request did is undone."""
    with transaction.atomic():
        response = (phone.post if method == "POST" else phone.get)(url, {**asked})
        text = response.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    phone.cookies.pop("messages", None)
    for name, value in sorted({**ids, **asked}.items(), key=lambda item: -len(str(item[1]))):
        text = text.replace(str(value), f"<{name}>")
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "<csrf token>", text)
    text = re.sub(r'(name="(?:person|nobody|key)" value=)"[^"]+"', r"\1<made for this page>", text)
    return response.status_code, text


def test_every_parameter_of_a_route_is_in_our_world(own: Ids) -> None:
    used = {name for route in ROUTES for name in PARAMETER.findall(route.path)}
    assert used <= set(own)


@pytest.mark.parametrize("family", families(NAMING), ids=first_path)
def test_foreign_id_is_answered_like_one_that_does_not_exist(
    phone: Client, own: Ids, foreign: Ids, family: tuple[Route, ...]
) -> None:
    for route, method in product(family, ("GET", "POST")):
        names = PARAMETER.findall(route.path)
        for reached in (some for size in range(1, len(names) + 1) for some in combinations(names, size)):
            theirs = {**own, **{name: foreign[name] for name in reached}}
            nobodys = {**own, **{name: NOWHERE if name in PLACES else uuid7() for name in reached}}
            told = answer(phone, method, filled(route, theirs), theirs)
            assert told == answer(phone, method, filled(route, nobodys), nobodys), (method, route.path, reached)


def asked_by(route: Route, own: Ids) -> set[str]:
    """The names that the module of a route's view takes from a query or a body, itself or through its forms."""
    view = resolve(filled(route, own)).func
    module = import_module(view.__module__)
    taken = set(TAKEN.findall(inspect.getsource(module)))
    is_form = [value for value in vars(module).values() if inspect.isclass(value) and issubclass(value, BaseForm)]
    return taken | {name for form in is_form for name in getattr(form, "base_fields", ())}


def id_asked(name: str, ids: Ids) -> UUID | int | None:
    known = {"before": "round_id", "community": "community", "member": "user_id"}
    return ids.get(known.get(name, f"{name.removesuffix('s')}_id"))


@pytest.mark.parametrize("family", families(ROUTES), ids=first_path)
def test_foreign_id_in_query_or_body_is_answered_like_one_that_does_not_exist(
    phone: Client, own: Ids, foreign: Ids, family: tuple[Route, ...]
) -> None:
    for route in family:
        url = filled(route, own)
        for name in sorted(asked_by(route, own)):
            theirs = id_asked(name, foreign)
            nobodys = NOWHERE if name in PLACES else uuid7()
            for method in ("GET", "POST") if theirs else ():
                told = answer(phone, method, url, own, {name: theirs})
                assert told == answer(phone, method, url, own, {name: nobodys}), (method, route.path, name)


@pytest.mark.parametrize("family", families(ROUTES), ids=first_path)
def test_word_of_another_community_in_query_or_body_tells_nothing(
    phone: Client, own: Ids, foreign: Ids, family: tuple[Route, ...]
) -> None:
    for route, word, method in product(family, SECRETS, ("GET", "POST")):
        asked = dict.fromkeys(asked_by(route, own), word)
        status, text = answer(phone, method, filled(route, own), own, asked)
        told = [secret for secret in SECRETS if secret in text.replace(word, "")]
        assert not told, (method, route.path, word)
        assert status < 500, (method, route.path, word)


def test_every_id_that_a_view_takes_from_a_query_is_in_our_world(own: Ids) -> None:
    named = {name for route in ROUTES for name in asked_by(route, own)}
    as_ids = {name for route in ROUTES for name in ids_asked_by(route, own)}
    assert as_ids >= {"compound", "building", "site", "before"}
    assert as_ids <= named
    assert [
        name
        for name in sorted(as_ids | {"compounds", "buildings", "grids", "community"})
        if id_asked(name, own) is None
    ] == []


def ids_asked_by(route: Route, own: Ids) -> set[str]:
    return set(TAKEN_AS_ID.findall(inspect.getsource(import_module(resolve(filled(route, own)).func.__module__))))


@pytest.mark.parametrize("family", families(NAMING), ids=first_path)
def test_own_id_is_not_answered_like_one_that_does_not_exist(
    phone: Client, own: Ids, family: tuple[Route, ...]
) -> None:
    for route in family:
        codes = {answer(phone, method, filled(route, own), own)[0] for method in ("GET", "POST")}
        assert codes - {404, 405}, f"{route.path} never reached its object: the tests above would prove nothing"
        assert max(codes) < 500, route.path


def test_nothing_is_shown_to_somebody_without_rights(client: Client, own: Ids) -> None:
    client.force_login(accounts.add_user(operator_actor(), "nobody"))
    for route in ROUTES:
        assert client.get(filled(route, own)).status_code == 403, route.path


def test_nothing_is_shown_to_somebody_not_signed_in(client: Client, own: Ids) -> None:
    for route in ROUTES:
        assert client.get(filled(route, own)).status_code == 302, route.path


def test_identifiers_are_never_reused_between_communities(own: Ids, foreign: Ids) -> None:
    assert not {value for value in own.values() if isinstance(value, UUID)} & set(foreign.values())
