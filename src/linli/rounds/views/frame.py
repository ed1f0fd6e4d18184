"""What the pages around one round share, and where a clerk sits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.web import LinliRequest
from linli.places.selectors import community_name
from linli.rounds import reasons
from linli.rounds.access import access_round
from linli.rounds.asked import Receipt
from linli.rounds.models import Round, Site
from linli.rounds.selectors.sites import site_of_desk

_KEY = "desk"


def around_round(actor: Actor, round: Round) -> dict[str, Any]:
    """Return the frame of a page about a round: its community, itself, and the banner of a drill."""
    return {
        "community": round.community,
        "community_name": community_name(actor, round.community),
        "round": round,
        "drill": round.is_drill,
        "crumbs": [{"url": reverse("round_board", args=[round.pk]), "label": round.name}],
    }


def say_remarks(request: LinliRequest, receipts: Sequence[Receipt]) -> list[UUID]:
    """Say why something was not stored, or counts for less than it seems; return the ids of what was stored."""
    for answer, code in sorted({(receipt.answer, receipt.code) for receipt in receipts if receipt.code}):
        words = _("Not stored: %(reason)s.") if answer == "refused" else _("Stored, but: %(reason)s.")
        messages.warning(request, words % {"reason": reasons.words_for(code)})
    return [receipt.id for receipt in receipts if receipt.answer == "stored"]


@dataclass(frozen=True)
class Seat:
    """The desk at which somebody sits, remembered until they sign out."""

    site: Site
    desk: int


def seat_of(request: LinliRequest, round_id: UUID) -> Seat | None:
    """Return where somebody sits in this round, None while they have not chosen. Raises Refused, NotFound."""
    chosen = request.session.get(_KEY, {})
    if chosen.get("round") != str(round_id):
        access_round(request.actor, round_id, right=Right.FACT_RECORD)
        return None
    site = site_of_desk(request.actor, round_id, UUID(chosen["site"]))
    return Seat(site, chosen["desk"]) if site else None


def take_seat(request: LinliRequest, site: Site, desk: int) -> None:
    """Remember the desk that somebody chose."""
    request.session[_KEY] = {"round": str(site.round_id), "site": str(site.pk), "desk": desk}
