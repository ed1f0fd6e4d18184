"""What callers hand to the services of a round: plain data, no tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.core.ids import uuid7


@dataclass(frozen=True)
class ScopeAsked:
    """The places that a round is limited to, all of them together; none: the whole community."""

    compounds: tuple[UUID, ...] = ()
    buildings: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether the round is for a part of the community only."""
        return bool(self.compounds or self.buildings or self.units)

    @property
    def places(self) -> frozenset[UUID]:
        """Every place of it: two scopes are the same when these are."""
        return frozenset((*self.compounds, *self.buildings, *self.units))

    def covers(self, compound: UUID, building: UUID, unit: UUID | None) -> bool:
        """Tell whether a unit of a building of a compound lies in it."""
        return not self.is_limited or bool(self.places & {compound, building, unit})


@dataclass(frozen=True)
class NewRound:
    """A round to be opened. `id` makes opening it twice open it once."""

    name: str
    deadline: datetime
    t0: datetime | None = None
    """When the targets are frozen; by default now."""
    ordered_at: datetime | None = None
    """When the order came; by default T0."""
    rule_pack: UUID | None = None
    """By default the pack in force on the day of T0."""
    compounds: tuple[UUID, ...] = ()
    """Empty, and no building and no unit either: the whole community."""
    buildings: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()
    kind: str = "test"
    is_drill: bool = False
    another: bool = False
    """Open it beside a live round of the same kind and scope, which is refused otherwise."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid7)

    @property
    def scope(self) -> ScopeAsked:
        """The places it is limited to."""
        return ScopeAsked(self.compounds, self.buildings, self.units)


@dataclass(frozen=True)
class SiteAsked:
    """A site to be laid out."""

    name: str
    desks: int
    opens_at: datetime
    closes_at: datetime
    venue: UUID | None = None
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True)
class CallGroupAsked:
    """People to be called to a site together."""

    site: UUID
    starts_at: datetime
    targets: tuple[UUID, ...]
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True)
class TeamAsked:
    """A sweep team and the doors it knocks on, in walking order."""

    number: int
    name: str
    doors: tuple[UUID, ...]
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is not among the targets: a walk-in, a visitor, a new tenant. `id` becomes the target's."""

    name: str
    reason: str
    """A key of `rounds.reasons.JOINED`, or the clerk's own words."""
    at: datetime | None = None
    sex: str = ""
    birth: date | None = None
    id_kind: str = "resident_id"
    id_number: str = ""
    phone: str = ""
    dwelling: UUID | None = None
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True)
class ArrivalFact:
    """A target joined the queue of a site."""

    id: UUID
    at: datetime
    target: UUID
    site: UUID
    at_desk: bool = False
    """Entered together with the specimen: it measures no wait."""


@dataclass(frozen=True)
class SpecimenFact:
    """A specimen was taken from `at` to `finished_at`; at home when `site` is None."""

    id: UUID
    at: datetime
    finished_at: datetime
    target: UUID
    site: UUID | None = None
    desk: int | None = None


@dataclass(frozen=True)
class VisitFact:
    """A team knocked at a door: for one target, or for a door nobody is registered behind."""

    id: UUID
    at: datetime
    dwelling: UUID
    result: str
    """A value of `Visit.Result`."""
    target: UUID | None = None
    team: UUID | None = None
    note: str = ""


AnyFact = ArrivalFact | SpecimenFact | VisitFact


@dataclass(frozen=True)
class PersonAtDesk:
    """Somebody who stands at a desk, with the ids that the browser made for what is stored of them."""

    target: UUID
    specimen: UUID
    arrival: UUID


@dataclass(frozen=True)
class AtDesk:
    """Who of a household was sampled at a desk, between the moments its page was opened and its button pressed."""

    site: UUID
    desk: int
    opened: datetime
    pressed: datetime
    people: tuple[PersonAtDesk, ...]


@dataclass(frozen=True)
class PersonAtDoor:
    """Somebody whom a team asked for at a door, with the ids of what is stored of it."""

    target: UUID
    visit: UUID
    specimen: UUID
    """Stored only where a specimen was taken."""


@dataclass(frozen=True)
class AtDoor:
    """What a team found at a door: one result for those of the household whom it holds for."""

    dwelling: UUID
    result: str
    """A value of `Visit.Result`."""
    at: datetime
    people: tuple[PersonAtDoor, ...]
    """Empty where nobody is registered behind the door."""
    team: UUID | None = None
    note: str = ""
    nobody: UUID = field(default_factory=uuid7)
    """The id of the visit where it is about no person."""


@dataclass(frozen=True)
class Receipt:
    """What became of one uploaded fact.

    `answer` is stored, duplicate or refused; `code` says why, see `rounds.reasons`.
    """

    id: UUID
    answer: str
    code: str = ""
