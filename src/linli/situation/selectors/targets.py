"""The list behind each figure: targets of a round by outcome, place and how they joined, a page at a time."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building, access_compound
from linli.rounds.access import access_round, access_site
from linli.rounds.models import Arrival, Outcome, Round, Specimen, Target
from linli.rounds.rules.account import LEAVING

PER_PAGE = 50
_LEFT = Q(outcome__in=[str(outcome) for outcome in LEAVING])
_DOOR = ("building__compound__name", "building__name", "dwelling__unit__name", "dwelling__room")
_COLUMNS = (
    "id", "name", *_DOOR, "dwelling_id", "outcome", "outcome_at", "outcome_reason", "evidence", "visits",
    "home_sampling_asked_at", "joined", "join_reason",
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

    Names are masked for those who may not search persons, and only who may can narrow by name. Raises Refused, NotFound.
    """
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        names = actor.has(Right.PERSON_SEARCH, round.community)
        place, condition = _place(actor, round, wanted)
        condition &= _condition(round, wanted)
        if wanted.name and names:
            condition &= Q(name__contains=wanted.name)
        rows = Target.objects.filter(condition, community=round.community, round=round)
        found = Paginator(_ordered(rows), PER_PAGE).get_page(page)
        found.object_list = [_row(row, names) for row in found.object_list]
    return TargetList(round, found, place)


def _ordered(rows: QuerySet[Target]) -> QuerySet[Any]:
    """Put 2 before 10 by putting short names first; an index could not, and a page is small."""
    order = [part for column in _DOOR[1:] for part in (Length(column), column)]
    return rows.order_by(_DOOR[0], *order, "name", "id").values_list(*_COLUMNS)


def _condition(round: Round, wanted: Wanted) -> Q:
    if wanted.outcome not in (*OUTCOMES, WAITING) or wanted.joined not in JOINED or wanted.evidence not in EVIDENCE:
        raise NotFound
    condition = _waiting(round, wanted.site) if wanted.outcome == WAITING else OUTCOMES[wanted.outcome]
    if wanted.joined:
        condition &= Q(joined=wanted.joined)
    if wanted.evidence:
        condition &= Q(evidence=wanted.evidence)
    if wanted.site and wanted.outcome != WAITING:
        condition &= Q(Exists(_facts(Specimen, round, site=wanted.site)))
    return condition & Q(dwelling=None) if wanted.without_door else condition


def _waiting(round: Round, site: UUID | None) -> Q:
    came = _facts(Arrival, round, late=False, **({"site": site} if site else {}))
    return Q(Exists(came)) & ~Q(Exists(_facts(Specimen, round)))


def _facts(kind: type[Arrival | Specimen], round: Round, **more: Any) -> QuerySet[Any]:
    return kind.objects.filter(community=round.community, round=round, target=OuterRef("pk"), **more)


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


def _row(row: tuple[Any, ...], names: bool) -> TargetRow:
    id, name, compound, building, unit, room, dwelling, outcome, at, reason, evidence, visits, asked, how, why = row
    door = (part or "" for part in (compound, building, unit, room))
    shown = TargetRow(
        id,
        name,
        *door,
        dwelling,
        outcome,
        at,
        reason,
        evidence,
        visits,
        outcome is None and asked is not None,
        how,
        why,
    )
    return shown if names else replace(shown, name=masked(name))


def masked(name: str) -> str:
    """Return a name of which only the first character is shown."""
    return name[:1] + "*" * max(len(name) - 1, 1)
