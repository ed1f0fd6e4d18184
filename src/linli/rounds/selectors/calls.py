"""Who is called when and where: what building heads and desks work through."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, Value

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.directory import Place, directory_of, natural
from linli.rounds.models import CallGroup, Round, RoundBuilding, Target


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


def call_list(actor: Actor, round_id: UUID, building: UUID | None = None) -> tuple[CalledGroup, ...]:
    """Return the call groups of a round by their time; who is accounted for is not called any more (R96).

    Of one building, only its homes stand in them. For who holds person_search there: it names people. Four queries.
    Raises Refused, NotFound.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        homes = _homes(round, building)
        groups = CallGroup.objects.filter(community=round.community, round=round).order_by("starts_at", "site__number")
        rows = groups.values_list("starts_at", "site__number", "site__name", "number", "size", "id")
        return tuple(
            CalledGroup(at, site, name, number, size, homes.get(id, ())) for at, site, name, number, size, id in rows
        )


@dataclass(frozen=True)
class BuildingToTell:
    """A building of a round: who of it is still to come, when, and whether its households were told."""

    id: UUID
    compound: str
    name: str
    homes: int
    people: int
    first_at: datetime | None
    last_at: datetime | None
    sites: tuple[str, ...]
    told_at: datetime | None


def buildings_to_tell(actor: Actor, round_id: UUID) -> tuple[Round, tuple[BuildingToTell, ...]]:
    """Return a round and its buildings, those not told yet first and the earliest called first (R6, R34).

    For who holds round_read there: it names nobody. Three queries. Raises Refused, NotFound.
    """
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        mine = {"community": round.community, "round": round}
        waiting = Target.objects.filter(**mine, outcome=None, building__isnull=False).order_by()
        counted = waiting.values_list("building_id").annotate(
            homes_=Count("dwelling", distinct=True), people_=Count("id"), first_=Min("call_group__starts_at"),
            last_=Max("call_group__starts_at"),
            sites_=ArrayAgg("call_group__site__name", distinct=True, filter=Q(call_group__isnull=False), default=Value([])),
        )  # fmt: skip
        figures: dict[UUID, tuple[Any, ...]] = {building: tuple(rest) for building, *rest in counted}
        columns = ("building_id", "building__compound__name", "building__name", "mobilised_at")
        rows = list(RoundBuilding.objects.filter(**mine).order_by().values_list(*columns))
    found = [_to_tell(row, figures.get(row[0], (0, 0, None, None, ()))) for row in rows]
    return round, tuple(sorted(found, key=_telling_order))


def _to_tell(row: tuple[UUID, str, str, datetime | None], figures: tuple[Any, ...]) -> BuildingToTell:
    id, compound, name, told_at = row
    homes, people, first_at, last_at, sites = figures
    return BuildingToTell(id, compound, name, homes, people, first_at, last_at, tuple(sites), told_at)


def _telling_order(one: BuildingToTell) -> tuple[object, ...]:
    never = one.first_at is None
    return (
        one.told_at is not None, never, one.first_at and one.first_at.timestamp(), natural(one.compound),
        natural(one.name), one.id,
    )  # fmt: skip


def _homes(round: Round, building: UUID | None) -> dict[UUID, tuple[CalledHome, ...]]:
    """Return the doors of each group, those who live behind none last and each alone."""
    places = directory_of(round.community)
    rank = {dwelling: number for number, dwelling in enumerate(places)}
    waiting = Target.objects.filter(community=round.community, round=round, outcome=None, call_group__isnull=False)
    if building is not None:
        waiting = waiting.filter(building=building)
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
