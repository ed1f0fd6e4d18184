"""The closing report with what its page draws beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from linli.rounds.access import access_round
from linli.rounds.figures import hourly_of
from linli.rounds.models import Round, Site
from linli.rounds.selectors import closing_report


@dataclass(frozen=True)
class ReportPage:
    """A report with the specimens of each hour and the places that its names stand for."""

    round: Round
    report: dict[str, Any]
    hourly: tuple[tuple[datetime, int], ...]
    compounds: dict[str, UUID]
    sites: dict[int, UUID]


def report_page(actor: Actor, round_id: UUID) -> ReportPage:
    """Return the closing report of a round, or how it would look now (figures_read). Raises Refused, NotFound."""
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        mine = {"community": round.community}
        return ReportPage(
            round,
            closing_report(actor, round_id),
            hourly_of(round),
            dict(Compound.objects.filter(**mine).values_list("name", "id")),
            dict(Site.objects.filter(**mine, round=round).values_list("number", "id")),
        )
