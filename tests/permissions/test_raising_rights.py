"""Attempts to raise one's own rights through the pages: crafted roles, places, ends and ids are refused and audited."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core import accounts, clock
from linli.core.actors import Actor, HeldRole
from linli.core.grants import may_give
from linli.core.models import AuditEntry, BreakGlass, Grant, User
from linli.core.rights import Department, Right, Role, rights_of
from linli.core.scope import installation_scope
from tests.conftest import BALICHA, FAR_AWAY, NEIGHBOUR
from tests.permissions.world import Ids, one_of_everything

pytestmark = pytest.mark.django_db
PLACES = st.one_of(
    st.sampled_from([0, 420000000000, 421303000000, 421303004000, BALICHA, NEIGHBOUR, FAR_AWAY, 1, -5, 10**13]),
    st.integers(-(10**13), 10**13),
)
ROLES = st.one_of(st.sampled_from(Role.values), st.sampled_from(["root", "", "Administrator", "coordinator\0"]))
ENDS = st.sampled_from(["", "2026-04-02T20:00", "2999-01-01T00:00", "never"])


@pytest.fixture
def foreign(db: None) -> Ids:
    return one_of_everything(
        FAR_AWAY, person="芈不可见", compound="绝密花园", id_number="110101199003074477", phone="13900001111"
    )


@pytest.fixture(params=[Role.COORDINATOR, Role.GRID_WORKER, Role.DESK_CLERK, Role.AUDITOR, Role.COMMAND])
def attacker(request: pytest.FixtureRequest, db: None) -> User:
    user = User.objects.create(username=f"attacker-{request.param}")
    until = clock.now() + timedelta(hours=8)
    Grant.objects.create(user=user, role=request.param, division=BALICHA, ends_at=until, granted_by="the test")
    return user


@pytest.fixture
def phone(attacker: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(attacker)
    return client


def acting(user: User) -> Actor:
    actor = accounts.actor_of(user.pk)
    assert actor
    return actor


def given_by(user: User) -> dict[str, HeldRole]:
    rows = Grant.objects.filter(granted_by=user.username)
    return {
        str(row.pk): HeldRole(Role(row.role), row.division, row.ends_at, row.department, row.ends_with) for row in rows
    }


def refusals() -> int:
    with installation_scope():
        return AuditEntry.objects.filter(action="refused").count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_form_gives_more_than_its_sender_may_give(
    phone: Client, attacker: User, foreign: Ids, data: st.DataObject
) -> None:
    actor, place = acting(attacker), data.draw(PLACES)
    target = data.draw(st.sampled_from([attacker.pk, foreign["user_id"]]))
    body = {
        "role": data.draw(ROLES), "department": data.draw(st.sampled_from(["", *Department.values, "tax"])),
        "ends_at": data.draw(ENDS), "ends_with": data.draw(st.sampled_from(["", "round:1", f"round:{foreign['round_id']}"])),
        "name": "某人", "username": data.draw(st.sampled_from(["new-one", "attacker-coordinator"])), "text": "某人,,administrator,23:59",
    }  # fmt: skip
    url = data.draw(
        st.sampled_from([f"/member/{target}/roles/{place}/", f"/members/{place}/new/", f"/members/{place}/helpers/"])
    )
    before, noted = given_by(attacker), refusals()
    response = phone.post(url, body)
    new = {key: held for key, held in given_by(attacker).items() if before.get(key) != held}
    assert all(may_give(actor, held) for held in new.values()), (url, body)
    assert response.status_code < 500
    if response.status_code in (403, 404) and "-" not in str(place) and place < 10**13:
        assert refusals() > noted
    if Right.USERS_MANAGE not in rights_of(actor.held[0].role):
        assert not new


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_button_reaches_an_account_of_somewhere_else(
    phone: Client, attacker: User, foreign: Ids, data: st.DataObject
) -> None:
    user, grant, device, taken = (foreign[name] for name in ("user_id", "grant_id", "device_id", "taken_id"))
    url = data.draw(
        st.sampled_from(
            [
                f"/member/{user}/link/", f"/member/{user}/close/", f"/member/{user}/sign-out/",
                f"/member/{user}/factors/", f"/member/{user}/roles/{grant}/end/", f"/phones/{device}/revoke/",
                f"/member/{attacker.pk}/roles/{grant}/end/", f"/emergencies/{taken}/noted/",
                f"/members/{FAR_AWAY}/phones/", f"/me/emergency/{taken}/end/", f"/me/sign-ins/{foreign['sign_in_id']}/end/",
            ]
        )
    )  # fmt: skip
    noted = refusals()
    assert phone.post(url, {"name": "x", "member": str(user)}).status_code in (403, 404)
    assert refusals() > noted
    assert User.objects.get(pk=str(user)).is_active
    assert BreakGlass.objects.get(pk=str(taken)).acknowledged_at is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=PLACES)
def test_an_emergency_gives_no_more_than_its_table(phone: Client, attacker: User, place: int) -> None:
    phone.post("/me/emergency/", {"division": place, "reason": "我想要", "role": "administrator"})
    may = attacker.username == "attacker-grid_worker"
    taken = set(BreakGlass.objects.filter(grant__user=attacker).values_list("grant__role", "grant__division"))
    assert taken <= ({(Role.COORDINATOR, BALICHA)} if may else set())


def test_no_card_is_printed_for_somebody_who_may_more(phone: Client, attacker: User) -> None:
    above = User.objects.create(username="above")
    until = clock.now() + timedelta(hours=1)
    for division in (BALICHA, 421303000000):
        Grant.objects.create(user=above, role=Role.COORDINATOR, division=division, ends_at=until, granted_by="the test")
    noted = refusals()
    assert phone.post(f"/members/{BALICHA}/cards/", {"member": str(above.pk)}).status_code == 403
    assert refusals() > noted
