"""Nobody gives a right that they do not hold, outside their scope, or for longer than their own."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core import accounts, clock, endings, links
from linli.core.actors import Actor, HeldRole, operator_actor
from linli.core.divisions import range_of
from linli.core.errors import Expired, Invalid, Refused
from linli.core.grants import demand_over, may_give
from linli.core.ids import uuid7
from linli.core.models import Grant, User
from linli.core.rights import Department, Right, Role, rights_of
from linli.workforce.selectors import roles_to_give
from tests.conftest import BALICHA, FAR_AWAY, NEIGHBOUR, holder

pytestmark = pytest.mark.django_db
DIVISIONS = (0, 420000000000, 421303000000, 421303004000, BALICHA, NEIGHBOUR, FAR_AWAY)
HOURS = st.one_of(st.none(), st.integers(-5, 50))

roles = st.builds(
    lambda role, division, hours, department, ends_with: HeldRole(
        role,
        division,
        None if hours is None else clock.now() + timedelta(hours=hours),
        department if role is Role.DEPARTMENT else "",
        ends_with,
    ),
    st.sampled_from(Role),
    st.sampled_from(DIVISIONS),
    HOURS,
    st.sampled_from(Department),
    st.sampled_from(["", "round:1", "round:2"]),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(roles, max_size=3), wanted=roles)
def test_what_may_be_given_never_reaches_further_than_what_is_held(held: list[HeldRole], wanted: HeldRole) -> None:
    actor = Actor("somebody", "user", held=tuple(held))
    if not may_give(actor, wanted):
        return
    low, high = range_of(wanted.division)
    for right in wanted.rights | {Right.USERS_MANAGE}:
        by = [
            each
            for each in actor.present
            if right in each.rights and range_of(each.division)[0] <= low and high <= range_of(each.division)[1]
        ]
        assert any(
            (each.ends_at is None or (wanted.ends_at is not None and wanted.ends_at <= each.ends_at))
            and each.ends_with in ("", wanted.ends_with)
            for each in by
        )


@pytest.fixture
def user(db: None) -> User:
    return accounts.add_user(operator_actor(), "chen")


@pytest.mark.parametrize("role", Role)
def test_whoever_manages_no_accounts_gives_no_role(role: Role, user: User) -> None:
    actor = holder(role, BALICHA)
    if Right.USERS_MANAGE in rights_of(role):
        accounts.grant(actor, user, Role.SWEEPER, BALICHA)
    else:
        with pytest.raises(Refused):
            accounts.grant(actor, user, Role.SWEEPER, BALICHA)


def test_a_role_of_somebody_with_an_end_ends_no_later(user: User) -> None:
    tonight = clock.now() + timedelta(hours=3)
    actor = Actor("until tonight", "user", held=(HeldRole(Role.COORDINATOR, BALICHA, tonight),))
    accounts.grant(actor, user, Role.SWEEPER, BALICHA, ends_at=tonight)
    for later in (None, tonight + timedelta(seconds=1)):
        with pytest.raises(Refused):
            accounts.grant(actor, user, Role.SWEEPER, BALICHA, ends_at=later)


def test_a_department_is_named_and_a_volunteer_has_an_end(user: User) -> None:
    for role, department in ((Role.DEPARTMENT, ""), (Role.SWEEPER, "finance"), (Role.VOLUNTEER, "")):
        with pytest.raises(Invalid):
            accounts.grant(operator_actor(), user, role, BALICHA, department=department)
    with pytest.raises(Invalid):
        accounts.grant(operator_actor(), user, Role.SWEEPER, 123)


LEVELS = {Role.CITY_VIEWER: 421300000000, Role.DISTRICT_VIEWER: 421303000000, Role.SUBDISTRICT_VIEWER: 421303004000}


@pytest.mark.parametrize("role", LEVELS)
def test_a_viewer_is_given_in_a_division_of_their_level_and_nowhere_else(user: User, role: Role) -> None:
    accounts.grant(operator_actor(), user, role, LEVELS[role])
    for division in {0, 420000000000, *LEVELS.values(), BALICHA} - {LEVELS[role]}:
        with pytest.raises(Invalid) as refused:
            accounts.grant(operator_actor(), user, role, division)
        assert str(division) in refused.value.in_language("en")
        assert role not in roles_to_give(operator_actor(), division)
    assert role in roles_to_give(operator_actor(), LEVELS[role])


def test_a_role_ends_only_with_what_is_going_on_there(user: User) -> None:
    with pytest.raises(Invalid):
        accounts.grant(operator_actor(), user, Role.VOLUNTEER, BALICHA, ends_with=f"round:{uuid7()}")


def test_roles_that_end_with_something_end_when_it_does(user: User, coordinator: Actor) -> None:
    id = uuid7()
    Grant.objects.create(user=user, role=Role.SWEEPER, division=BALICHA, ends_with=f"round:{id}", granted_by="x")
    Grant.objects.create(user=user, role=Role.SAMPLER, division=BALICHA, ends_with=f"round:{uuid7()}", granted_by="x")
    assert endings.end_roles_with(coordinator, "round", id) == 1
    assert endings.end_roles_with(coordinator, "round", id) == 0
    actor = accounts.actor_of(user.pk)
    assert actor
    assert actor.roles == (Role.SAMPLER,)


def test_nobody_has_power_over_an_account_that_may_more_than_they_may(user: User, coordinator: Actor) -> None:
    accounts.grant(operator_actor(), user, Role.SWEEPER, BALICHA)
    demand_over(coordinator, user)
    accounts.grant(operator_actor(), user, Role.COMMAND, 421303004000)
    for act in (links.make_link, accounts.close_account, demand_over):
        with pytest.raises(Refused):
            act(coordinator, user)


def test_an_account_without_a_role_is_the_administrators(user: User, coordinator: Actor) -> None:
    with pytest.raises(Refused):
        links.make_link(coordinator, user)
    assert links.make_link(operator_actor(), user)


def test_a_link_made_before_an_account_got_more_rights_is_void(user: User, coordinator: Actor) -> None:
    accounts.grant(coordinator, user, Role.SWEEPER, BALICHA)
    token = links.make_link(coordinator, user).split("/")[2]
    accounts.grant(operator_actor(), user, Role.ADMINISTRATOR, 0)
    with pytest.raises(Expired):
        links.user_of_link(token)


def test_a_card_is_for_a_shift_and_for_no_command_role(user: User, coordinator: Actor) -> None:
    accounts.grant(coordinator, user, Role.SWEEPER, BALICHA)
    with pytest.raises(Invalid):
        links.make_cards(coordinator, [user])
    end = clock.now() + timedelta(hours=8)
    accounts.grant(coordinator, user, Role.SWEEPER, BALICHA, ends_at=end)
    token = links.make_cards(coordinator, [user])[user].split("/")[2]
    with pytest.raises(Expired):
        links.user_of_link(token)
    with clock.frozen(end), pytest.raises(Expired):
        links.use_card(token)
    assert links.use_card(token) == user
    with pytest.raises(Expired):
        links.use_card(token)
