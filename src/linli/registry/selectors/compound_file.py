"""The file of a compound on one page: its buildings, who lives there, who needs help, its gates and venues (R36)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_compound
from linli.places.addresses import natural_key
from linli.places.models import Building, Dwelling, Gate, GridPart, Unit, Venue
from linli.registry.models import CareNeed, Person, RegisterFlag, Residency
from linli.registry.shown import PersonShown, shown_people

NAMED_AT_MOST = 150
"""People with care needs that the page names; beyond, it counts them."""
_OLD, _VERY_OLD, _CHILD = 60, 80, 14


@dataclass(frozen=True)
class BuildingLine:
    """One building of the compound."""

    id: UUID
    name: str
    units: int
    dwellings: int
    vacant: int
    let: int
    people: int
    grids: tuple[str, ...]


@dataclass(frozen=True)
class CompoundPeople:
    """Who lives in the compound, counted."""

    households: int
    kinds: dict[str, int]
    children: int
    old: int
    very_old: int
    birth_unknown: int
    with_needs: int
    to_look_at: int
    """People with an open flag."""

    @property
    def all(self) -> int:
        """Everybody registered behind a door of the compound, those away too."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class CompoundFile:
    """Everything that the file of a compound says."""

    id: UUID
    community: int
    name: str
    buildings: tuple[BuildingLine, ...]
    people: CompoundPeople
    in_need: tuple[PersonShown, ...]
    gates: tuple[tuple[str, str], ...]
    """Name and state."""
    venues: tuple[tuple[str, int | None], ...]
    """Name and the most desks that it holds."""

    @property
    def dwellings(self) -> int:
        """Doors of the compound."""
        return sum(building.dwellings for building in self.buildings)

    @property
    def vacant(self) -> int:
        """Doors behind which nobody is registered."""
        return sum(building.vacant for building in self.buildings)


def compound_file(actor: Actor, compound_id: UUID) -> CompoundFile:
    """Return the file of a compound, for who holds person_search there: it names who needs help. Raises NotFound.

    The number of queries does not grow with the compound.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        compound = access_compound(actor, compound_id, right=Right.PERSON_SEARCH)
        mine = {"community": compound.community, "compound": compound}
        return CompoundFile(
            compound.id,
            compound.community,
            compound.name,
            _buildings(compound.community, compound.id),
            _people(compound.community, compound.id, clock.today()),
            _in_need(compound.community, compound.id),
            tuple(Gate.objects.filter(**mine).order_by("name").values_list("name", "state")),
            tuple(Venue.objects.filter(**mine).order_by("name").values_list("name", "desks_at_most")),
        )


def _buildings(community: int, compound: UUID) -> tuple[BuildingLine, ...]:
    within = {"community": community, "unit__building__compound": compound}
    living = Count("households__residencies", filter=Q(households__residencies__until=None))
    doors: dict[UUID, list[tuple[int, bool]]] = defaultdict(list)
    rows = Dwelling.objects.filter(**within).annotate(people=living)
    for building, people, landlord, phones in rows.values_list(
        "unit__building_id", "people", "landlord_name", "landlord_phones"
    ):
        doors[building].append((people, bool(landlord or phones)))
    units = Unit.objects.filter(community=community, building__compound=compound).values_list("building_id")
    unit_count = dict(units.annotate(Count("id")))
    grids: dict[UUID, set[str]] = defaultdict(set)
    parts = GridPart.objects.filter(community=community, building__compound=compound)
    for building, grid in parts.values_list("building_id", "grid__name"):
        grids[building].add(grid)
    lines = [
        BuildingLine(
            id, name, unit_count.get(id, 0), len(doors[id]), sum(not people for people, _let in doors[id]),
            sum(let for _people, let in doors[id]), sum(people for people, _let in doors[id]),
            tuple(sorted(grids[id], key=natural_key)),
        )
        for id, name in Building.objects.filter(community=community, compound=compound).values_list("id", "name")
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: natural_key(line.name)))


def _people(community: int, compound: UUID, today: date) -> CompoundPeople:
    here = _living_in(community, compound)
    born = {"old": _years_before(today, _OLD), "very_old": _years_before(today, _VERY_OLD)}
    ages = here.aggregate(
        households=Count("household", distinct=True),
        children=Count("id", filter=Q(person__birth__gt=_years_before(today, _CHILD))),
        birth_unknown=Count("id", filter=Q(person__birth=None)),
        **{name: Count("id", filter=Q(person__birth__lte=day)) for name, day in born.items()},
    )
    people = here.values("person")
    needs = CareNeed.objects.filter(community=community, person__in=people)
    flags = RegisterFlag.objects.filter(community=community, person__in=people, resolved_at=None)
    return CompoundPeople(
        kinds=dict(here.values_list("kind").annotate(Count("id")).order_by("kind")),
        with_needs=needs.values("person").distinct().count(),
        to_look_at=flags.values("person").distinct().count(),
        **ages,
    )


def _in_need(community: int, compound: UUID) -> tuple[PersonShown, ...]:
    here = _living_in(community, compound).values("person")
    needs = CareNeed.objects.filter(community=community, person__in=here).values("person")
    doors = "household__dwelling__unit__building__name", "household__dwelling__unit__name", "household__dwelling__room"
    stays = _living_in(community, compound).filter(person__in=needs).values_list("person_id", "person__name", *doors)
    in_order = sorted(stays, key=lambda stay: (*map(natural_key, stay[2:]), stay[1], stay[0]))
    named = [person for person, *_where in in_order[:NAMED_AT_MOST]]
    shown = {one.id: one for one in shown_people(Person.objects.filter(community=community, id__in=named))}
    return tuple(shown[person] for person in named)


def _living_in(community: int, compound: UUID) -> QuerySet[Residency]:
    return Residency.objects.filter(
        community=community, until=None, household__dwelling__unit__building__compound=compound
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
