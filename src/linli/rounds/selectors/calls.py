"""Who is called when and where: what building heads and desks work through."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.directory import Place, directory_of
from linli.rounds.models import CallGroup, Round, Target


@dataclass(frozen=True)
class CalledHome:
    """The people behind one door who are called together and still outstanding."""

    compound: str
    building: str
    unit: str
    room: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class CalledGroup:
    """A call group with who of it is still to come, in the order of doors."""

    starts_at: datetime
    site: int
    site_name: str
    number: int
    size: int
    homes: tuple[CalledHome, ...]

    @property
    def people(self) -> int:
        """How many are still to come."""
        return sum(len(home.names) for home in self.homes)


def call_list(actor: Actor, round_id: UUID) -> tuple[CalledGroup, ...]:
    """Return the call groups of a round by their time; who is accounted for is not called any more (R96).

    For who holds person_search there: it names people. Four queries. Raises Refused, NotFound.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        homes = _homes(round)
        groups = CallGroup.objects.filter(community=round.community, round=round).order_by("starts_at", "site__number")
        rows = groups.values_list("starts_at", "site__number", "site__name", "number", "size", "id")
        return tuple(
            CalledGroup(at, site, name, number, size, homes.get(id, ())) for at, site, name, number, size, id in rows
        )


def _homes(round: Round) -> dict[UUID, tuple[CalledHome, ...]]:
    """Return the doors of each group, those who live behind none last and each alone."""
    places = directory_of(round.community)
    rank = {dwelling: number for number, dwelling in enumerate(places)}
    waiting = Target.objects.filter(community=round.community, round=round, outcome=None, call_group__isnull=False)
    behind: dict[UUID, dict[UUID, tuple[Place | None, list[str]]]] = defaultdict(dict)
    rows: list[tuple[UUID, UUID, UUID | None, str]] = list(
        waiting.order_by("name", "id").values_list("id", "call_group_id", "dwelling_id", "name")
    )
    for id, group, door, name in sorted(rows, key=lambda row: len(rank) if row[2] is None else rank[row[2]]):
        behind[group].setdefault(id if door is None else door, (_place(places, door), []))[1].append(name)
    return {group: tuple(_home(place, names) for place, names in doors.values()) for group, doors in behind.items()}


def _home(place: Place | None, names: list[str]) -> CalledHome:
    door = (place.compound_name, place.building_name, place.unit, place.room) if place else ("", "", "", "")
    return CalledHome(*door, names=tuple(names))


def _place(places: Mapping[UUID, Place], door: UUID | None) -> Place | None:
    return None if door is None else places.get(door)
