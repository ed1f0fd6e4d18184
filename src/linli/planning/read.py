"""What both the plan of a round and the plan of one that is not open yet read of a community. Call inside a scope."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from linli.places.models import Venue
from linli.planning.microplan import VenueRow
from linli.registry.models import CareNeed, Residency
from linli_engine.geo import Point


def venue_rows(community: int) -> tuple[VenueRow, ...]:
    """Return the venues of a community, by name."""
    rows = Venue.objects.filter(community=community).order_by("name")
    return tuple(
        VenueRow(venue.id, venue.name, venue.desks_at_most, point_of(venue.longitude, venue.latitude)) for venue in rows
    )


def relations_of(community: int) -> Mapping[UUID, str]:
    """Return who is what to the head of the household, by person."""
    here_now = Residency.objects.filter(community=community, until=None)
    return dict(here_now.values_list("person_id", "relation"))


def needs_of(community: int) -> Mapping[UUID, list[str]]:
    """Return the care needs of those who have any, by person."""
    needs: dict[UUID, list[str]] = defaultdict(list)
    for person, kind in CareNeed.objects.filter(community=community).values_list("person_id", "kind"):
        needs[person].append(kind)
    return needs


def point_of(longitude: float | None, latitude: float | None) -> Point | None:
    """Return a place's coordinates where it has both."""
    return None if longitude is None or latitude is None else Point(longitude, latitude)
