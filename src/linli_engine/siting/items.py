"""What siting reads and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from linli_engine.checks import require_not_negative
from linli_engine.geo import Point


@dataclass(frozen=True, slots=True)
class Building:
    """A building, or a part of one, whose persons all go to the same site.

    Parameters
    ----------
    key
        Unique name.
    compound
        The compound it stands in; compounds are kept together where capacity allows.
    persons
        Persons to be tested, zero or more.
    point
        Where it stands, if known.

    Raises
    ------
    ValueError
        When ``key`` is empty or ``persons`` is negative.
    """

    key: str
    compound: str
    persons: int
    point: Point | None = None

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A building needs a key.")
        require_not_negative(f"persons of building {self.key!r}", self.persons)


@dataclass(frozen=True, slots=True)
class Site:
    """A sampling site and how many persons it can take.

    Parameters
    ----------
    key
        Unique name.
    capacity
        Persons it can take in the round, at least 1.
    point
        Where it is, if known.

    Raises
    ------
    ValueError
        When ``key`` is empty or ``capacity`` is less than 1.
    """

    key: str
    capacity: int
    point: Point | None = None

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A site needs a key.")
        if self.capacity < 1:
            raise ValueError(f"capacity of site {self.key!r} must be at least 1 person, not {self.capacity}.")


@dataclass(frozen=True, slots=True)
class SitingWeights:
    """What a walked metre is worth against order and balance.

    Parameters
    ----------
    split_person_m
        Cost of each further site that one compound uses [person-metres]. Assumption: 50,000, as if 500 persons walked
        100 metres more.
    balance_m
        Cost, per person of the whole round, of the fullest site's fill above the tolerated one [m per unit of fill].
        Assumption: 500.
    balance_tolerance
        Fill above the average that costs nothing, as a share of the average. Assumption: 0.02.

    Raises
    ------
    ValueError
        When a weight is negative.
    """

    split_person_m: float = 50_000.0
    balance_m: float = 500.0
    balance_tolerance: float = 0.02

    def __post_init__(self) -> None:
        require_not_negative("split_person_m", self.split_person_m)
        require_not_negative("balance_m", self.balance_m)
        require_not_negative("balance_tolerance", self.balance_tolerance)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Each building's one site.

    Attributes
    ----------
    site_of
        Site key by building key, in the order of the buildings given.
    load
        Persons by site key, sites without persons included.
    split_compounds
        Compounds that use more than one site, sorted.
    mean_walk_m
        Mean distance from building to site over all persons [m]; None when distances were not known.
    cost
        Value of the objective [person-metres].
    method
        ``exact`` (integer programme) or ``greedy`` (rule of thumb), whichever the answer came from.
    """

    site_of: Mapping[str, str]
    load: Mapping[str, int]
    split_compounds: tuple[str, ...]
    mean_walk_m: float | None
    cost: float
    method: Literal["exact", "greedy"]

    def __post_init__(self) -> None:
        object.__setattr__(self, "site_of", dict(self.site_of))
        object.__setattr__(self, "load", dict(self.load))
