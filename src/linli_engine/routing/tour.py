"""A short open walk through points."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from linli_engine.geo import Point, distances_m

Floats = npt.NDArray[np.float64]

SHORTEST_GAIN_M = 1e-6
"""An exchange that saves less [m] is not made, so that rounding cannot make the search go round in circles."""


def shortest_walk(points: Sequence[Point]) -> tuple[int, ...]:
    """Give the order of a short walk that starts at the first point, visits all, and need not return.

    Nearest neighbour, then 2-opt until no exchange of two legs shortens the walk.

    Parameters
    ----------
    points
        At least one. Meant for the buildings of a compound or the compounds of a community: up to a few hundred.

    Returns
    -------
    tuple of int
        Indices into ``points``; the first is 0. No pair of legs can be exchanged with profit; usually within some
        per cent of the shortest walk, not proven the shortest.

    Raises
    ------
    ValueError
        When there is no point.

    References
    ----------
    D. J. Rosenkrantz, R. E. Stearns, P. M. Lewis, "An analysis of several heuristics for the traveling salesman
    problem", SIAM Journal on Computing 6 (1977), doi:10.1137/0206041. G. A. Croes, "A method for solving
    traveling-salesman problems", Operations Research 6 (1958), doi:10.1287/opre.6.6.791.
    """
    if not points:
        raise ValueError("There is no point to walk to.")
    distance = distances_m(points, points)
    order = _nearest_neighbour(distance)
    while _exchange(order, distance):
        pass
    return tuple(order)


def _nearest_neighbour(distance: Floats) -> list[int]:
    order = [0]
    left = set(range(1, len(distance)))
    while left:
        order.append(min(left, key=lambda goal: (distance[order[-1], goal], goal)))
        left.remove(order[-1])
    return order


def _exchange(order: list[int], distance: Floats) -> bool:
    """Reverse the first stretch whose reversal shortens the walk; say whether there was one."""
    last = len(order) - 1
    for first in range(1, last):
        for end in range(first + 1, last + 1):
            before = distance[order[first - 1], order[first]]
            after = distance[order[first - 1], order[end]]
            if end < last:
                before += distance[order[end], order[end + 1]]
                after += distance[order[first], order[end + 1]]
            if after < before - SHORTEST_GAIN_M:
                order[first : end + 1] = order[first : end + 1][::-1]
                return True
    return False
