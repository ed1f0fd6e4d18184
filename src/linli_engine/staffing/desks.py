"""The fewest desks that finish in time, and their opening hours."""

import math
from collections.abc import Mapping

from linli_engine.staffing.items import DeskPlan, DeskTargets, SiteDesks


def desks_needed(persons: int, *, targets: DeskTargets, utilisation: float | None = None) -> int:
    """Give the fewest desks that sample ``persons`` within the window, all at one site.

    Parameters
    ----------
    persons
        Persons expected, zero or more.
    targets
        Rate, window and tail.
    utilisation
        Planned share of busy time; ``targets.target_utilisation`` when None.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        When ``persons`` is negative or the window is no longer than the tail.
    """
    if persons < 0:
        raise ValueError(f"persons must be zero or more, not {persons}.")
    share = targets.target_utilisation if utilisation is None else utilisation
    return max(1, math.ceil(persons / (targets.rate_per_hour * share * _calling_window(targets)) - 1e-9))


def size_desks(persons_by_site: Mapping[str, int], *, targets: DeskTargets | None = None) -> DeskPlan:
    """Give each site its desks and opening hours.

    As few desks as finish within the window at the target utilisation: few desks working long leave fewer medics idle
    than many working briefly, and the desk-hours are the same. Where ``max_desks`` are too few for that, utilisation
    rises as far as ``highest_utilisation``. Each further desk goes to the site with most persons per desk.

    Parameters
    ----------
    persons_by_site
        Persons expected by site key.
    targets
        What to keep; the defaults of `DeskTargets` when None.

    Returns
    -------
    DeskPlan
        Sites in the order given. ``desk_hours <= desk_hours_limit * persons / rate``; the tail is cut where it would
        break this.

    Raises
    ------
    ValueError
        When there is no site, a site expects nobody, there are more sites than desks, or even ``highest_utilisation``
        does not finish in the window; the text says how many desks would.

    Notes
    -----
    Requirements R105 to R108.
    """
    targets = targets or DeskTargets()
    _refuse_empty(persons_by_site, targets)
    window = _calling_window(targets)
    for desks in range(len(persons_by_site), targets.max_desks + 1):
        allotted = _allot(persons_by_site, desks)
        if _slowest_hours(persons_by_site, allotted, targets) <= window * targets.target_utilisation + 1e-9:
            break
    if _slowest_hours(persons_by_site, allotted, targets) > window * targets.highest_utilisation + 1e-9:
        raise ValueError(_too_few_desks(persons_by_site, targets))
    sites = tuple(_site(site, persons, allotted[site], targets) for site, persons in persons_by_site.items())
    return DeskPlan(sites, targets.rate_per_hour)


def _refuse_empty(persons_by_site: Mapping[str, int], targets: DeskTargets) -> None:
    if not persons_by_site:
        raise ValueError("There is no site to give desks to.")
    for site, persons in persons_by_site.items():
        if persons < 1:
            raise ValueError(f"Site {site!r} expects nobody: leave it out.")
    if len(persons_by_site) > targets.max_desks:
        raise ValueError(f"{len(persons_by_site)} sites need at least as many desks; there are {targets.max_desks}.")


def _calling_window(targets: DeskTargets) -> float:
    """Hours of the window during which groups can be called."""
    hours = targets.window_hours - targets.tail_minutes / 60
    if hours <= 0:
        raise ValueError("window_hours must be longer than tail_minutes.")
    return hours


def _allot(persons_by_site: Mapping[str, int], desks: int) -> dict[str, int]:
    """Give one desk each, then each further desk to the site with most persons per desk (the earlier one at a tie)."""
    allotted = dict.fromkeys(persons_by_site, 1)
    for _ in range(desks - len(allotted)):
        busiest = max(allotted, key=lambda site: persons_by_site[site] / allotted[site])
        allotted[busiest] += 1
    return allotted


def _slowest_hours(persons_by_site: Mapping[str, int], allotted: Mapping[str, int], targets: DeskTargets) -> float:
    """Busy hours of the site that takes longest [h]."""
    return max(persons_by_site[site] / (desks * targets.rate_per_hour) for site, desks in allotted.items())


def _site(site: str, persons: int, desks: int, targets: DeskTargets) -> SiteDesks:
    """Give a site its hours; busier than the target only where it would not finish in the window otherwise."""
    busy_hours = persons / (desks * targets.rate_per_hour)
    calling_hours = min(busy_hours / targets.target_utilisation, _calling_window(targets))
    utilisation = busy_hours / calling_hours
    with_tail = calling_hours + targets.tail_minutes / 60
    open_hours = max(calling_hours, min(with_tail, busy_hours * targets.desk_hours_limit))
    return SiteDesks(site, persons, desks, calling_hours, open_hours, utilisation)


def _too_few_desks(persons_by_site: Mapping[str, int], targets: DeskTargets) -> str:
    persons = sum(persons_by_site.values())
    needed = max(targets.max_desks + 1, desks_needed(persons, targets=targets, utilisation=targets.highest_utilisation))
    return (
        f"{targets.max_desks} desks cannot sample {persons} persons within {targets.window_hours:g} hours: "
        f"about {needed} desks are needed."
    )
