"""The arithmetic of a round, whether it may close, and when it will probably be finished."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.rounds.models import Outcome

LEAVING = frozenset({Outcome.MOVED, Outcome.DEAD})
"""Outcomes that take a person out of the round's denominator."""

PACE = timedelta(hours=1)
"""The window whose pace a forecast goes by."""

FORECAST_FROM = 5
"""Fewer settled in the last hour say nothing about the next."""

Z_80 = 1.2816
"""Quantile of the normal distribution for a two-sided interval of 80 %."""


@dataclass(frozen=True)
class Account:
    """Who was to be reached and what became of them."""

    frozen: int
    newcomers: int
    leavers: int
    outcomes: Mapping[str, int]
    """Every outcome that does not leave, zeros included."""
    outstanding: int
    found: int
    """How many targets there are, whatever became of them."""

    @property
    def expected(self) -> int:
        """Targets at T0 + newcomers − leavers."""
        return self.frozen + self.newcomers - self.leavers

    @property
    def settled(self) -> int:
        """Those of them that have an outcome."""
        return sum(self.outcomes.values())

    @property
    def adds_up(self) -> bool:
        """Whether targets at T0 + newcomers − leavers = sum of outcomes + outstanding, and nobody came in or went unseen.

        False when the rows of the targets are not those that were counted as they were frozen and as they joined, or
        when the leavers are not those whose evidence says that they left.
        """
        is_whole = self.frozen + self.newcomers == self.found
        return is_whole and self.expected == self.settled + self.outstanding


@dataclass(frozen=True)
class Counted:
    """What a round has counted as it happened, or by evidence, apart from the rows of its targets."""

    frozen: int
    newcomers: int
    leavers: int


def account_of(counts: Mapping[tuple[str, str | None], int], counted: Counted | None = None) -> Account:
    """Return the account from counts of rows by (how they joined, outcome or None), and of records kept apart. Pure.

    Without such records, as for one compound of a round, the rows speak for themselves.
    """
    by_outcome = {str(outcome): 0 for outcome in Outcome}
    joined = {"frozen": 0, "newcomer": 0}
    outstanding = 0
    for (how, outcome), count in counts.items():
        joined[how] += count
        if outcome is None:
            outstanding += count
        else:
            by_outcome[outcome] += count
    left = sum(by_outcome.pop(str(outcome)) for outcome in LEAVING)
    known = counted or Counted(joined["frozen"], joined["newcomer"], left)
    return Account(known.frozen, known.newcomers, known.leavers, by_outcome, outstanding, sum(counts.values()))


def decide_closing(*, is_closed: bool, account: Account) -> str:
    """Return why a round may not close, or an empty text: `round_closed`, `outstanding`, `does_not_add_up`."""
    rows = (
        (is_closed, "round_closed"),
        (account.outstanding > 0, "outstanding"),
        (not account.adds_up, "does_not_add_up"),
    )
    return next((code for holds, code in rows if holds), "")


@dataclass(frozen=True)
class Forecast:
    """When the last target is settled at the pace of the last hour, with an interval of 80 %."""

    rate_per_hour: float
    finish: datetime
    earliest: datetime
    latest: datetime | None
    """None when the pace is too uncertain to say."""


def forecast_finish(outstanding: int, settled_in_window: int, window: timedelta, as_of: datetime) -> Forecast | None:
    """Project the pace of the last window onto what is left; None when too little happened to say anything.

    The count of a window is taken as Poisson; the interval of its rate is (√(n + 3/8) ± z/2)², the variance-stabilising
    transformation of F. J. Anscombe, Biometrika 35 (1948) 246, doi:10.1093/biomet/35.3-4.246.
    """
    if outstanding == 0 or settled_in_window < FORECAST_FROM:
        return None
    root = math.sqrt(settled_in_window + 3 / 8)
    fast, slow = (root + Z_80 / 2) ** 2, (root - Z_80 / 2) ** 2
    finish, earliest, latest = (as_of + window * (outstanding / count) for count in (settled_in_window, fast, slow))
    return Forecast(settled_in_window / (window / timedelta(hours=1)), finish, earliest, latest)
