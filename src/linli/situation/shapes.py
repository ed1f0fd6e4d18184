"""From boards to what the pictures are drawn from."""

from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from linli.core.shapes import (
    FacadeBuilding,
    FacadeCommunity,
    FacadeCompound,
    FacadeDoor,
    FacadeUnit,
    RoundRibbon,
    SiteQueue,
)
from linli.rounds.facades import BuildingBoard, CompoundBoard, Door
from linli.rounds.queues import SiteFigures
from linli.rounds.selectors import Board
from linli.rounds.wording import building_name, unit_name
from linli.situation.outlook import bin_of, forecast_hours
from linli.situation.queues import QueueLines

Address = Callable[[UUID], str]
_STANDS_FOR = UUID(int=0)


def address(name: str, argument: str, **others: UUID) -> Address:
    """Return a function from an id to the address of its page: one look-up of the route for two thousand doors."""
    pattern = reverse(name, kwargs={argument: _STANDS_FOR, **others})
    before, _, after = pattern.rpartition(str(_STANDS_FOR))
    return lambda place: f"{before}{place}{after}"


def always(url: str) -> Address:
    """Return a function that gives one address for every id."""
    return lambda _place: url


no_address = always("")
"""For who may not open what is behind a door."""


def building_shape(building: BuildingBoard, door: Address = no_address, url: str = "") -> FacadeBuilding:
    """Return a building as a façade."""
    units = groupby(building.doors, key=lambda each: each.unit)
    drawn = tuple(FacadeUnit(unit_name(unit), tuple(_door(each, door) for each in doors)) for unit, doors in units)
    return FacadeBuilding(building_name(building.name), drawn, url, _sentence(building))


def compound_shape(compound: CompoundBoard, url: str = "", building: Address = no_address) -> FacadeCompound:
    """Return a compound as a row of façades."""
    return FacadeCompound(
        compound.name, tuple(building_shape(each, url=building(each.id)) for each in compound.buildings), url
    )


def wall_shape(name: str, compounds: tuple[CompoundBoard, ...], url: Address) -> FacadeCommunity:
    """Return a community as a wall of compounds."""
    return FacadeCommunity(name, tuple(compound_shape(each, url(each.id)) for each in compounds))


def tiles(compounds: tuple[CompoundBoard, ...], url: Address) -> list[dict[str, object]]:
    """Return the wall's tiles without drawings, for rounds too large to draw each door."""
    return [
        {
            "compound": {"name": each.name, "url": url(each.id)},
            "counts": {"doors": each.doors_to_reach, "settled": each.doors_to_reach - each.doors_open},
            "sentence": doors_sentence(each.doors_to_reach, each.doors_open),
        }
        for each in compounds
    ]


def doors_sentence(doors: int, still_open: int) -> str:
    """Say how many doors are still open, or that nobody is missing."""
    if not doors:
        return gettext("Nobody to reach here")
    if not still_open:
        return gettext("All dwellings accounted for")
    return ngettext("%(n)d dwelling still open", "%(n)d dwellings still open", still_open) % {"n": still_open}


def ribbon_shape(board: Board) -> RoundRibbon:
    """Return a round as one line of time."""
    hours = dict(board.hourly)
    now_hour = next((count for hour, count in hours.items() if hour <= board.as_of < hour + timedelta(hours=1)), 0)
    head = board.round
    return RoundRibbon(
        ordered_at=head.ordered_at,
        mustered_at=head.mustered_at,
        mobilised_at=head.mobilised_at,
        first_specimen_at=board.stamps.first_specimen,
        hourly=board.hourly,
        forecast=forecast_hours(board.forecast, board.account.outstanding, board.as_of, now_hour)
        if board.forecast
        else (),
        deadline_at=head.deadline,
        now=board.as_of,
        closed_at=head.closed_at,
    )


def queue_shape(site: SiteFigures, lines: QueueLines, board: Board, url: str) -> SiteQueue:
    """Return a site's queue with what its timetable leads to."""
    waited = (board.as_of - site.waiting_since) / timedelta(minutes=1) if site.waiting_since else 0.0
    upto = bin_of(board.as_of)
    return SiteQueue(
        site=site.name,
        desks=site.desks,
        waiting=site.waiting,
        wait_minutes_now=max(0.0, waited),
        predicted=lines.planned.get(site.id, ()),
        actual=tuple(point for point in lines.actual.get(site.id, ()) if point[0] <= upto),
        now=board.as_of,
        url=url,
    )


def _sentence(building: BuildingBoard) -> str:
    people = gettext("%(done)d of %(total)d people") % {"done": building.settled, "total": building.total}
    return f"{doors_sentence(building.doors_to_reach, building.doors_open)} · {people}"


def _door(door: Door, url: Address) -> FacadeDoor:
    return FacadeDoor(door.room, door.floor, None, door.state, door.open, url(door.dwelling) if door.targets else "")
