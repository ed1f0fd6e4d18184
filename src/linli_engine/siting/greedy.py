"""A siting answer by rule of thumb, for when the exact one is not to be had."""

import numpy as np

from linli_engine.siting.problem import Ints, Problem


def solve_greedily(problem: Problem) -> Ints | None:
    """Give the site index of each building, or None when the rule of thumb finds no room for one.

    Notes
    -----
    Largest first: compounds by falling population, each whole to the site where it costs least (walked metres, then
    fill); a compound that fits nowhere is placed building by building, largest first. Ties go to the earlier site.
    """
    chosen = np.full(len(problem.persons), -1, dtype=np.int64)
    room = problem.capacity.astype(np.int64).copy()
    sizes = np.bincount(problem.compound, weights=problem.persons, minlength=len(problem.compounds))
    for compound in np.argsort(-sizes, kind="stable"):
        members = np.flatnonzero(problem.compound == compound)
        if not _place(problem, members, chosen, room):
            for building in members[np.argsort(-problem.persons[members], kind="stable")]:
                if not _place(problem, np.array([building]), chosen, room):
                    return None
    return chosen


def _place(problem: Problem, members: Ints, chosen: Ints, room: Ints) -> bool:
    persons = int(problem.persons[members].sum())
    walked = problem.persons[members] @ problem.distance_m[members]
    fill = (problem.capacity - room + persons) / problem.capacity
    cost = walked + problem.weights.balance_m * persons * fill
    cost[room < persons] = np.inf
    site = int(cost.argmin())
    if not np.isfinite(cost[site]):
        return False
    chosen[members] = site
    room[site] -= persons
    return True
