"""Who lives where, as far as a drill needs to know."""

from dataclasses import dataclass

from linli_engine.checks import require_positive
from linli_engine.routing import Door


@dataclass(frozen=True, slots=True)
class Person:
    """A target of the round.

    Parameters
    ----------
    key
        Unique name. Chance is dealt out in the order of the keys, so the same keys give the same day.
    care_needs
        Needs in the words of the ledger (独居老人, 长期卧床 ...).
    away
        Away by the ledger: not called, not visited, accounted for as away.
    weight
        Time at the desk as a multiple of the usual; positive.
    """

    key: str
    care_needs: tuple[str, ...] = ()
    away: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        require_positive(f"weight of person {self.key!r}", self.weight)


@dataclass(frozen=True, slots=True)
class Household:
    """People behind one door.

    Parameters
    ----------
    key
        Unique name.
    door
        Their dwelling; its ``minutes`` are what one visit takes, walking included.
    persons
        At least one.

    Raises
    ------
    ValueError
        When there is no person.
    """

    key: str
    door: Door
    persons: tuple[Person, ...]

    def __post_init__(self) -> None:
        if not self.persons:
            raise ValueError(f"Household {self.key!r} is empty: leave it out.")
