"""Somebody who is away by the ledger and comes to a site was seen in the community."""

import pytest

from linli.rounds.errors import Outstanding
from linli.rounds.selectors import outstanding_targets
from linli.rounds.services import close_round, state_outcome
from tests.rounds.conftest import HERE_NOW, Day, at, close_at

AWAY = "钱五"


def test_somebody_away_who_comes_to_a_site_and_leaves_untested_is_outstanding(day: Day):
    day.finish(*HERE_NOW)
    assert day.outcome(AWAY) == "away"
    day.send(day.arrival(AWAY, 9))
    target = day.target(AWAY)
    assert (target.outcome, target.evidence, target.outcome_reason) == (None, "", "came_untested")
    assert [each.name for each in outstanding_targets(day.actor, day.round.pk)] == [AWAY]
    with pytest.raises(Outstanding):
        close_round(day.actor, day.round.pk)


def test_a_specimen_a_visit_or_a_statement_settles_them_again(day: Day):
    day.finish(*HERE_NOW)
    day.send(day.arrival(AWAY, 7))
    day.send(day.visit(AWAY, "away", 7.5))
    assert day.outcome(AWAY) == "away"
    day.send(day.arrival(AWAY, 7.6))
    assert day.outcome(AWAY) is None
    state_outcome(day.actor, day.round.pk, day.targets[AWAY], "away", "本人电话", at(7.8))
    assert day.outcome(AWAY) == "away"
    day.send(day.arrival(AWAY, 7.9), day.specimen(AWAY, 7.95))
    assert day.outcome(AWAY) == "done"
    assert close_at(day.actor, day.round.pk, 13).report["outstanding"] == 0


def test_an_arrival_that_is_uploaded_late_counts_when_it_was(day: Day):
    state_outcome(day.actor, day.round.pk, day.targets["王三"], "away", "本人电话", at(7))
    day.send(day.arrival("王三", 6))
    assert day.outcome("王三") == "away"
    day.send(day.arrival("王三", 7.5))
    assert day.outcome("王三") is None


def test_an_arrival_before_the_round_was_ordered_proves_nothing(day: Day):
    day.send(day.arrival(AWAY, -5))
    assert day.outcome(AWAY) == "away"


def test_who_waits_at_a_site_is_said_to_have_come(day: Day):
    day.send(day.arrival("李一", 7))
    assert day.target("李一").outcome_reason == "came_untested"
