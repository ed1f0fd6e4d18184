"""What routing reads and what it answers."""

from dataclasses import dataclass

from linli_engine.checks import require_positive, require_unique
from linli_engine.geo import Point


@dataclass(frozen=True, slots=True)
class Door:
    """A dwelling's door.

    Parameters
    ----------
    key
        Unique name.
    compound, building, unit
        Where it is; names as in the ledger.
    floor
        Storey, higher numbers higher up; 0 when unknown.
    room
        Room number or name.
    minutes
        Time a visit takes, walking to it included [min]; positive.
    point
        Where the building stands, if known.

    Raises
    ------
    ValueError
        When ``key`` is empty or ``minutes`` is not positive.
    """

    key: str
    compound: str
    building: str
    unit: str = ""
    floor: int = 0
    room: str = ""
    minutes: float = 3.0
    point: Point | None = None

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A door needs a key.")
        require_positive(f"minutes of door {self.key!r}", self.minutes)


@dataclass(frozen=True, slots=True)
class Route:
    """One team's doors in walking order.

    Attributes
    ----------
    team
        0, 1, 2 ...
    doors
        May be empty when there are fewer doors than teams.
    """

    team: int
    doors: tuple[Door, ...]

    def __post_init__(self) -> None:
        require_unique("doors of a route", (door.key for door in self.doors))

    @property
    def minutes(self) -> float:
        """Time for the whole route [min]."""
        return sum(door.minutes for door in self.doors)
