"""Call groups: building by building, household by household, at the pace of the desks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from linli_engine.checks import require_unique
from linli_engine.timetable.items import Callee, CallGroup, HouseholdCall, SitePace

GROUP_LIMIT = 20
"""Most persons in a call group (R96)."""

Share = tuple[HouseholdCall, tuple[Callee, ...]]
"""A household and those of its members who are in one group."""


def make_call_groups(
    households: Sequence[HouseholdCall], paces: Mapping[str, SitePace], *, group_limit: int = GROUP_LIMIT
) -> tuple[CallGroup, ...]:
    """Make the call groups of all sites.

    At each site compounds follow one another, within them buildings, within them households, each in the order in
    which it first appears in ``households``. A group holds people of one building. A household is never split, with
    one exception: one of more than ``group_limit`` members makes groups of its own, the last of which may be smaller.
    A group that would exceed the limit is closed first, so the 21st person goes to the next group.

    The first group is called when the site opens; each next one when the site's desks, at the planned utilisation,
    have had time for the group before it. Small groups cost no time, because the gap follows the group's weight.

    Parameters
    ----------
    households
        Households to be called, in calling order.
    paces
        Desks, service time and utilisation by site key.
    group_limit
        Most persons in a group, at least 1.

    Returns
    -------
    tuple of CallGroup
        By site in order of first appearance, then by number.

    Raises
    ------
    ValueError
        When a household or person occurs twice, a site has no pace, or ``group_limit`` is less than 1.

    Notes
    -----
    Requirements R92, R95, R96. Calling at fixed gaps somewhat longer than the mean service time keeps waits short at
    little idle time.

    References
    ----------
    N. T. J. Bailey, "A study of queues and appointment systems in hospital out-patient departments", Journal of the
    Royal Statistical Society B 14 (1952), pp. 185-199.
    """
    _check(households, paces, group_limit)
    groups: list[CallGroup] = []
    for site in dict.fromkeys(household.site for household in households):
        there = [household for household in households if household.site == site]
        groups.extend(_site_groups(there, paces[site], group_limit))
    return tuple(groups)


def _check(households: Sequence[HouseholdCall], paces: Mapping[str, SitePace], group_limit: int) -> None:
    if group_limit < 1:
        raise ValueError(f"group_limit must be at least 1 person, not {group_limit}.")
    require_unique("household keys", (household.key for household in households))
    require_unique("person keys", (member.key for household in households for member in household.members))
    for household in households:
        if household.site not in paces:
            raise ValueError(f"Site {household.site!r} of household {household.key!r} has no desks.")


def _site_groups(households: Sequence[HouseholdCall], pace: SitePace, limit: int) -> Iterator[CallGroup]:
    start = 0.0
    number = 0
    for building in _buildings(households):
        for shares in _fill(building, limit):
            number += 1
            group = _group(shares, number, start, pace)
            start += group.minutes
            yield group


def _buildings(households: Sequence[HouseholdCall]) -> Iterable[list[HouseholdCall]]:
    """Give the households of each building; compounds, then buildings, in order of first appearance."""
    compounds: dict[str, dict[str, list[HouseholdCall]]] = {}
    for household in households:
        compounds.setdefault(household.compound, {}).setdefault(household.building, []).append(household)
    return (there for buildings in compounds.values() for there in buildings.values())


def _fill(households: Sequence[HouseholdCall], limit: int) -> Iterator[list[Share]]:
    """Fill groups one after another; each holds whole households or a part of one that is too large."""
    group: list[Share] = []
    count = 0
    for household in households:
        members = household.members
        if group and count + len(members) > limit:
            yield group
            group, count = [], 0
        if len(members) > limit:
            for first in range(0, len(members), limit):
                yield [(household, members[first : first + limit])]
            continue
        group.append((household, members))
        count += len(members)
    if group:
        yield group


def _group(shares: Sequence[Share], number: int, start: float, pace: SitePace) -> CallGroup:
    first = shares[0][0]
    people = [member for _, members in shares for member in members]
    return CallGroup(
        site=first.site,
        number=number,
        compound=first.compound,
        building=first.building,
        households=tuple(household.key for household, _ in shares),
        persons=tuple(member.key for member in people),
        start_minute=start,
        minutes=pace.minutes_for(sum(member.weight for member in people)),
    )
