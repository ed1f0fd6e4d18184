"""The siting problem as arrays, and the cost of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli_engine.checks import require_unique
from linli_engine.geo import Point, centre, distances_m
from linli_engine.siting.items import Building, Site, SitingWeights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Problem:
    """Arrays of one siting problem with B buildings, S sites and C compounds.

    Attributes
    ----------
    persons
        Shape (B,) [persons].
    capacity
        Shape (S,) [persons].
    distance_m
        Shape (B, S) [m]; zeros where unknown.
    compound
        Shape (B,): index of each building's compound, 0 to C - 1.
    compounds
        The C compound names, in order of first appearance.
    distances_known
        Whether ``distance_m`` says anything.
    """

    persons: Ints
    capacity: Ints
    distance_m: Floats
    compound: Ints
    compounds: tuple[str, ...]
    distances_known: bool
    weights: SitingWeights

    @property
    def tolerated_fill(self) -> float:
        """Fill (load / capacity) up to which a site costs nothing for balance."""
        return float(self.persons.sum() / self.capacity.sum()) * (1 + self.weights.balance_tolerance)

    def cost(self, chosen: Ints) -> float:
        """Give the objective [person-metres] when building b goes to site ``chosen[b]``."""
        walked = float((self.persons * self.distance_m[np.arange(len(chosen)), chosen]).sum())
        used = len({(int(c), int(s)) for c, s in zip(self.compound, chosen, strict=True)})
        splits = used - len(self.compounds)
        fill = np.bincount(chosen, weights=self.persons, minlength=len(self.capacity)) / self.capacity
        excess = max(0.0, float(fill.max()) - self.tolerated_fill)
        weights = self.weights
        return walked + weights.split_person_m * splits + weights.balance_m * float(self.persons.sum()) * excess


def build_problem(buildings: Sequence[Building], sites: Sequence[Site], weights: SitingWeights) -> Problem:
    """Check buildings and sites and turn them into arrays.

    Raises
    ------
    ValueError
        When there is no site, a key occurs twice, a building is larger than every site, or all sites together are too
        small.
    """
    if not sites:
        raise ValueError("There is no site to go to.")
    require_unique("building keys", (building.key for building in buildings))
    require_unique("site keys", (site.key for site in sites))
    _refuse_too_little_room(buildings, sites)
    compounds = tuple(dict.fromkeys(building.compound for building in buildings))
    index = {name: number for number, name in enumerate(compounds)}
    distance = _distances(buildings, sites)
    return Problem(
        persons=np.array([building.persons for building in buildings], dtype=np.int64),
        capacity=np.array([site.capacity for site in sites], dtype=np.int64),
        distance_m=np.zeros((len(buildings), len(sites))) if distance is None else distance,
        compound=np.array([index[building.compound] for building in buildings], dtype=np.int64),
        compounds=compounds,
        distances_known=distance is not None,
        weights=weights,
    )


def _refuse_too_little_room(buildings: Sequence[Building], sites: Sequence[Site]) -> None:
    room, persons = sum(site.capacity for site in sites), sum(building.persons for building in buildings)
    if persons > room:
        raise ValueError(f"{persons} persons do not fit into sites for {room}: open more sites or enlarge them.")
    largest = max(site.capacity for site in sites)
    for building in buildings:
        if building.persons > largest:
            raise ValueError(
                f"Building {building.key!r} has {building.persons} persons, more than any site takes ({largest}): "
                "give its units as separate items."
            )


def _distances(buildings: Sequence[Building], sites: Sequence[Site]) -> Floats | None:
    """Give distances when every site and some building has a point; others take the centre of their compound."""
    site_points = [site.point for site in sites if site.point is not None]
    if len(site_points) < len(sites) or all(building.point is None for building in buildings):
        return None
    known: dict[str, list[Point]] = {}
    for building in buildings:
        if building.point is not None:
            known.setdefault(building.compound, []).append(building.point)
    centres = {compound: centre(points) for compound, points in known.items()}
    distance = np.zeros((len(buildings), len(sites)))
    for row, building in enumerate(buildings):
        point = building.point or centres.get(building.compound)
        if point is not None:
            distance[row] = distances_m([point], site_points)[0]
    return distance
