"""What a sweep team sees: one door, and who is to be tested at home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.models import Dwelling
from linli.registry.models import CareNeed
from linli.rounds.access import access_round
from linli.rounds.directory import Place, directory_of
from linli.rounds.models import Round, SweepDoor, Target
from linli.rounds.selectors.lists import TargetLine, people_behind

_Row = tuple[UUID, str, datetime, UUID | None, UUID | None]
"""A target waiting at home: id, name, since when, door, person."""


@dataclass(frozen=True)
class DoorNow:
    """A door as a team stands before it."""

    round: Round
    dwelling: Dwelling
    people: tuple[TargetLine, ...]
    team: UUID | None
    """On whose list it stands."""

    @property
    def open(self) -> int:
        """How many behind it are outstanding."""
        return sum(person.outcome is None for person in self.people)


def door_now(actor: Actor, round_id: UUID, dwelling_id: UUID, *, right: Right = Right.SWEEP_RECORD) -> DoorNow:
    """Return who is behind a door and how each stands, for who records there (sweep_record) or searches (person_search).

    Raises Refused, NotFound.
    """
    with scoped(actor, right):
        round = access_round(actor, round_id, right=right)
        dwelling = access_dwelling(actor, dwelling_id, right=right)
        if dwelling.community != round.community:
            raise NotFound
        listed = SweepDoor.objects.filter(community=round.community, round=round, dwelling=dwelling)
        people = people_behind(actor, round_id, dwelling_id, right=right)
        return DoorNow(round, dwelling, people, listed.values_list("team_id", flat=True).first())


@dataclass(frozen=True)
class ToTestAtHome:
    """Somebody who cannot come and waits for a medic at the door."""

    target: UUID
    name: str
    asked_at: datetime
    needs: tuple[str, ...]
    dwelling: UUID | None
    compound: str
    building: str
    unit: str
    room: str


def to_test_at_home(actor: Actor, round_id: UUID) -> tuple[Round, tuple[ToTestAtHome, ...]]:
    """Return a round and who waits to be tested at home, door by door, for who records (fact_record): R115, R124, R125.

    Raises Refused, NotFound.
    """
    with scoped(actor, Right.FACT_RECORD):
        round = access_round(actor, round_id, right=Right.FACT_RECORD)
        waiting = Target.objects.filter(
            community=round.community, round=round, outcome=None, home_sampling_asked_at__isnull=False
        ).order_by()
        columns = ("id", "name", "home_sampling_asked_at", "dwelling_id", "person_id")
        rows: list[Any] = list(waiting.values_list(*columns))
        places = directory_of(round.community)
        needs = _needs(round, [person for *_others, person in rows if person])
        rank = {dwelling: number for number, dwelling in enumerate(places)}
        rows.sort(key=lambda row: (rank.get(row[3], len(rank)) if row[3] else len(rank), row[1], row[0]))
        return round, tuple(
            _at_home(row, places.get(row[3]) if row[3] else None, needs.get(row[4], ()) if row[4] else ())
            for row in rows
        )


def _needs(round: Round, people: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    known = CareNeed.objects.filter(community=round.community, person__in=people).order_by("kind")
    for person, kind in known.values_list("person_id", "kind"):
        found[person] = (*found.get(person, ()), kind)
    return found


def _at_home(row: _Row, place: Place | None, needs: tuple[str, ...]) -> ToTestAtHome:
    id, name, asked_at, dwelling, _person = row
    if place is None:
        return ToTestAtHome(id, name, asked_at, needs, dwelling, "", "", "", "")
    return ToTestAtHome(
        id, name, asked_at, needs, dwelling, place.compound_name, place.building_name, place.unit, place.room
    )
