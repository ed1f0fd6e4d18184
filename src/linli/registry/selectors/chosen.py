"""Whom a list that is taken out as a spreadsheet holds: what a search found, a building, or everybody with a care need."""

from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.places.access import access_building
from linli.places.addresses import address_key
from linli.places.models import Dwelling
from linli.places.scope import in_community
from linli.registry.models import CareNeed, Person, Residency
from linli.registry.selectors.search import found_ids
from linli.registry.shown import PersonShown, shown_people

MANY_AT_MOST = 600
"""How many people are changed together; more is a ledger's work."""


@dataclass(frozen=True)
class Chosen:
    """A list of one kind: exactly one of the three is told."""

    query: str = ""
    building: UUID | None = None
    need: str = ""

    @property
    def kind(self) -> str:
        """Which list it is; what was searched for is not written down, it may be a number."""
        return "building" if self.building else "need" if self.need else "search"


def chosen_of(
    actor: Actor, community: int, chosen: Chosen, *, right: Right = Right.LEDGER_EXPORT
) -> tuple[set[UUID], set[UUID]]:
    """Return the people of a list, and the dwellings of which the vacant ones are in it too; for who holds `right` there.

    Raises NotFound for a building of another community.
    """
    with in_community(actor, right, community):
        if chosen.building:
            building = access_building(actor, chosen.building, right=right)
            if building.community != community:
                raise NotFound
            dwellings = set(
                Dwelling.objects.filter(community=community, unit__building=building).values_list("id", flat=True)
            )
            people = Residency.objects.filter(community=community, until=None, household__dwelling__in=dwellings)
            return set(people.values_list("person_id", flat=True)), dwellings
        if chosen.need:
            needs = CareNeed.objects.filter(community=community, kind=chosen.need)
            return set(needs.values_list("person_id", flat=True)), set()
        return found_ids(actor, chosen.query, community), set()


def many_people(actor: Actor, community: int, chosen: Chosen) -> tuple[PersonShown, ...]:
    """Return the people of a list as they can be changed together, in the order of their doors (person_write).

    At most `MANY_AT_MOST` and one more, by which a caller sees that there are too many. Raises Refused, NotFound.
    """
    people, _dwellings = chosen_of(actor, community, chosen, right=Right.PERSON_WRITE)
    with in_community(actor, Right.PERSON_WRITE, community):
        rows = Person.objects.filter(community=community, pk__in=people, died_on=None).order_by("id")
        shown = shown_people(list(rows[: MANY_AT_MOST + 1]))
    return tuple(
        sorted(shown, key=lambda one: (one.address is None, one.address and address_key(one.address), one.name))
    )


def needs_here(actor: Actor, community: int) -> list[str]:
    """Return the care needs that somebody here has, for who holds ledger_export there. One query."""
    with in_community(actor, Right.LEDGER_EXPORT, community):
        kinds = CareNeed.objects.filter(community=community).order_by("kind").values_list("kind", flat=True)
        return list(kinds.distinct())
