"""What the pictures (façade, ribbon, queue) are drawn from, for every app. Names are shown as they are: "3栋", "501"."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FacadeDoor:
    """A dwelling and how many in it are open; a floor or column that is None is read from the room.

    A door with a `word` of its own, outside a round, is drawn with that word and its `mark` instead of its state's.
    """

    room: str
    floor: int | None = None
    column: int | None = None
    state: str = "open"
    open_count: int = 0
    url: str = ""
    word: str = ""
    mark: str = ""
    is_here: bool = False
    """The door that the page is about."""


@dataclass(frozen=True)
class FacadeUnit:
    """A staircase of a building and its doors, in any order; a building without units is one unit without a name."""

    name: str
    doors: tuple[FacadeDoor, ...]


@dataclass(frozen=True)
class FacadeBuilding:
    """A building; `url` opens its own page or list, a `sentence` of its own stands for the counts of open doors."""

    name: str
    units: tuple[FacadeUnit, ...]
    url: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class FacadeCompound:
    """A residential compound; `url` opens its row of façades."""

    name: str
    buildings: tuple[FacadeBuilding, ...]
    url: str = ""


@dataclass(frozen=True)
class FacadeCommunity:
    """A community: its compounds in the order in which they are shown."""

    name: str
    compounds: tuple[FacadeCompound, ...]


@dataclass(frozen=True)
class RoundRibbon:
    """A round, or several, on one line of time; times that have not come yet are None, hours start at `hourly[i][0]`."""

    ordered_at: datetime | None
    mustered_at: datetime | None = None
    mobilised_at: datetime | None = None
    first_specimen_at: datetime | None = None
    hourly: tuple[tuple[datetime, int], ...] = ()
    forecast: tuple[tuple[datetime, float, float, float], ...] = ()
    deadline_at: datetime | None = None
    now: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class SiteQueue:
    """A sampling site: who waits now, and (time, people, minutes) as predicted and as it was."""

    site: str
    desks: int
    waiting: int
    wait_minutes_now: float
    predicted: tuple[tuple[datetime, int, float], ...] = ()
    actual: tuple[tuple[datetime, int, float], ...] = ()
    now: datetime | None = None
    url: str = ""
