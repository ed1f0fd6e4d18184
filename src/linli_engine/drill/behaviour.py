"""How people and teams behave: every number a drill rests on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from linli_engine.checks import require_not_negative, require_positive, require_probability
from linli_engine.queueing import Punctuality, ServiceTime

CANNOT_COME: Mapping[str, float] = {
    "长期卧床": 1.0,
    "行动不便": 1.0,
    "肢体残疾": 0.3,
    "透析": 0.2,
    "肿瘤化疗": 0.2,
    "视力残疾": 0.1,
    "独居老人": 0.05,
    "孕妇": 0.02,
    "听力残疾": 0.0,
}
"""Probability that somebody with this care need cannot come to a site. Assumptions; the field reports only that a
community of about 5,000 found four disabled residents untested behind their doors (R124)."""

PROBABILITIES = (
    "other_need_cannot_come",
    "household_stays_away",
    "person_stays_away",
    "refuses",
    "persuaded",
    "tested_elsewhere",
    "household_moved",
    "dead",
    "newcomers_per_target",
    "newcomer_has_identity_card",
    "not_at_home",
    "rush_share",
)
DURATIONS = (
    "told_from_minute",
    "told_by_minute",
    "rush_minutes",
    "sweep_lag_minutes",
    "revisit_minutes",
    "approach_minutes",
    "home_request_minutes",
    "home_travel_minutes",
    "home_setup_minutes",
    "home_person_minutes",
    "closing_minutes",
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How residents and teams behave on a testing day. Without another source a default is an assumption.

    Parameters
    ----------
    service
        Time at the desk; 130 persons an hour (Xi'an, 2 January 2022).
    punctuality
        Lateness of called households.
    cannot_come
        Probability that a person cannot come, by care need; the largest of a person's needs counts.
    other_need_cannot_come
        The same for needs not in ``cannot_come``.
    household_stays_away, person_stays_away
        Probability that a called household, or one called person, does not come at all though able to. 0.015 and
        0.01.
    refuses, persuaded
        Probability that a person refuses at first (0.002), and that a visit changes a refuser's mind (0.5).
    tested_elsewhere
        Probability that a person has been tested at work or in a hospital (0.006).
    household_moved, dead
        Probability that the ledger is out of date: household moved out (0.003), person died (0.0003).
    newcomers_per_target
        Walk-ins whom the ledger does not know, per target (0.004).
    newcomer_has_identity_card
        Share of them with an identity card (0.7).
    told_from_minute, told_by_minute
        Building heads tell the first building from and the last by these minutes after the order (15 and 115; the
        field needed two hours, R6).
    rush_share, rush_minutes
        Without a plan: share of households that come in the first minutes after the opening (0.67 in 90), the others
        whenever they like. Set so that people wait about an hour, as on the field's first day (R105).
    sweep_lag_minutes
        From the end of a compound's last call group to its sweep (15).
    max_visits
        Visits after which nobody is looked for any more: neighbours or a phone call then show that a person is away
        (3).
    revisit_minutes
        From a visit without success to the next (25).
    not_at_home
        Probability that nobody opens, at each visit (0.2).
    approach_minutes
        A team's way to another compound or a single door (4).
    home_request_minutes
        From the request at the door to the call to a home-sampling team (3).
    home_travel_minutes, home_setup_minutes, home_person_minutes
        A home-sampling team's way, dressing, and time per person (5, 2, 1.5).
    closing_minutes
        From the last fact to the closed round (3).

    Raises
    ------
    ValueError
        When a probability is not from 0 to 1, a duration is negative, or ``max_visits`` is less than 1.
    """

    service: ServiceTime = field(default_factory=ServiceTime)
    punctuality: Punctuality = field(default_factory=Punctuality)
    cannot_come: Mapping[str, float] = field(default_factory=lambda: CANNOT_COME)
    other_need_cannot_come: float = 0.02
    household_stays_away: float = 0.015
    person_stays_away: float = 0.01
    refuses: float = 0.002
    persuaded: float = 0.5
    tested_elsewhere: float = 0.006
    household_moved: float = 0.003
    dead: float = 0.0003
    newcomers_per_target: float = 0.004
    newcomer_has_identity_card: float = 0.7
    told_from_minute: float = 15.0
    told_by_minute: float = 115.0
    rush_share: float = 0.67
    rush_minutes: float = 90.0
    sweep_lag_minutes: float = 15.0
    max_visits: int = 3
    revisit_minutes: float = 25.0
    not_at_home: float = 0.2
    approach_minutes: float = 4.0
    home_request_minutes: float = 3.0
    home_travel_minutes: float = 5.0
    home_setup_minutes: float = 2.0
    home_person_minutes: float = 1.5
    closing_minutes: float = 3.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "cannot_come", dict(self.cannot_come))
        for name in PROBABILITIES:
            require_probability(name, getattr(self, name))
        for need, probability in self.cannot_come.items():
            require_probability(f"cannot_come for {need!r}", probability)
        for name in DURATIONS:
            require_not_negative(name, getattr(self, name))
        if self.told_from_minute > self.told_by_minute:
            raise ValueError("told_from_minute must not be after told_by_minute.")
        if self.max_visits < 1:
            raise ValueError(f"max_visits must be at least 1, not {self.max_visits}.")

    def cannot_come_probability(self, care_needs: tuple[str, ...]) -> float:
        """Give the probability that a person with these needs cannot come to a site, 0 without needs."""
        return max((self.cannot_come.get(need, self.other_need_cannot_come) for need in care_needs), default=0.0)


@dataclass(frozen=True, slots=True)
class Teams:
    """Teams that go from door to door.

    Parameters
    ----------
    sweep
        Sweep teams, at least 1. The field had 17 of three or four people (R119).
    home_sampling
        Home-sampling teams with a medic each, at least 1. Assumption: 6.
    doors_per_team
        Doors from which it is worth sending one more team to a compound, at least 1. Assumption: 4.
    """

    sweep: int = 17
    home_sampling: int = 6
    doors_per_team: int = 4

    def __post_init__(self) -> None:
        require_positive("sweep teams", self.sweep)
        require_positive("home_sampling teams", self.home_sampling)
        require_positive("doors_per_team", self.doors_per_team)

    @classmethod
    def for_dwellings(cls, dwellings: int) -> Self:
        """Give as many teams as the field had for its 2,219 dwellings: 17 sweep teams (R119, R121), 6 for sampling."""
        return cls(sweep=max(1, math.ceil(dwellings / 131)), home_sampling=max(1, math.ceil(dwellings / 370)))
