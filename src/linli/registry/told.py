"""What a household says about itself: who lives there, who came or left, who is unwell. Pure, and as it is stored."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Says(StrEnum):
    """What a household says of one person."""

    LIVES_HERE = "lives_here"
    STAYS_FOR_NOW = "stays_for_now"
    HAS_LEFT = "has_left"


@dataclass(frozen=True)
class PersonTold:
    """One line of a self-report."""

    name: str
    says: Says = Says.LIVES_HERE
    id_number: str = ""
    phones: tuple[str, ...] = ()
    came_on: date | None = None
    came_from: str = ""
    is_unwell: bool = False
    met_a_case: bool = False
    needs: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "came_on": self.came_on.isoformat() if self.came_on else None}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        came_on = date.fromisoformat(told["came_on"]) if told["came_on"] else None
        return cls(**{**told, "says": Says(told["says"]), "phones": tuple(told["phones"]), "came_on": came_on})


@dataclass(frozen=True)
class HouseholdTold:
    """A self-report whole."""

    people: tuple[PersonTold, ...]
    note: str = ""

    def dumped(self) -> str:
        return json.dumps({"people": [one.as_json() for one in self.people], "note": self.note}, ensure_ascii=False)

    @classmethod
    def loaded(cls, text: str) -> Self:
        told = json.loads(text)
        return cls(tuple(PersonTold.from_json(one) for one in told["people"]), told["note"])
