"""One walk cut into routes of even length."""

from collections.abc import Iterable, Sequence

from linli_engine.checks import require_not_negative, require_unique
from linli_engine.routing.items import Door, Route
from linli_engine.routing.order import order_doors

ROUNDING = 1e-9
"""Share by which sums of minutes may differ for no other reason than the order of adding."""


def split_doors(doors: Iterable[Door], teams: int, *, slack: float = 0.1) -> tuple[Route, ...]:
    """Share doors out to teams: each a stretch of one walk, the longest as short as can be within ``slack``.

    Parameters
    ----------
    doors
        In any order; `order_doors` puts them into walking order.
    teams
        At least 1.
    slack
        By what share the longest route may exceed the shortest possible longest one, so that a team need not share a
        compound, building or unit with another; zero or more.

    Returns
    -------
    tuple of Route
        One a team, in walking order, contiguous; every door in exactly one. Routes are empty only when there are
        fewer doors than teams.

    Raises
    ------
    ValueError
        When ``teams`` is less than 1, ``slack`` is negative, or a door occurs twice.

    Notes
    -----
    Requirements R119 to R121. The least possible longest route comes from the linear partition problem; then each
    team's end is set, among those that leave a feasible rest, where the walk changes compound, else building, else
    unit, else nearest to a fair share.
    """
    if teams < 1:
        raise ValueError(f"teams must be at least 1, not {teams}.")
    require_not_negative("slack", slack)
    walk = order_doors(doors)
    require_unique("doors", (door.key for door in walk))
    minutes = [door.minutes for door in walk]
    limit = _least_longest(minutes, teams) * (1 + slack) * (1 + ROUNDING)
    parts = _parts_from(minutes, limit)
    routes, first = [], 0
    for team in range(teams):
        end = _best_end(walk, first, teams - team, limit, parts)
        routes.append(Route(team, walk[first:end]))
        first = end
    return tuple(routes)


def _least_longest(minutes: Sequence[float], parts: int) -> float:
    """Give the smallest possible longest part when cutting a sequence into at most ``parts`` contiguous parts."""
    if not minutes:
        return 0.0
    low, high = max(*minutes, sum(minutes) / parts), sum(minutes)
    for _ in range(60):
        middle = (low + high) / 2
        if _parts_from(minutes, middle)[0] <= parts:
            high = middle
        else:
            low = middle
    return high


def _parts_from(minutes: Sequence[float], limit: float) -> list[int]:
    """Give, for each position, the fewest contiguous parts within ``limit`` from there on; no item exceeds it."""
    parts = [0] * (len(minutes) + 1)
    end, filled = len(minutes), 0.0
    for first in range(len(minutes) - 1, -1, -1):
        filled += minutes[first]
        while filled > limit and end > first + 1:
            end -= 1
            filled -= minutes[end]
        parts[first] = 1 + parts[end]
    return parts


def _best_end(walk: Sequence[Door], first: int, teams: int, limit: float, parts: Sequence[int]) -> int:
    """Give where the next route ends, such that the remaining teams can still keep the limit and each has a door."""
    left = len(walk) - first
    if left <= 0:
        return first
    if teams == 1:
        return len(walk)
    fair = sum(door.minutes for door in walk[first:]) / teams
    best, best_rank = first + 1, (9, float("inf"))
    length = 0.0
    for end in range(first + 1, max(first + 1, len(walk) - teams + 1) + 1):
        length += walk[end - 1].minutes
        if end > first + 1 and length > limit:
            break
        if parts[end] > teams - 1:
            continue
        rank = (_break(walk, end) if length >= fair * 0.8 else 4, abs(length - fair))
        if rank < best_rank:
            best, best_rank = end, rank
    return best


def _break(walk: Sequence[Door], end: int) -> int:
    """Rank the border before ``walk[end]``: 0 compound, 1 building, 2 unit, 3 none."""
    if end >= len(walk):
        return 0
    here, there = walk[end - 1], walk[end]
    if here.compound != there.compound:
        return 0
    if here.building != there.building:
        return 1
    return 2 if here.unit != there.unit else 3
