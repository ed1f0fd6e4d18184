"""Where and when the sites of a round are to stand, as somebody chose it before the round opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from linli.planning.microplan import Asked, VenueRow
from linli.rounds.errors import UnusableLayout


@dataclass(frozen=True)
class Chosen:
    """The hours of all sites, and how many desks each venue may have; without a venue sites stand in open spaces."""

    opens_at: datetime
    closes_at: datetime
    desks: Mapping[UUID, int] = field(default_factory=dict)

    def venues(self, known: Sequence[VenueRow]) -> tuple[VenueRow, ...]:
        """Return the chosen ones of the community's venues. Raises UnusableLayout when one of them is not there."""
        found = tuple(
            VenueRow(each.id, each.name, _desks(self.desks[each.id], each.desks_at_most), each.point)
            for each in known
            if each.id and each.id in self.desks
        )
        if len(found) < len(self.desks):
            raise UnusableLayout("site_unknown_venue")
        return found

    def asked(self, venues: Sequence[VenueRow], usual_desks: int, now: datetime) -> Asked:
        """Return what the plan has to keep to: no site opens in the past."""
        opens_at = max(self.opens_at, now)
        hours = (self.closes_at - opens_at) / timedelta(hours=1)
        desks = sum(each.desks_at_most or 0 for each in venues)
        return Asked(desks or usual_desks, opens_at, hours, every_venue=bool(venues))


def _desks(chosen: int, room: int | None) -> int:
    return chosen if room is None else min(chosen, room)
