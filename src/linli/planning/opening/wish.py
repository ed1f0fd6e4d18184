"""What was asked of a round that is to be opened, kept with its piece of work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.core.models import Work
from linli.rounds.asked import NewRound

ROUND_OPENING = "round_opening"
TASK = "planning.open_round"

FREEZING, PLANNING, STORING = range(3)
"""The steps of opening a round, in their order."""
STEPS = 3


@dataclass(frozen=True)
class Wish:
    """A round to be opened, and whether it is planned at once."""

    new: NewRound
    planned: bool

    def as_arguments(self) -> dict[str, Any]:
        """Return what is kept in the work's row."""
        new = self.new
        return {
            "id": str(new.id),
            "name": new.name,
            "deadline": new.deadline.isoformat(),
            "ordered_at": new.ordered_at.isoformat() if new.ordered_at else None,
            "compounds": [str(compound) for compound in new.compounds],
            "planned": self.planned,
        }


def wish_in(arguments: dict[str, Any]) -> Wish:
    """Read what was kept."""
    ordered_at = arguments["ordered_at"]
    new = NewRound(
        name=arguments["name"],
        deadline=datetime.fromisoformat(arguments["deadline"]),
        ordered_at=datetime.fromisoformat(ordered_at) if ordered_at else None,
        compounds=tuple(UUID(compound) for compound in arguments["compounds"]),
        id=UUID(arguments["id"]),
    )
    return Wish(new, arguments["planned"])


def wish_of(work: Work) -> Wish:
    """Read what a piece of work was asked for."""
    return wish_in(work.arguments)
