"""Roles taken in an emergency."""

from datetime import timedelta

import pytest

from linli.core import accounts, break_glass, clock
from linli.core.actors import Actor, operator_actor
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.models import AuditEntry, User
from linli.core.rights import Right, Role
from linli.core.scope import installation_scope
from tests.conftest import BALICHA, FAR_AWAY, NEIGHBOUR, holder

pytestmark = pytest.mark.django_db
WHY = "负责人突发疾病，现场无人指挥"
STREET = 421303004000


def somebody(role: Role, division: int) -> User:
    user = accounts.add_user(operator_actor(), f"{role}-{division}")
    accounts.grant(operator_actor(), user, role, division)
    return user


def acting(user: User) -> Actor:
    actor = accounts.actor_of(user.pk)
    assert actor
    return actor


@pytest.mark.parametrize(
    ("role", "at", "where"),
    [(Role.GRID_WORKER, BALICHA, BALICHA), (Role.COMMAND, STREET, BALICHA), (Role.COMMAND, STREET, NEIGHBOUR)],
)
def test_the_table_lets_some_take_a_role_for_two_hours(role: Role, at: int, where: int) -> None:
    user = somebody(role, at)
    break_glass.take_role(acting(user), Role.COORDINATOR, where, WHY)
    assert acting(user).has(Right.ROUND_OPEN, where)
    with clock.frozen(clock.now() + break_glass.LASTS):
        assert not acting(user).has(Right.ROUND_OPEN, where)
        assert not acting(user).has(Right.USERS_MANAGE, where)


@pytest.mark.parametrize(
    ("role", "at", "wanted", "where"),
    [
        (Role.GRID_WORKER, BALICHA, Role.COORDINATOR, NEIGHBOUR),
        (Role.GRID_WORKER, BALICHA, Role.ADMINISTRATOR, BALICHA),
        (Role.COMMAND, STREET, Role.COORDINATOR, FAR_AWAY),
        (Role.COMMAND, STREET, Role.COORDINATOR, STREET),
        (Role.COMMAND, 421303000000, Role.COORDINATOR, BALICHA),
        (Role.SWEEPER, BALICHA, Role.COORDINATOR, BALICHA),
        (Role.AUDITOR, STREET, Role.COORDINATOR, BALICHA),
    ],
)
def test_nobody_takes_a_role_outside_the_table(role: Role, at: int, wanted: Role, where: int) -> None:
    with pytest.raises(Refused):
        break_glass.take_role(acting(somebody(role, at)), wanted, where, WHY)


def test_needs_a_reason_and_is_taken_once_at_a_time() -> None:
    user = somebody(Role.GRID_WORKER, BALICHA)
    with pytest.raises(Invalid):
        break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, "  ")
    break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY)
    with pytest.raises(Conflict):
        break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY)


def test_lasts_no_longer_than_the_role_that_allows_it() -> None:
    user = accounts.add_user(operator_actor(), "grid")
    end = clock.now() + timedelta(minutes=30)
    accounts.grant(operator_actor(), user, Role.GRID_WORKER, BALICHA, ends_at=end)
    assert break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY).ends_at == end


def test_everybody_above_is_told_until_one_takes_note_and_the_taker_is_not() -> None:
    user = somebody(Role.GRID_WORKER, BALICHA)
    taken = break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY)
    coordinator, above = holder(Role.COORDINATOR, BALICHA), holder(Role.ADMINISTRATOR, 0)
    assert break_glass.notices_for(coordinator) == break_glass.notices_for(above) == [taken]
    assert break_glass.notices_for(acting(user)) == []
    assert break_glass.notices_for(holder(Role.COORDINATOR, FAR_AWAY)) == []
    for other in (acting(user), holder(Role.COORDINATOR, FAR_AWAY), holder(Role.SWEEPER, BALICHA)):
        with pytest.raises(NotFound):
            break_glass.acknowledge(other, taken.pk)
    break_glass.acknowledge(above, taken.pk)
    assert break_glass.notices_for(coordinator) == []
    with installation_scope():
        noted = AuditEntry.objects.filter(object_id=user.pk, action__startswith="break_glass").order_by("number")
        assert [each.action for each in noted] == ["break_glass", "break_glass_acknowledged"]


def test_is_ended_early_by_the_taker_or_from_above() -> None:
    user = somebody(Role.GRID_WORKER, BALICHA)
    taken = break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY)
    with pytest.raises(NotFound):
        break_glass.end_taken_role(holder(Role.COORDINATOR, FAR_AWAY), taken.pk)
    break_glass.end_taken_role(acting(user), taken.pk)
    assert not acting(user).has(Right.ROUND_OPEN, BALICHA)
    assert break_glass.taken_by(acting(user)) == []


def test_what_was_taken_gives_others_no_more_than_its_own_time() -> None:
    user, friend = somebody(Role.GRID_WORKER, BALICHA), somebody(Role.SWEEPER, BALICHA)
    break_glass.take_role(acting(user), Role.COORDINATOR, BALICHA, WHY)
    with pytest.raises(Refused):
        accounts.grant(acting(user), friend, Role.COORDINATOR, BALICHA)
