"""Whatever phones send, in whatever order and how often: the same outcomes, and the figures add up."""

from itertools import count
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core.actors import Actor
from linli.core.scope import scope_of
from linli.rounds.asked import AnyFact
from linli.rounds.errors import Outstanding
from linli.rounds.models import Target, Visit
from linli.rounds.selectors import board, reconciliation
from linli.rounds.services import close_round
from tests.rounds.conftest import HERE, PEOPLE, Day, Village, make_day

seen = st.tuples(
    st.sampled_from(sorted(PEOPLE)),
    st.sampled_from(["arrival", "specimen", "home", *Visit.Result.values]),
    st.integers(0, 4),
)
slow = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def fact_of(day: Day, name: str, what: str, hours: int) -> AnyFact:
    if what == "arrival":
        return day.arrival(name, hours)
    if what in ("specimen", "home"):
        return day.specimen(name, hours, home=what == "home")
    return day.visit(name, what, hours)


def outcomes(day: Day) -> dict[str, tuple[Any, ...]]:
    with scope_of(HERE):
        rows = Target.objects.filter(round=day.round).values_list(
            "name",
            "outcome",
            "outcome_at",
            "evidence",
            "evidence_id",
            "outcome_reason",
            "visits",
            "home_sampling_asked_at",
        )
        return {name: tuple(rest) for name, *rest in rows}


def send_in_parts(day: Day, facts: list[AnyFact], random: Random) -> None:
    """Send facts in batches of any size, some of them again."""
    sent = 0
    while sent < len(facts):
        size = random.randint(1, len(facts))
        day.send(*facts[sent : sent + size], *random.sample(facts[:sent], min(sent, 2)))
        sent += size


@slow
@given(history=st.lists(seen, max_size=14), seed=st.integers(0, 99))
def test_order_and_repeats_of_uploads_do_not_matter(village: Village, coordinator: Actor, history, seed: int):
    with transaction.atomic():
        day = make_day(village, coordinator, name=f"第{seed}轮")
        facts = [fact_of(day, *each) for each in history]
        ends = []
        for shuffled in (facts, Random(seed).sample(facts, len(facts))):
            with transaction.atomic():
                send_in_parts(day, list(shuffled), Random(seed))
                ends.append(outcomes(day))
                transaction.set_rollback(True)
        assert ends[0] == ends[1]
        transaction.set_rollback(True)


@slow
@given(history=st.lists(seen, max_size=14))
def test_figures_add_up_whatever_is_thrown_at_a_round(village: Village, coordinator: Actor, history):
    numbers = count()
    with transaction.atomic():
        day = make_day(village, coordinator, name=f"第{next(numbers)}轮")
        for each in history:
            day.send(fact_of(day, *each))
            account = reconciliation(coordinator, day.round.pk)
            assert account.adds_up
            assert account.frozen == len(PEOPLE)
        shown = board(coordinator, day.round.pk)
        assert shown.total == sum(compound.total for compound in shown.compounds)
        assert sum(compound.open for compound in shown.compounds) == shown.account.outstanding
        if account_is_open := shown.account.outstanding:
            with pytest.raises(Outstanding) as error:
                close_round(coordinator, day.round.pk)
            assert error.value.count == account_is_open == len(error.value.missing)
        else:
            report = close_round(coordinator, day.round.pk).report
            assert report["targets"] + report["newcomers"] - report["leavers"] == sum(report["outcomes"].values())
        transaction.set_rollback(True)
