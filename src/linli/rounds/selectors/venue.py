"""What the screen at a venue shows: the group that is called now, the next one, and how long one waits. No names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.addresses import Address, address_key
from linli.rounds.figures import moment_of, stamps_of
from linli.rounds.models import CallGroup, Round, Target
from linli.rounds.queues import SiteFigures, queues_of
from linli.rounds.rules.calling import decide_calling, expected_wait_minutes
from linli.rounds.scope import in_round


@dataclass(frozen=True)
class Stairwell:
    """Doors of one unit that are called together."""

    compound: str
    building: str
    unit: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class GroupOnScreen:
    """A call group by its number and doors."""

    number: int
    starts_at: datetime
    stairwells: tuple[Stairwell, ...]


@dataclass(frozen=True)
class SiteOnScreen:
    """A site with who is called and for how long one waits."""

    figures: SiteFigures
    now: tuple[GroupOnScreen, ...]
    next: tuple[GroupOnScreen, ...]
    wait_minutes: int
    """What somebody who joins the queue now may expect."""


@dataclass(frozen=True)
class VenueScreen:
    """All sites of a round, or the one that was asked for, at a moment."""

    round: Round
    as_of: datetime
    sites: tuple[SiteOnScreen, ...]


def venue_screen(actor: Actor, round_id: UUID, site: UUID | None = None) -> VenueScreen:
    """Return what the screens of a round show (round_read): doors and numbers, never who lives behind them.

    A fixed number of queries. Raises Refused, NotFound. Serves R92, R95, R96, R106.
    """
    with in_round(actor, round_id, Right.ROUND_READ) as round:
        as_of = moment_of(round, stamps_of(round))
        figures = [each for each in queues_of(round, as_of).sites if site in (None, each.id)]
        called = CallGroup.objects.filter(community=round.community, round=round).order_by("number")
        times: dict[UUID, list[tuple[datetime, UUID]]] = defaultdict(list)
        for at_site, at, group in called.values_list("site_id", "starts_at", "id"):
            times[at_site].append((at, group))
        calling = {each.id: decide_calling(times[each.id], as_of) for each in figures}
        shown = _groups(round, [group for each in calling.values() for group in (*each.now, *each.next)])
        service_seconds = round.rule_pack.reading().service_seconds
        sites = tuple(
            SiteOnScreen(
                each,
                tuple(shown[group] for group in calling[each.id].now),
                tuple(shown[group] for group in calling[each.id].next),
                expected_wait_minutes(each.waiting, each.desks, service_seconds),
            )
            for each in figures
        )
    return VenueScreen(round, as_of, sites)


def _groups(round: Round, wanted: list[UUID]) -> dict[UUID, GroupOnScreen]:
    unit = "dwelling__unit"
    columns = (f"{unit}__building__compound__name", f"{unit}__building__name", f"{unit}__name", "dwelling__room")
    called = Target.objects.filter(community=round.community, call_group__in=wanted, dwelling__isnull=False)
    doors: dict[UUID, set[Address]] = defaultdict(set)
    for group, *door in called.order_by().values_list("call_group_id", *columns):
        doors[group].add(Address(*door))
    groups = CallGroup.objects.filter(community=round.community, pk__in=wanted)
    return {
        id: GroupOnScreen(number, at, _stairwells(doors[id]))
        for id, number, at in groups.values_list("id", "number", "starts_at")
    }


def _stairwells(doors: Iterable[Address]) -> tuple[Stairwell, ...]:
    rooms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for door in sorted(doors, key=address_key):
        rooms[door.compound, door.building, door.unit].append(door.room)
    return tuple(Stairwell(*stairwell, tuple(found)) for stairwell, found in rooms.items())
