"""The sites of a round, as desks and planners name them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Sum

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.figures import moment_of, stamps_of
from linli.rounds.heads import SiteHead
from linli.rounds.models import CallGroup, Round, Site
from linli.rounds.queues import SiteFigures, queues_of
from linli.rounds.scope import in_round


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


def sites_now(actor: Actor, round_id: UUID) -> tuple[Round, tuple[SiteFigures, ...]]:
    """Return a round and its sites with who waits and was tested there, for who records at them (fact_record).

    Raises Refused, NotFound.
    """
    with in_round(actor, round_id, Right.FACT_RECORD) as round:
        return round, queues_of(round, moment_of(round, stamps_of(round))).sites


def site_of_desk(actor: Actor, round_id: UUID, site_id: UUID) -> Site | None:
    """Return a site of this round with its round, None when it has no such site any more (fact_record).

    Raises Refused, NotFound for the round.
    """
    with in_round(actor, round_id, Right.FACT_RECORD) as round:
        sites = Site.objects.filter(community=round.community, round=round, pk=site_id)
        return sites.select_related("round__rule_pack").first()
