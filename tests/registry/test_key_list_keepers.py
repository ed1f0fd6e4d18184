"""Who looks after the people of key lists, and to whom requests go."""

from datetime import timedelta

import pytest

from linli.core import clock
from linli.core.accounts import who_holds
from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.models import Grant, User
from linli.core.rights import Right, Role
from linli.registry.key_rules import Rule
from linli.registry.models import KeyList
from linli.registry.selectors.key_lists import due_today, key_list
from linli.registry.services.key_entries import give_to_keeper
from linli.registry.services.key_lists import change_key_list
from linli.registry.services.requests import LOOK_AFTER, ask_for_help
from tests.conftest import BALICHA
from tests.registry.test_key_lists import entry_of, upkeep, words
from tests.registry.test_key_lists import keepers as keepers
from tests.registry.test_key_lists import old as old
from tests.rounds.conftest import Village
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keeper", ["", "nobody", "x" * 300])
def test_nobody_is_given_to_who_looks_after_nobody(old: KeyList, coordinator: Actor, keeper: str):
    with pytest.raises(Invalid):
        give_to_keeper(coordinator, old.pk, [entry_of(old, "李一").pk], keeper)


def test_a_keeper_whose_role_has_ended_is_marked_and_may_stay_until_somebody_else_is_found(
    old: KeyList, coordinator: Actor
):
    Grant.objects.filter(user__username="wangge").delete()
    assert key_list(coordinator, old.pk).key_list.keeper_name == "wangge 姐（已不在岗）"
    change_key_list(coordinator, old.pk, words(rule=Rule(needs=("独居老人",)), every_days=3))
    change_key_list(coordinator, old.pk, words(rule=Rule(needs=("独居老人",)), keeper="zhao"))
    assert key_list(coordinator, old.pk).entries[0].keeper_name == "zhao 姐"


def test_requests_go_to_a_care_worker_of_the_community_before_all_others():
    for name, role, division in (
        ("a", Role.ADMINISTRATOR, 0),
        ("b", Role.COORDINATOR, BALICHA),
        ("c", Role.GRID_WORKER, BALICHA),
    ):
        user = User.objects.create(username=name, name=name)
        Grant.objects.create(user=user, role=role, division=division, granted_by="the test")
    order = [name for name in who_holds(Right.KEY_LIST_RECORD, BALICHA, first=LOOK_AFTER) if len(name) == 1]
    assert order == ["c", "b", "a"]
    assert next(iter(who_holds(Right.KEY_LIST_RECORD, BALICHA, first=LOOK_AFTER))) == "qian"


def test_requests_wait_however_old_their_list_is(village: Village, coordinator: Actor):
    ask_for_help(coordinator, village.people["李一"], "food", right=Right.SWEEP_RECORD)
    with clock.frozen(clock.now() + timedelta(days=500)):
        upkeep()
        assert due_today(coordinator, BALICHA) == 1
