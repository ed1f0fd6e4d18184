"""The sites of a round, as desks and planners name them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Sum

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.heads import SiteHead
from linli.rounds.models import CallGroup, Site


@dataclass(frozen=True)
class SiteLaidOut(SiteHead):
    """A site and who is called there."""

    call_groups: int
    called: int
    first_call: datetime | None


def sites_of(actor: Actor, round_id: UUID) -> tuple[SiteLaidOut, ...]:
    """Return the sites of a round by number, for who holds round_read there. Raises Refused, NotFound."""
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        mine = {"community": round.community, "round": round}
        called = CallGroup.objects.filter(**mine).order_by().values_list("site_id")
        groups = {id: counts for id, *counts in called.annotate(Count("id"), Sum("size"), Min("starts_at"))}
        rows = Site.objects.filter(**mine).order_by("number")
        columns = rows.values_list("id", "number", "name", "desks", "opens_at", "closes_at")
        return tuple(SiteLaidOut(*row, *groups.get(row[0], (0, 0, None))) for row in columns)
