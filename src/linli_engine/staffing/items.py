"""What desk sizing reads and what it answers."""

from dataclasses import dataclass

from linli_engine.checks import require_not_negative, require_positive, require_unique


@dataclass(frozen=True, slots=True)
class DeskTargets:
    """What a good desk plan has to keep.

    Parameters
    ----------
    rate_per_hour
        Persons one desk samples in an hour when it never waits. 130: Xi'an, 2 January 2022.
    target_utilisation
        Share of a desk's calling time that people fill, 0.65 to ``highest_utilisation``. Assumption: 0.88, between
        queues that grow (0.95) and desks that stand idle; a few in a hundred do not come, so that about 0.8 is used.
    highest_utilisation
        To what the share may rise when ``max_desks`` are too few, below 1.
    window_hours
        Hours between opening and closing within which all sites must be done.
    max_desks
        Desks there are staff for (1 medic, 2 seconded cadres and 4 community workers each; R108).
    tail_minutes
        How long a site stays open after its last call, for those who come late.
    desk_hours_limit
        Most desk-hours, as a multiple of the least possible ``targets / rate_per_hour``.

    Raises
    ------
    ValueError
        When a value is outside its range.

    References
    ----------
    Rate: Xi'an city notice of 2 January 2022, 130 persons per desk per hour.
    """

    rate_per_hour: float = 130.0
    target_utilisation: float = 0.88
    highest_utilisation: float = 0.92
    window_hours: float = 6.75
    max_desks: int = 8
    tail_minutes: float = 20.0
    desk_hours_limit: float = 1.45

    def __post_init__(self) -> None:
        require_positive("rate_per_hour", self.rate_per_hour)
        require_positive("window_hours", self.window_hours)
        require_not_negative("tail_minutes", self.tail_minutes)
        if not 0.65 <= self.target_utilisation <= self.highest_utilisation < 1:
            raise ValueError(
                "target_utilisation must be at least 0.65 and at most highest_utilisation, which must be below 1; "
                f"not {self.target_utilisation} and {self.highest_utilisation}."
            )
        if self.max_desks < 1:
            raise ValueError(f"max_desks must be at least 1, not {self.max_desks}.")
        if self.desk_hours_limit * self.target_utilisation < 1:
            raise ValueError("desk_hours_limit must be at least 1 / target_utilisation.")


@dataclass(frozen=True, slots=True)
class SiteDesks:
    """The desks of one site.

    Attributes
    ----------
    site
        Site key.
    persons
        Persons expected there.
    desks
        Desks open from start to end.
    calling_hours
        Hours during which groups are called.
    open_hours
        ``calling_hours`` plus the tail for late comers.
    utilisation
        Share of the calling hours that the desks are busy when everybody comes, 0 to 1; the spacing of the call
        groups follows from it.
    """

    site: str
    persons: int
    desks: int
    calling_hours: float
    open_hours: float
    utilisation: float

    def __post_init__(self) -> None:
        if self.desks < 1:
            raise ValueError(f"Site {self.site!r} needs at least one desk, not {self.desks}.")
        require_positive(f"persons of site {self.site!r}", self.persons)
        require_positive("calling_hours", self.calling_hours)
        if self.open_hours < self.calling_hours:
            raise ValueError("open_hours must not be less than calling_hours.")
        if not 0 < self.utilisation < 1:
            raise ValueError(f"utilisation must be between 0 and 1, not {self.utilisation}.")

    @property
    def desk_hours(self) -> float:
        """Desks times open hours [h]."""
        return self.desks * self.open_hours


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """Desks of all sites."""

    sites: tuple[SiteDesks, ...]
    rate_per_hour: float

    def __post_init__(self) -> None:
        require_unique("sites of a desk plan", (site.site for site in self.sites))
        require_positive("rate_per_hour", self.rate_per_hour)

    @property
    def desks(self) -> int:
        """All desks."""
        return sum(site.desks for site in self.sites)

    @property
    def desk_hours(self) -> float:
        """Desks times open hours over all sites [h]."""
        return sum(site.desk_hours for site in self.sites)

    @property
    def utilisation(self) -> float:
        """Share of the desk-hours, tail included, that are busy when everybody comes, 0 to 1."""
        return sum(site.persons for site in self.sites) / self.rate_per_hour / self.desk_hours

    def at(self, site: str) -> SiteDesks:
        """Give the desks of one site; ``KeyError`` when the plan does not have it."""
        for desks in self.sites:
            if desks.site == site:
                return desks
        raise KeyError(site)
