"""Requests while several people work on them, and what a list does not let happen by one tap."""

from datetime import timedelta

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.models import Grant, User
from linli.core.rights import Department, Right, Role
from linli.core.scope import scope_of
from linli.registry import tasks
from linli.registry.key_rules import Rule
from linli.registry.key_words import mark_of
from linli.registry.models import KeyList, KeyListDeed, KeyListEntry
from linli.registry.selectors.key_lists import due_today, key_list
from linli.registry.services.key_entries import give_to_keeper, put_on_key_list, record_deed, take_off_key_list
from linli.registry.services.key_lists import KeyListWords, change_key_list, end_key_list, make_key_list
from linli.registry.services.requests import ask_for_help
from tests.conftest import BALICHA, holder
from tests.rounds.conftest import HERE, Village
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeper(db: None) -> None:
    user = User.objects.create(username="wangge", name="王阁")
    Grant.objects.create(user=user, role=Role.CARE_WORKER, division=BALICHA, granted_by="the test")


def ask(actor: Actor, village: Village, kind: str, words: str = "") -> KeyListEntry:
    return ask_for_help(actor, village.people["李一"], kind, words, right=Right.SWEEP_RECORD)


def usual(**changes: object) -> KeyListWords:
    words = {
        "name": "老人",
        "purpose": "看看",
        "task": "打电话",
        "keeper": "wangge",
        "ends_on": clock.today() + timedelta(days=30),
    }
    return KeyListWords(**{**words, **changes})  # type: ignore[arg-type]


def test_done_is_not_done_for_what_nobody_has_read(village: Village, coordinator: Actor, sweeper: Actor) -> None:
    entry = ask(sweeper, village, "medicine")
    seen = mark_of(entry.reason)
    ask(sweeper, village, "doctor", "胸痛")
    with pytest.raises(Conflict, match="胸痛"):
        record_deed(coordinator, entry.pk, "done", seen=seen)
    with scope_of(HERE):
        now = KeyListEntry.objects.get(pk=entry.pk)
    assert now.leaves_on is None
    record_deed(coordinator, entry.pk, "done", seen=mark_of(now.reason))


def test_the_same_request_counts_once_and_one_too_many_is_refused(village: Village, sweeper: Actor) -> None:
    first = ask(sweeper, village, "medicine", "胰岛素")
    assert ask(sweeper, village, "medicine", "胰岛素").reason == first.reason
    ask(sweeper, village, "food", "米" * 150)
    with pytest.raises(Invalid, match="胰岛素"):
        ask(sweeper, village, "doctor", "胸痛" * 20)


def test_a_second_tap_is_one_deed(village: Village, coordinator: Actor, sweeper: Actor) -> None:
    entry = ask(sweeper, village, "medicine")
    assert record_deed(coordinator, entry.pk, "done").pk == record_deed(coordinator, entry.pk, "done").pk
    with scope_of(HERE):
        assert KeyListDeed.objects.count() == 1


def test_what_was_done_yesterday_is_due_no_more_before_any_upkeep(
    village: Village, coordinator: Actor, sweeper: Actor
) -> None:
    entry = ask(sweeper, village, "medicine")
    record_deed(coordinator, entry.pk, "done")
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert due_today(coordinator, BALICHA) == 0
        assert key_list(coordinator, entry.key_list_id, show="due").count == 0


def test_upkeep_of_one_community_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def act(_actor: Actor, community: int) -> int:
        if community == 1:
            raise Conflict
        done.append(community)
        return 0

    monkeypatch.setattr(tasks, "communities_with_lists", lambda: [1, 2])
    monkeypatch.setattr(tasks, "bring_up_to_date", act)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    tasks.bring_all_key_lists_up(0)
    assert done == [2]


def test_the_list_of_requests_does_not_end_over_who_waits(village: Village, coordinator: Actor, sweeper: Actor) -> None:
    entry = ask(sweeper, village, "medicine")
    with pytest.raises(Conflict):
        end_key_list(coordinator, entry.key_list_id)
    record_deed(coordinator, entry.pk, "done")
    end_key_list(coordinator, entry.key_list_id)


def test_nobody_is_on_the_list_of_requests_by_a_rule(village: Village, coordinator: Actor, sweeper: Actor) -> None:
    entry = ask(sweeper, village, "medicine")
    assert entry.how == "hand"
    with pytest.raises(Invalid):
        change_key_list(coordinator, entry.key_list_id, usual(rule=Rule(needs=("透析",))))


def test_who_left_meanwhile_is_named(village: Village, coordinator: Actor) -> None:
    made = make_key_list(coordinator, BALICHA, usual())
    mine = [put_on_key_list(coordinator, made.pk, village.people[name].pk, "问候").pk for name in ("李一", "李二")]
    take_off_key_list(coordinator, mine[0], "搬走")
    with pytest.raises(Conflict, match="李一"):
        give_to_keeper(coordinator, made.pk, mine, "wangge")


def test_only_who_manages_accounts_opens_a_list_to_a_department(village: Village, coordinator: Actor) -> None:
    grid_worker = holder(Role.GRID_WORKER, BALICHA)
    with pytest.raises(Invalid):
        make_key_list(grid_worker, BALICHA, usual(department=Department.CIVIL_AFFAIRS))
    made = make_key_list(coordinator, BALICHA, usual(department=Department.CIVIL_AFFAIRS))
    change_key_list(grid_worker, made.pk, usual(department=Department.CIVIL_AFFAIRS, task="上门"))


def test_spaces_are_usual_ones_and_a_day_lies_within_the_list(village: Village, coordinator: Actor) -> None:
    made = make_key_list(coordinator, BALICHA, usual(name="独居　老人"))
    assert made.name == "独居 老人"
    entry = put_on_key_list(coordinator, made.pk, village.people["李一"].pk, "问候")
    with pytest.raises(Invalid):
        record_deed(coordinator, entry.pk, "done", next_on=made.ends_on + timedelta(days=1))
    with scope_of(HERE):
        assert KeyList.objects.get().name == "独居 老人"
