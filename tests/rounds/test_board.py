from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.rounds.selectors import board, outstanding_targets, people_behind, round_version, rounds_of
from tests.conftest import BALICHA
from tests.rounds.conftest import Day, at


def test_board_counts_done_of_total_by_compound_and_building(day: Day, coordinator: Actor):
    day.finish("李一", "孙六")
    shown = board(coordinator, day.round.pk)
    assert (shown.total, shown.settled, shown.account.outstanding) == (8, 4, 4)
    counts = {(compound.name, building.name): (building.settled, building.total) for compound in shown.compounds for building in compound.buildings}
    assert counts == {("明珠", "1"): (1, 3), ("明珠", "2"): (1, 2), ("金域", "1"): (2, 3)}
    print(shown)
    print(rounds_of(coordinator, BALICHA))
    print(outstanding_targets(coordinator, day.round.pk))
    print(round_version(coordinator, day.round.pk))
