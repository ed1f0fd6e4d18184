"""The list behind each figure: targets of a round by outcome, place and how they joined, a page at a time."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from linli.core.actors import Actor
from linli.core.crypto import mask_name
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building, access_compound
from linli.places.addresses import natural_key
from linli.rounds.access import access_round, access_site
from linli.rounds.corrections import taken_back
from linli.rounds.models import Outcome, Round, Specimen, Target
from linli.rounds.rules.account import LEAVING
from linli.rounds.sql import rows_of
from linli.situation.directory import BuildingPlace, buildings_in_order

PER_PAGE = 50
_LEFT = Q(outcome__in=[str(outcome) for outcome in LEAVING])
_COLUMNS = (
    "id", "name", "building_id", "dwelling__unit__name", "dwelling__room", "dwelling_id", "outcome", "outcome_at",
    "outcome_reason", "evidence", "visits", "home_sampling_asked_at", "joined", "join_reason",
)  # fmt: skip

OUTCOMES: dict[str, Q] = {
    "": Q(),
    "expected": ~_LEFT | Q(outcome=None),
    "open": Q(outcome=None),
    "settled": Q(outcome__isnull=False) & ~_LEFT,
    "left": _LEFT,
    "help": Q(outcome=None, home_sampling_asked_at__isnull=False),
    **{str(outcome): Q(outcome=outcome) for outcome in Outcome},
}
"""What `outcome` in an address may say; `waiting` is told by facts, see below."""
WAITING = "waiting"
_WAITING = """
select target_id from rounds_arrival
where counts and (%(site)s::uuid is null or site_id = %(site)s)
except select target_id from rounds_specimen where counts
"""
JOINED = ("", *Target.Joined.values)
EVIDENCE = ("", *Target.Evidence.values)


@dataclass(frozen=True)
class Wanted:
    """Which targets of a round are asked for; an id narrows, an empty word does not."""

    outcome: str = ""
    joined: str = ""
    evidence: str = ""
    name: str = ""
    compound: UUID | None = None
    building: UUID | None = None
    site: UUID | None = None
    without_door: bool = False


@dataclass(frozen=True)
class TargetRow:
    """A target in a list. `state` is its outcome, or open, or help while it waits to be tested at home."""

    id: UUID
    name: str
    compound: str
    building: str
    unit: str
    room: str
    dwelling: UUID | None
    outcome: str | None
    outcome_at: Any
    reason: str
    evidence: str
    visits: int
    cannot_come: bool
    joined: str
    join_reason: str


@dataclass(frozen=True)
class TargetList:
    """A page of targets; `place` names the compound, building or site it was narrowed to."""

    round: Round
    page: "Page[TargetRow]"
    place: str


def targets_of(actor: Actor, round_id: UUID, wanted: Wanted, page: str | int = 1) -> TargetList:
    """Return a page of a round's targets in the order of doors (round_read).

    Who may not search persons sees masked names, no doors and nobody's own words, and cannot narrow by name. Raises Refused,
    NotFound.
    """
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        names = actor.has(Right.PERSON_SEARCH, round.community)
        place, condition = _place(actor, round, wanted)
        condition &= _condition(round, wanted)
        if wanted.name and names:
            condition &= Q(name__contains=wanted.name)
        rows = Target.objects.filter(condition, community=round.community, round=round).order_by()
        found = _page(rows, buildings_in_order(round.community), page, names=names)
    return TargetList(round, found, place)


def _page(
    rows: QuerySet[Target], buildings: list[BuildingPlace], number: str | int, *, names: bool
) -> "Page[TargetRow]":
    """Read the buildings that a page lies in and no others: sorting by door in the database reads every door."""
    counts = dict(rows.values_list("building_id").annotate(count=Count("id")))
    page: Page[Any] = Paginator(range(sum(counts.values())), PER_PAGE).get_page(number)
    first, last, seen = page.start_index() - 1, page.end_index(), 0
    needed: dict[UUID | None, int] = {}
    places: dict[UUID | None, BuildingPlace | None] = {each.id: each for each in buildings}
    for building in (*places, None):
        begins, seen = seen, seen + counts.get(building, 0)
        if begins < last and seen > max(first, begins):
            needed[building] = begins
    read = (_row(row, places.get(row[2])) for row in _of_buildings(rows, list(needed)))
    shown = [row if names else _without_person(row) for row in read]
    skipped = first - min(needed.values(), default=0)
    page.object_list = shown[skipped : skipped + last - first]
    return page


def _of_buildings(rows: QuerySet[Target], buildings: list[UUID | None]) -> list[Any]:
    """Read some buildings in their order, each by unit, room and name."""
    wanted = Q(building__in=[each for each in buildings if each])
    if None in buildings:
        wanted |= Q(building=None)
    rank = {building: number for number, building in enumerate(buildings)}
    return sorted(
        rows.filter(wanted).values_list(*_COLUMNS),
        key=lambda row: (rank[row[2]], natural_key(row[3] or ""), natural_key(row[4] or ""), row[1], row[0]),
    )


def _condition(round: Round, wanted: Wanted) -> Q:
    if wanted.outcome not in (*OUTCOMES, WAITING) or wanted.joined not in JOINED or wanted.evidence not in EVIDENCE:
        raise NotFound
    condition = _waiting(round, wanted.site) if wanted.outcome == WAITING else OUTCOMES[wanted.outcome]
    if wanted.joined:
        condition &= Q(joined=wanted.joined)
    if wanted.evidence:
        condition &= Q(evidence=wanted.evidence)
    if wanted.site and wanted.outcome != WAITING:
        tested = Specimen.objects.filter(community=round.community, round=round, late=False, site=wanted.site)
        tested = tested.exclude(pk__in=taken_back(round))
        condition &= Q(pk__in=tested.order_by().values("target_id"))
    return condition & Q(dwelling=None) if wanted.without_door else condition


def _waiting(round: Round, site: UUID | None) -> Q:
    """Return the condition of those who came to a site and were tested nowhere: told by facts, so by their ids."""
    return Q(pk__in=[row[0] for row in rows_of(_WAITING, round, site=site)])


def _place(actor: Actor, round: Round, wanted: Wanted) -> tuple[str, Q]:
    """Reach the place that a list is narrowed to; one of another community is as if it did not exist."""
    reached, names, condition = [], [], Q()
    if wanted.compound:
        compound = access_compound(actor, wanted.compound, right=Right.ROUND_READ)
        condition &= Q(building__compound=compound.pk)
        reached.append(compound.community)
        names.append(compound.name)
    if wanted.building:
        building = access_building(actor, wanted.building, right=Right.ROUND_READ)
        condition &= Q(building=building.pk)
        reached.append(building.community)
        names += [building.compound.name, building.name]
    if wanted.site:
        site = access_site(actor, wanted.site)
        reached.append(site.community)
        names.append(site.name)
    if any(community != round.community for community in reached):
        raise NotFound
    return " ".join(dict.fromkeys(names)), condition


def _row(row: tuple[Any, ...], place: BuildingPlace | None) -> TargetRow:
    id, name, _building, unit, room, dwelling, outcome, at, reason, evidence, visits, asked, joined, join_reason = row
    return TargetRow(
        id=id,
        name=name,
        compound=place.compound_name if place else "",
        building=place.name if place else "",
        unit=unit or "",
        room=room or "",
        dwelling=dwelling,
        outcome=outcome,
        outcome_at=at,
        reason=reason,
        evidence=evidence,
        visits=visits,
        cannot_come=outcome is None and asked is not None,
        joined=joined,
        join_reason=join_reason,
    )


def _without_person(row: TargetRow) -> TargetRow:
    """Return a row that tells where and how far the round is, and not about whom."""
    return replace(row, name=mask_name(row.name), unit="", room="", dwelling=None, join_reason="")
