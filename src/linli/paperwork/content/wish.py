"""What somebody wants a form filled with: where, whom, as of which day, with which round."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from linli.paperwork.sheet.conditions import Condition, read_condition

EACH = "each"
"""Whom each sheet names: a workbook with a sheet for each group."""


@dataclass(frozen=True)
class Wish:
    """A place of the community or all of it, a group of people or everybody, a day, and a round whose results are wanted."""

    day: date
    compound: UUID | None = None
    building: UUID | None = None
    grid: UUID | None = None
    who: str = ""
    round: UUID | None = None

    def for_sheet(self, about: str) -> "Wish":
        """Return what is wanted of a sheet that names a group of its own."""
        return replace(self, who=about) if self.who == EACH else self

    @property
    def condition(self) -> Condition:
        """Whom it is about."""
        return read_condition(self.who) if self.who else Condition()

    def as_arguments(self) -> dict[str, str]:
        """Return it as a piece of work keeps it."""
        ids = {"compound": self.compound, "building": self.building, "grid": self.grid, "round": self.round}
        return {"day": self.day.isoformat(), "who": self.who, **{name: str(id) for name, id in ids.items() if id}}


def wish_of(arguments: dict[str, Any]) -> Wish:
    """Return the wish that `as_arguments` told."""
    ids = {name: UUID(arguments[name]) for name in ("compound", "building", "grid", "round") if arguments.get(name)}
    return Wish(date.fromisoformat(arguments["day"]), who=arguments.get("who", ""), **ids)
