"""Rounds under way when two entries turn out to be one person: nobody counts twice, nothing that was seen is lost."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core.scope import scope_of
from linli.registry.models import Person
from linli.registry.services.merging import merge_people, undo_merge
from linli.rounds.errors import Outstanding
from linli.rounds.models import Target
from linli.rounds.selectors import reconciliation
from linli.rounds.services import follow_register
from tests.rounds.conftest import HERE, HERE_NOW, Day, close_at, make_day

Joined = Callable[..., UUID]


@pytest.fixture
def join(day: Day) -> Joined:
    """Merge one of the village into another, and let the round follow."""

    def act(kept: str, absorbed: str, *taken: str) -> UUID:
        merge = merge_people(day.actor, day.village.people[kept].pk, day.village.people[absorbed].pk, taken)
        follow_register(day.actor, day.round.pk)
        return merge.pk

    return act


def part(day: Day, merge: UUID) -> None:
    undo_merge(day.actor, merge)
    follow_register(day.actor, day.round.pk)


def adds_up(day: Day) -> tuple[int, int, int]:
    account = reconciliation(day.actor, day.round.pk)
    assert account.adds_up
    return account.expected, account.leavers, account.outstanding


def test_the_second_entry_leaves_and_the_first_is_outstanding(day: Day, join: Joined) -> None:
    expected, leavers, outstanding = adds_up(day)
    join("李一", "王三")
    assert adds_up(day) == (expected - 1, leavers + 1, outstanding - 1)
    gone = day.target("王三")
    assert (gone.outcome, gone.outcome_reason, gone.merged_into_id) == ("moved", "merged", day.targets["李一"])
    assert day.outcome("李一") is None


def test_a_specimen_under_either_entry_counts_for_the_person(day: Day, join: Joined) -> None:
    day.finish("王三")
    _expected, _leavers, outstanding = adds_up(day)
    join("李一", "王三")
    assert (day.outcome("李一"), day.outcome("王三")) == ("done", "moved")
    assert adds_up(day)[2] == outstanding - 1


def test_a_specimen_sent_later_under_the_second_entry_counts_for_the_person(day: Day, join: Joined) -> None:
    join("李一", "王三")
    day.finish("王三")
    assert (day.outcome("李一"), day.outcome("王三")) == ("done", "moved")
    adds_up(day)


def test_tested_under_both_entries_is_one_person(day: Day, join: Joined) -> None:
    day.finish("李一", "王三")
    join("李一", "王三")
    assert (day.outcome("李一"), day.outcome("王三")) == ("done", "moved")
    adds_up(day)


def test_refusals_at_two_doors_are_of_one_person(day: Day, join: Joined) -> None:
    day.send(day.visit("李一", "refused", 9), day.visit("王三", "refused", 10))
    join("李一", "王三")
    assert day.target("李一").visits == 2


def test_who_is_away_under_one_entry_only_is_here(day: Day, join: Joined) -> None:
    join("李一", "钱五")
    assert day.outcome("李一") is None
    assert day.outcome("钱五") == "moved"


def test_whose_first_entry_was_no_target_joins_and_is_counted_once(day: Day, join: Joined) -> None:
    with scope_of(HERE):
        day.village.people["旧人"] = Person.objects.create(community=day.round.community, name="旧人")
        Person.objects.filter(name="旧人").update(died_on=None)
    day.finish("王三")
    before = adds_up(day)
    join("旧人", "王三")
    with scope_of(HERE):
        joined = Target.objects.get(round=day.round, person__name="旧人")
    assert (joined.joined, joined.outcome) == ("newcomer", "done")
    assert adds_up(day) == (before[0], before[1] + 1, before[2])


def test_two_again_each_has_what_was_seen_of_each(day: Day, join: Joined) -> None:
    day.finish("王三")
    before = adds_up(day), day.outcome("李一"), day.outcome("王三")
    merge = join("李一", "王三")
    part(day, merge)
    assert (adds_up(day), day.outcome("李一"), day.outcome("王三")) == before
    assert day.target("王三").merged_into_id is None


def test_merged_on_what_was_seen_of_each_goes_along(day: Day, join: Joined) -> None:
    day.finish("王三")
    join("李一", "王三")
    last = join("赵四", "李一")
    assert [day.outcome(name) for name in ("赵四", "李一", "王三")] == ["done", "moved", "moved"]
    part(day, last)
    assert [day.outcome(name) for name in ("赵四", "李一", "王三")] == [None, "done", "moved"]
    adds_up(day)


def test_a_round_closes_over_nobody_who_was_merged(day: Day, join: Joined) -> None:
    join("李一", "王三")
    day.finish(*(name for name in HERE_NOW if name not in ("李一", "王三")))
    with pytest.raises(Outstanding):
        close_at(day.actor, day.round.pk, 23)
    day.finish("王三")
    assert close_at(day.actor, day.round.pk, 23).state == "closed"


def test_following_twice_changes_nothing(day: Day, join: Joined) -> None:
    join("李一", "王三")
    followed = follow_register(day.actor, day.round.pk)
    assert (followed.left, followed.back, followed.newcomers) == (0, 0, 0)


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("seen"), st.sampled_from(HERE_NOW), st.sampled_from(["refused", "away", "not_found", "tested"])
        ),
        st.tuples(st.just("merged"), st.sampled_from(HERE_NOW), st.sampled_from(HERE_NOW)),
        st.tuples(st.just("two again"), st.just(""), st.just("")),
    ),
    max_size=7,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_figures_add_up_and_everybody_counts_once_whatever_is_merged(
    day: Day, acts: list[tuple[str, str, str]]
) -> None:
    day = make_day(day.village, day.actor, name="再一轮", another=True)
    merges: list[tuple[UUID, str]] = []
    gone: set[str] = set()
    for hours, (act, first, second) in enumerate(acts, start=9):
        if act == "seen":
            if second == "tested":
                day.finish(first, hours=hours)
            else:
                day.send(day.visit(first, second, hours))
        elif act == "merged" and first != second and not {first, second} & gone:
            people = day.village.people
            merges.append((merge_people(day.actor, people[first].pk, people[second].pk).pk, second))
            gone.add(second)
        elif act == "two again" and merges:
            merge, name = merges.pop()
            undo_merge(day.actor, merge)
            gone.discard(name)
        follow_register(day.actor, day.round.pk)
        adds_up(day)
        with scope_of(HERE):
            counted = Target.objects.filter(round=day.round).exclude(outcome="moved")
            assert not counted.filter(person__merged_into__isnull=False).exists()
    for merge, _name in reversed(merges):
        undo_merge(day.actor, merge)
    follow_register(day.actor, day.round.pk)
    adds_up(day)
