"""A day as timed events."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class VisitOutcome(StrEnum):
    """What a sweep team finds out about one person at a door."""

    NOT_FOUND = "not_found"
    """Nobody opened; the team comes again."""
    REFUSED = "refused"
    """Final at the last visit, otherwise the team comes again."""
    CANNOT_COME = "cannot_come"
    """Found and untested: a home-sampling team comes. Also for those who could have come but did not."""
    TESTED_ELSEWHERE = "tested_elsewhere"
    AWAY = "away"
    """At the last visit neighbours or a phone call show that the person is away."""
    MOVED = "moved"
    DEAD = "dead"


class FinalOutcome(StrEnum):
    """How a target ends."""

    DONE = "done"
    TESTED_ELSEWHERE = "tested_elsewhere"
    AWAY = "away"
    REFUSED = "refused"
    MOVED = "moved"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Notice:
    """A building has been told of the round."""

    minute: float
    compound: str
    building: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A walk-in whom the ledger does not know; tested like everybody. ``person`` is ``newcomer-1``, ``-2`` ..."""

    minute: float
    person: str
    site: str
    has_identity_card: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person joins the queue of a site; newcomers have one too, at the minute of their `Newcomer` event."""

    minute: float
    person: str
    site: str


@dataclass(frozen=True, slots=True)
class Specimen:
    """A swab taken at a desk. ``minute`` is its end, ``start_minute`` when the person came to the desk."""

    minute: float
    start_minute: float
    arrival_minute: float
    person: str
    site: str
    desk: int

    @property
    def wait_minutes(self) -> float:
        """Start of service minus arrival [min]."""
        return self.start_minute - self.arrival_minute


@dataclass(frozen=True, slots=True)
class Visit:
    """A sweep team at a door, for the first, second ... time, and what it found out about each outstanding person."""

    minute: float
    team: int
    household: str
    door: str
    number: int
    outcomes: tuple[tuple[str, VisitOutcome], ...]


@dataclass(frozen=True, slots=True)
class HomeSampling:
    """A swab taken at home by a home-sampling team."""

    minute: float
    start_minute: float
    team: int
    household: str
    door: str
    person: str


Event = Notice | Newcomer | Arrival | Specimen | Visit | HomeSampling

SAME_MINUTE_ORDER: tuple[type, ...] = (Notice, Newcomer, Arrival, Specimen, Visit, HomeSampling)


@dataclass(frozen=True, slots=True)
class Timeline:
    """When what happened, from the order [min].

    Attributes
    ----------
    first_call, mobilised
        First group called (or sites opened); last building told.
    first_specimen, last_specimen
        First start and last end at a site.
    sweep_began, swept
        First and last visit; None when no door had to be visited.
    closed
        Nobody outstanding and the round closed.
    """

    first_call: float
    mobilised: float
    first_specimen: float
    last_specimen: float
    sweep_began: float | None
    swept: float | None
    closed: float


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that happens on a day, by kind, each kind in the order of time.

    Attributes
    ----------
    seed
        What chance was dealt from.
    planned
        Whether people came by their call group.
    final
        Final outcome by person key: every target and every newcomer, each exactly once.
    desk_hours
        Desks times the hours from opening to closing, or to the last specimen if later [h].
    """

    seed: int
    planned: bool
    notices: tuple[Notice, ...]
    newcomers: tuple[Newcomer, ...]
    arrivals: tuple[Arrival, ...]
    specimens: tuple[Specimen, ...]
    visits: tuple[Visit, ...]
    home_samplings: tuple[HomeSampling, ...]
    final: Mapping[str, FinalOutcome]
    desk_hours: float
    timeline: Timeline

    def __post_init__(self) -> None:
        object.__setattr__(self, "final", dict(self.final))

    def events(self) -> tuple[Event, ...]:
        """Give all events in the order of time; at the same minute causes come before effects."""
        every: list[Event] = [
            *self.notices,
            *self.newcomers,
            *self.arrivals,
            *self.specimens,
            *self.visits,
            *self.home_samplings,
        ]
        return tuple(sorted(every, key=lambda event: (event.minute, SAME_MINUTE_ORDER.index(type(event)))))
