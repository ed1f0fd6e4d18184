"""What the planner of a testing round reads and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli_engine.checks import require_not_negative, require_positive
from linli_engine.geo import Point
from linli_engine.queueing import Forecast, WaitAssumptions
from linli_engine.siting import SitingWeights
from linli_engine.staffing import DeskPlan, DeskTargets
from linli_engine.timetable import GROUP_LIMIT, Callee, CallGroup


@dataclass(frozen=True, slots=True)
class HouseholdToPlan:
    """A household with those of its members who are expected at a site.

    Parameters
    ----------
    key
        Unique name.
    compound, building, unit
        Where it lives; building names are unique within a compound, unit names within a building.
    members
        Who is expected, the away left out; at least one.
    point
        Where the building stands, if known.

    Raises
    ------
    ValueError
        When there are no members.
    """

    key: str
    compound: str
    building: str
    unit: str
    members: tuple[Callee, ...]
    point: Point | None = None

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError(f"Household {self.key!r} has nobody to call: leave it out.")


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where a site can be opened.

    Parameters
    ----------
    key
        Unique name.
    point
        Where it is, if known.
    capacity
        Most persons it can take in the round, if limited; at least 1.

    Raises
    ------
    ValueError
        When ``capacity`` is less than 1.
    """

    key: str
    point: Point | None = None
    capacity: int | None = None

    def __post_init__(self) -> None:
        if self.capacity is not None and self.capacity < 1:
            raise ValueError(f"capacity of venue {self.key!r} must be at least 1 person, not {self.capacity}.")


@dataclass(frozen=True, slots=True)
class PlanParameters:
    """What a plan keeps to.

    Parameters
    ----------
    desks
        Rate, utilisation, window and number of desks.
    persons_per_site
        Persons one site serves; 2,000 to 3,000 by the 3rd edition of the guide.
    group_limit
        Most persons in a call group (R96).
    room
        Share by which a site may take more than its desks' part of all persons, so that compounds can stay together.
        Zero or more. Assumption: 0.04.
    siting
        What splits, balance and walking cost.
    waits
        What the forecast supposes; its service rate is replaced by that of ``desks``.
    """

    desks: DeskTargets = field(default_factory=DeskTargets)
    persons_per_site: int = 2500
    group_limit: int = GROUP_LIMIT
    room: float = 0.04
    siting: SitingWeights = field(default_factory=SitingWeights)
    waits: WaitAssumptions = field(default_factory=WaitAssumptions)

    def __post_init__(self) -> None:
        require_positive("persons_per_site", self.persons_per_site)
        require_positive("group_limit", self.group_limit)
        require_not_negative("room", self.room)


@dataclass(frozen=True, slots=True)
class Microplan:
    """A planned testing round.

    Attributes
    ----------
    desks
        Sites that open, with desks and hours.
    groups
        Call groups, by site and number.
    site_of
        Site key by household key.
    split_compounds
        Compounds that use more than one site.
    forecast
        Waits and finish to expect.
    """

    desks: DeskPlan
    groups: tuple[CallGroup, ...]
    site_of: Mapping[str, str]
    split_compounds: tuple[str, ...]
    forecast: Forecast

    def __post_init__(self) -> None:
        object.__setattr__(self, "site_of", dict(self.site_of))
