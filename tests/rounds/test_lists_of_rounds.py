from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.ids import uuid7
from linli.core.scope import scope_of
from linli.rounds.models import Round
from linli.rounds.selectors import count_live_rounds, round_head, rounds_of
from linli.rounds.selectors.heads import CLOSED_SHOWN
from linli.rounds.services import abandon_round, close_round
from tests.conftest import BALICHA, NEIGHBOUR
from tests.rounds.conftest import HERE, HERE_NOW, T0, Day, Village, make_day, opened


def past_rounds(like: Round, number: int, *, is_drill: bool) -> list[Round]:
    """Closed rounds, each begun an hour before the one before it, whose reports say 7 of 7."""
    with scope_of(HERE):
        return Round.objects.bulk_create(
            Round(
                community=BALICHA,
                name=f"往期 {ago}",
                state=Round.State.CLOSED,
                is_drill=is_drill,
                rule_pack=like.rule_pack,
                t0=T0 - timedelta(hours=ago),
                ordered_at=T0 - timedelta(hours=ago),
                deadline=T0,
                closed_at=T0,
                opened_by="coordinator",
                report={"expected": 7, "outstanding": 0},
            )
            for ago in range(1, number + 1)
        )


def test_closed_rounds_say_what_their_report_says_and_are_not_counted_again(day: Day):
    day.finish(*HERE_NOW)
    close_round(day.actor, day.round.pk)
    with scope_of(HERE):
        Round.objects.filter(pk=day.round.pk).update(report={"expected": 99, "outstanding": 0})
    (head,) = rounds_of(day.actor, BALICHA)
    assert (head.is_closed, head.is_abandoned, head.total, head.settled) == (True, False, 99, 99)


def test_only_the_latest_closed_rounds_are_listed_and_drills_do_not_push_them_out(day: Day):
    past_rounds(day.round, CLOSED_SHOWN + 5, is_drill=True)
    past_rounds(day.round, 3, is_drill=False)
    heads = rounds_of(day.actor, BALICHA)
    assert [head.is_closed for head in heads] == [False] + [True] * (3 + CLOSED_SHOWN)
    assert [head.name for head in heads if not head.is_drill] == ["第一轮", "往期 1", "往期 2", "往期 3"]
    assert count_live_rounds(day.actor, BALICHA) == 4


def test_earlier_rounds_are_listed_before_the_last_one_shown(day: Day):
    past_rounds(day.round, CLOSED_SHOWN + 5, is_drill=True)
    last = rounds_of(day.actor, BALICHA)[-1]
    assert last.name == f"往期 {CLOSED_SHOWN}"
    earlier = rounds_of(day.actor, BALICHA, before=last.id)
    assert [head.name for head in earlier] == [f"往期 {CLOSED_SHOWN + ago}" for ago in range(1, 6)]


def test_one_round_is_found_however_long_ago_it_was(day: Day, stranger: Actor):
    oldest = past_rounds(day.round, CLOSED_SHOWN + 1, is_drill=False)[-1]
    assert oldest.pk not in {head.id for head in rounds_of(day.actor, BALICHA)}
    assert (round_head(day.actor, oldest.pk).name, round_head(day.actor, oldest.pk).total) == (oldest.name, 7)
    assert (round_head(day.actor, day.round.pk).total, round_head(day.actor, day.round.pk).outstanding) == (8, 6)
    with pytest.raises(NotFound):
        round_head(stranger, oldest.pk)


def test_rounds_begun_at_the_same_moment_are_all_listed(village: Village, coordinator: Actor):
    rounds = past_rounds(opened(coordinator), CLOSED_SHOWN + 2, is_drill=False)
    with scope_of(HERE):
        Round.objects.filter(pk__in=[round.pk for round in rounds]).update(t0=T0)
    shown = [head.id for head in rounds_of(coordinator, BALICHA) if head.is_closed]
    rest = [head.id for head in rounds_of(coordinator, BALICHA, before=shown[-1])]
    assert (len(shown), len(rest), set(shown + rest)) == (CLOSED_SHOWN, 2, {round.pk for round in rounds})


def test_list_before_a_round_that_is_not_there_is_not_found(day: Day, stranger: Actor):
    with pytest.raises(NotFound):
        rounds_of(day.actor, BALICHA, before=uuid7())
    with pytest.raises(NotFound):
        rounds_of(stranger, BALICHA, before=day.round.pk)
    with pytest.raises(NotFound):
        rounds_of(day.actor, NEIGHBOUR)


def test_list_costs_the_same_however_many_rounds_there_were(day: Day):
    costs = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            rounds_of(day.actor, BALICHA)
        costs.append(len(queries))
        past_rounds(day.round, 40, is_drill=True)
        drill = make_day(day.village, day.actor, is_drill=True, name="演练")
        abandon_round(day.actor, drill.round.pk)
        make_day(day.village, day.actor, is_drill=True, name="又一次演练")
    assert costs[0] == costs[1]
    (counting,) = (query["sql"] for query in queries if "rounds_target" in query["sql"])
    assert day.round.pk.hex in counting
    assert drill.round.pk.hex not in counting
