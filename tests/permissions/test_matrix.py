"""Route × role × own and foreign scope, complete: who reaches a page is what its right and the table of roles say."""

import pytest
from django.test import Client

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.models import AuditEntry, Grant, User
from linli.core.rights import RIGHTS_OF_DEPARTMENT, Right, Role, rights_of
from linli.core.scope import installation_scope
from linli.core.web import CLOSED, PUBLIC, SIGNED_IN, route_table
from tests.conftest import BALICHA, FAR_AWAY
from tests.permissions.test_foreign_ids import NAMING, ROUTES, filled
from tests.permissions.world import Ids, one_of_everything

pytestmark = pytest.mark.django_db
SUBJECTS = [*((role, "") for role in Role), *((Role.DEPARTMENT, str(each)) for each in RIGHTS_OF_DEPARTMENT)]
REFUSED = 403
UNREADABLE = 422
"""What an empty form is answered before anybody looks at the place it is about."""


def signed_in(client: Client, role: Role, department: str) -> Client:
    user = User.objects.create(username=f"{role}-{department}")
    Grant.objects.create(user=user, role=role, department=department, division=BALICHA, granted_by="the test")
    client.force_login(user)
    client.raise_request_exception = False
    return client


@pytest.fixture
def own(db: None) -> Ids:
    return one_of_everything(
        BALICHA, person="武丹丹", compound="明珠华府", id_number="421303198509169118", phone="13579918134"
    )


@pytest.fixture
def foreign(db: None) -> Ids:
    return one_of_everything(
        FAR_AWAY, person="芈不可见", compound="绝密花园", id_number="110101199003074477", phone="13900001111"
    )


@pytest.mark.parametrize(("role", "department"), SUBJECTS, ids=str)
def test_a_role_reaches_in_its_own_scope_what_its_rights_say_and_nothing_else(
    client: Client, own: Ids, role: Role, department: str
) -> None:
    phone, held = signed_in(client, role, department), rights_of(role, department)
    reached = {route for route in ROUTES if phone.get(filled(route, own)).status_code != REFUSED}
    assert reached == {route for route in ROUTES if route.access in held}


@pytest.mark.parametrize(("role", "department"), SUBJECTS, ids=str)
def test_a_role_reaches_nothing_in_a_foreign_scope(client: Client, foreign: Ids, role: Role, department: str) -> None:
    """A right that nobody holds is refused before the method is looked at: the test above asks the other way."""
    phone, held = signed_in(client, role, department), rights_of(role, department)
    for route in NAMING:
        url = filled(route, foreign)
        codes = {phone.post(url, {}).status_code, *([phone.get(url).status_code] if route.access in held else [])}
        assert codes <= {403, 404, 405, UNREADABLE}, f"{role} {department} {route.path}: {codes}"
        assert codes != {405}, f"{role} {department} {route.path} answers neither way"


def test_every_route_says_who_reaches_it() -> None:
    assert all(
        route.access in (PUBLIC, SIGNED_IN, CLOSED) or isinstance(route.access, Right) for route in route_table()
    )


def test_what_was_refused_is_in_the_audit_chain(client: Client, foreign: Ids) -> None:
    phone = signed_in(client, Role.COORDINATOR, "")
    phone.get(f"/member/{foreign['user_id']}/")
    with installation_scope():
        assert AuditEntry.objects.filter(action="refused", actor="coordinator-").count() == 1


def test_a_role_that_has_ended_reaches_nothing(client: Client, own: Ids) -> None:
    phone = signed_in(client, Role.COORDINATOR, "")
    accounts.end_grant(operator_actor(), User.objects.get(username="coordinator-"), Role.COORDINATOR, BALICHA)
    assert {phone.get(filled(route, own)).status_code for route in ROUTES} == {REFUSED}
