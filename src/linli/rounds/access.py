"""From an id in a request to a thing of a round. Missing and foreign get the same answer: NotFound."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import within
from linli.rounds.models import DoorSheet, Round, Site, SweepTeam


def access_round(actor: Actor, round_id: UUID, *, right: Right = Right.ROUND_READ) -> Round:
    """Return a round of a community where the actor holds the right, with its rule pack; else raise NotFound."""
    found: Round = _reach(actor, Round.objects.select_related("rule_pack"), round_id, right)
    return found


def access_site(actor: Actor, site_id: UUID, *, right: Right = Right.ROUND_READ) -> Site:
    """Return a site with its round, else raise NotFound."""
    found: Site = _reach(actor, Site.objects.select_related("round__rule_pack"), site_id, right)
    return found


def access_team(actor: Actor, team_id: UUID, *, right: Right = Right.ROUND_READ) -> SweepTeam:
    """Return a sweep team with its round, else raise NotFound."""
    found: SweepTeam = _reach(actor, SweepTeam.objects.select_related("round__rule_pack"), team_id, right)
    return found


def access_door_sheet(
    actor: Actor, sheet_id: UUID, *, right: Right = Right.SWEEP_RECORD, alone: bool = False
) -> DoorSheet:
    """Return a printed door list with its round and team, locked when `alone`, else raise NotFound."""
    rows = DoorSheet.objects.select_related("round__rule_pack", "team")
    found: DoorSheet = _reach(actor, rows.select_for_update(of=("self",)) if alone else rows, sheet_id, right)
    return found


def _reach(actor: Actor, rows: QuerySet[Any], row_id: UUID, right: Right) -> Any:
    found = rows.filter(within(actor.ranges(right)), pk=row_id).first()
    if found is None:
        raise NotFound
    return found
