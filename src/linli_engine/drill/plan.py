"""The plan of a day as a drill plays it."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli_engine.checks import require_not_negative, require_unique
from linli_engine.microplan import Microplan
from linli_engine.timetable import CallGroup


@dataclass(frozen=True, slots=True)
class SiteDay:
    """A site's day.

    Parameters
    ----------
    site
        Site key.
    desks
        Open desks, at least 1.
    opens_minute, closes_minute
        From the order [min]. Who arrives by the closing is still served; who arrives later is sent home.

    Raises
    ------
    ValueError
        When there is no desk or the site closes before it opens.
    """

    site: str
    desks: int
    opens_minute: float
    closes_minute: float

    def __post_init__(self) -> None:
        require_not_negative("opens_minute", self.opens_minute)
        if self.desks < 1:
            raise ValueError(f"Site {self.site!r} needs at least one desk, not {self.desks}.")
        if self.closes_minute <= self.opens_minute:
            raise ValueError(f"Site {self.site!r} must close after it opens.")


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Sites, their call groups, and which household goes where.

    Parameters
    ----------
    sites
        At least one.
    groups
        Call groups; their start minutes count from the opening of their site.
    site_of
        Site key by household key, for every household that has somebody to test.

    Raises
    ------
    ValueError
        When there is no site, a site occurs twice, or a group or household belongs to a site that is not there.
    """

    sites: tuple[SiteDay, ...]
    groups: tuple[CallGroup, ...]
    site_of: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "site_of", dict(self.site_of))
        if not self.sites:
            raise ValueError("A day needs at least one site.")
        require_unique("sites of a day", (site.site for site in self.sites))
        known = {site.site for site in self.sites}
        for used in {group.site for group in self.groups} | set(self.site_of.values()):
            if used not in known:
                raise ValueError(f"Site {used!r} is not one of the day's sites.")

    def at(self, site: str) -> SiteDay:
        """Give one site's day; ``KeyError`` when the plan does not have it."""
        for day in self.sites:
            if day.site == site:
                return day
        raise KeyError(site)


def plan_day(microplan: Microplan, *, opens_minute: float = 65.0) -> DayPlan:
    """Put a microplan on the clock of a day.

    Parameters
    ----------
    microplan
        Planned sites and call groups.
    opens_minute
        When all sites open and call their first group, from the order [min]. Assumption: 65; buildings that are
        called first are told first, so sampling begins while the last are still being told (all within 120 minutes,
        R6).

    Returns
    -------
    DayPlan
        Sites close when their open hours are over.
    """
    sites = tuple(
        SiteDay(site.site, site.desks, opens_minute, opens_minute + site.open_hours * 60)
        for site in microplan.desks.sites
    )
    return DayPlan(sites, microplan.groups, microplan.site_of)
