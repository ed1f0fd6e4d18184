"""What was asked of a round that is to be opened, kept with its piece of work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.core.models import Work
from linli.planning.chosen import Chosen
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
    chosen: Chosen | None = None
    """Where and when sites are to stand; by default as the plan sees fit."""

    def as_arguments(self) -> dict[str, Any]:
        """Return what is kept in the work's row."""
        new = self.new
        return {
            "id": str(new.id),
            "name": new.name,
            "deadline": new.deadline.isoformat(),
            "ordered_at": new.ordered_at.isoformat() if new.ordered_at else None,
            "compounds": [str(compound) for compound in new.compounds],
            "buildings": [str(building) for building in new.buildings],
            "units": [str(unit) for unit in new.units],
            "round_kind": new.kind,
            "t0": new.t0.isoformat() if new.t0 else None,
            "rule_pack": str(new.rule_pack) if new.rule_pack else None,
            "planned": self.planned,
            "chosen": _chosen_as_json(self.chosen),
        }


def wish_in(arguments: dict[str, Any]) -> Wish:
    """Read what was kept; what was asked for before there were drafts says less."""
    pack = arguments.get("rule_pack")
    new = NewRound(
        name=arguments["name"],
        deadline=datetime.fromisoformat(arguments["deadline"]),
        t0=_moment(arguments.get("t0")),
        ordered_at=_moment(arguments["ordered_at"]),
        rule_pack=UUID(pack) if pack else None,
        compounds=_ids(arguments["compounds"]),
        buildings=_ids(arguments.get("buildings", [])),
        units=_ids(arguments.get("units", [])),
        kind=arguments.get("round_kind", "test"),
        id=UUID(arguments["id"]),
    )
    return Wish(new, arguments["planned"], _chosen_in(arguments.get("chosen")))


def wish_of(work: Work) -> Wish:
    """Read what a piece of work was asked for."""
    return wish_in(work.arguments)


def _chosen_as_json(chosen: Chosen | None) -> dict[str, Any] | None:
    if chosen is None:
        return None
    desks = {str(venue): desks for venue, desks in chosen.desks.items()}
    return {"opens_at": chosen.opens_at.isoformat(), "closes_at": chosen.closes_at.isoformat(), "desks": desks}


def _chosen_in(kept: dict[str, Any] | None) -> Chosen | None:
    if kept is None:
        return None
    desks = {UUID(venue): desks for venue, desks in kept["desks"].items()}
    return Chosen(datetime.fromisoformat(kept["opens_at"]), datetime.fromisoformat(kept["closes_at"]), desks)


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _ids(kept: list[str]) -> tuple[UUID, ...]:
    return tuple(UUID(each) for each in kept)
