"""What the timetable reads and what it answers."""

from dataclasses import dataclass

from linli_engine.checks import require_positive, require_unique


@dataclass(frozen=True, slots=True)
class Callee:
    """A person to be called.

    Parameters
    ----------
    key
        Unique name.
    weight
        Time at the desk as a multiple of the usual; 2 for somebody who needs twice as long. Positive.
    """

    key: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        require_positive(f"weight of person {self.key!r}", self.weight)


@dataclass(frozen=True, slots=True)
class HouseholdCall:
    """A household to be called, with those of its members who are to come.

    Parameters
    ----------
    key
        Unique name.
    site, compound, building
        Where it goes and where it lives.
    members
        At least one.
    """

    key: str
    site: str
    compound: str
    building: str
    members: tuple[Callee, ...]

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError(f"Household {self.key!r} has nobody to call: leave it out.")


@dataclass(frozen=True, slots=True)
class SitePace:
    """How fast one site works.

    Parameters
    ----------
    desks
        Open desks, at least 1.
    service_minutes
        Mean time one person of weight 1 takes at a desk, measured or ``60 / rate_per_hour`` [min].
    utilisation
        Share of the desks' time that calls are to fill, between 0 and 1.
    """

    desks: int
    service_minutes: float
    utilisation: float

    def __post_init__(self) -> None:
        if self.desks < 1:
            raise ValueError(f"desks must be at least 1, not {self.desks}.")
        require_positive("service_minutes", self.service_minutes)
        if not 0 < self.utilisation < 1:
            raise ValueError(f"utilisation must be between 0 and 1, not {self.utilisation}.")

    def minutes_for(self, weight: float) -> float:
        """Give the time to leave before the next call after people of this total weight [min]."""
        return weight * self.service_minutes / (self.desks * self.utilisation)


@dataclass(frozen=True, slots=True)
class CallGroup:
    """People of one building who are called to one site together.

    Attributes
    ----------
    site
        Site key.
    number
        1, 2, 3 ... at this site, in calling order.
    compound, building
        Where all its people live.
    households
        Keys of its households, in door order.
    persons
        Keys of its persons, household by household.
    start_minute
        When it is called, from the opening of the site [min].
    minutes
        Time until the site's next group [min].
    """

    site: str
    number: int
    compound: str
    building: str
    households: tuple[str, ...]
    persons: tuple[str, ...]
    start_minute: float
    minutes: float

    def __post_init__(self) -> None:
        if not self.persons:
            raise ValueError(f"Call group {self.number} of site {self.site!r} calls nobody.")
        require_unique("persons of a call group", self.persons)
