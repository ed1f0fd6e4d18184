"""The siting problem as an integer programme, solved by HiGHS."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

from linli_engine.siting.problem import Floats, Ints, Problem

RELATIVE_GAP = 0.01
"""How far from the best possible cost, as a share of it, an answer may be."""

NODE_BUDGET = 15_000
"""Search nodes times choices before the best answer so far is taken; a limit in time would make answers depend on the
machine."""


def solve_exactly(problem: Problem) -> Ints | None:
    """Give the site index of each building, or None when no answer was found within the node budget.

    Notes
    -----
    The generalised assignment problem (Ross and Soland 1975) with two more kinds of variables. Of B buildings, S
    sites and C compounds: ``x[b, s]`` in {0, 1} says that building b goes to site s; ``y[c, s]`` in [0, 1] that
    compound c uses site s (integral by itself, as it is pressed down on the largest x); ``z >= 0`` is the fill of the
    fullest site above the tolerated one. Minimise walked person-metres + split cost * y + balance cost * z.

    References
    ----------
    G. T. Ross, R. M. Soland, "A branch and bound algorithm for the generalized assignment problem", Mathematical
    Programming 8 (1975), doi:10.1007/BF01580430. Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex
    method", Mathematical Programming Computation 10 (2018), doi:10.1007/s12532-017-0130-5 (HiGHS).
    """
    buildings, sites = problem.distance_m.shape
    choices, uses = buildings * sites, len(problem.compounds) * sites
    answer = milp(
        _objective(problem),
        integrality=np.concatenate([np.ones(choices), np.zeros(uses + 1)]),
        bounds=Bounds(0, np.concatenate([np.ones(choices + uses), [np.inf]])),
        constraints=[
            _each_building_once(problem),
            _sites_hold(problem),
            _compound_uses_site(problem),
            _fill_above_tolerance(problem),
        ],
        options={"node_limit": max(5, NODE_BUDGET // choices), "mip_rel_gap": RELATIVE_GAP},
    )
    if answer.x is None:
        return None
    return np.asarray(answer.x[:choices].reshape(buildings, sites).argmax(axis=1), dtype=np.int64)


def _objective(problem: Problem) -> Floats:
    weights = problem.weights
    walked = (problem.persons[:, None] * problem.distance_m).ravel()
    splits = np.full(len(problem.compounds) * len(problem.capacity), weights.split_person_m)
    return np.concatenate([walked, splits, [weights.balance_m * float(problem.persons.sum())]])


def _each_building_once(problem: Problem) -> LinearConstraint:
    buildings, sites = problem.distance_m.shape
    rows = _empty_rows(problem, buildings)
    for building in range(buildings):
        rows[building, building * sites : (building + 1) * sites] = 1
    return LinearConstraint(csr_array(rows), 1, 1)


def _sites_hold(problem: Problem) -> LinearConstraint:
    return LinearConstraint(csr_array(_load_rows(problem)), -np.inf, problem.capacity.astype(float))


def _fill_above_tolerance(problem: Problem) -> LinearConstraint:
    rows = _load_rows(problem)
    for site, capacity in enumerate(problem.capacity):
        rows[site, rows.shape[1] - 1] = -float(capacity)
    return LinearConstraint(csr_array(rows), -np.inf, problem.tolerated_fill * problem.capacity)


def _compound_uses_site(problem: Problem) -> LinearConstraint:
    buildings, sites = problem.distance_m.shape
    rows = _empty_rows(problem, buildings * sites)
    for building in range(buildings):
        for site in range(sites):
            row = building * sites + site
            rows[row, row] = 1
            rows[row, buildings * sites + int(problem.compound[building]) * sites + site] = -1
    return LinearConstraint(csr_array(rows), -np.inf, 0)


def _load_rows(problem: Problem) -> lil_array:
    buildings, sites = problem.distance_m.shape
    rows = _empty_rows(problem, sites)
    for building in range(buildings):
        for site in range(sites):
            rows[site, building * sites + site] = float(problem.persons[building])
    return rows


def _empty_rows(problem: Problem, count: int) -> lil_array:
    buildings, sites = problem.distance_m.shape
    return lil_array((count, buildings * sites + len(problem.compounds) * sites + 1))
