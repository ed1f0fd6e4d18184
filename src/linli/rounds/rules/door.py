"""How a door is drawn on a façade: the first row that holds. The states are those of every picture of Linli."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DoorCounts:
    """Who of a door is where."""

    targets: int
    open: int
    cannot_come: int
    """Open ones who wait to be tested at home."""
    queuing: int
    """Open ones who have come to a site."""
    refused: int
    """Refused or not found."""
    away: int


def decide_door_state(door: DoorCounts) -> str:
    """Return help, waiting, open, nobody, refused, away or done.

    Help goes before everything, open before settled; a door where all are settled is refused when anybody is, away when
    all are.
    """
    rows = (
        (door.targets == 0, "nobody"),
        (door.cannot_come > 0, "help"),
        (door.open > 0 and door.queuing == door.open, "waiting"),
        (door.open > 0, "open"),
        (door.refused > 0, "refused"),
        (door.away == door.targets, "away"),
    )
    return next((state for holds, state in rows if holds), "done")
