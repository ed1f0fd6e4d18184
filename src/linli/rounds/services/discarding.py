"""Discard drills, as if they had never been played."""

from collections.abc import Sequence
from typing import Any

from linli.core import audit
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.rows import delete_rows
from linli.places.scope import in_community
from linli.rounds.errors import RoundStands
from linli.rounds.models import (
    Arrival,
    CallGroup,
    Correction,
    DoorSheet,
    RefusedFact,
    Round,
    RoundBuilding,
    RoundFigures,
    RoundScope,
    Site,
    Specimen,
    Statement,
    SweepDoor,
    SweepTeam,
    Target,
    Visit,
)
from linli.rounds.scope import hold_alone

PARTS: tuple[type[Any], ...] = (
    Correction, Arrival, Specimen, Visit, Statement, DoorSheet, SweepDoor,
    SweepTeam, Target, CallGroup, Site, RoundBuilding, RoundFigures, RoundScope,
)  # fmt: skip
"""What a round consists of; what refers to other parts comes before them."""


def discard_drills(actor: Actor, community: int, drills: Sequence[Round]) -> None:
    """Remove drills with everything in them: targets, statements, facts, sites, sweep, report (R256).

    For who may take back the import they were played on (ledger_import). Writes one audit entry that says which they
    were. Raises Refused, NotFound, and RoundStands for a live round.
    """
    with in_community(actor, Right.LEDGER_IMPORT, community):
        for drill in drills:
            if not drill.is_drill:
                raise RoundStands(name=drill.name)
            hold_alone(drill.pk)
        if drills:
            _remove(community, drills)
            audit.record(
                actor, "discard_drills", community=community, right=Right.LEDGER_IMPORT, object_type="round",
                before={"drills": [_told(drill) for drill in drills]},
            )  # fmt: skip


def _remove(community: int, drills: Sequence[Round]) -> None:
    ids = [drill.pk for drill in drills]
    for model in PARTS:
        mine = model.objects.filter(community=community, round__in=ids)
        delete_rows(model, community, list(mine.values_list("id", flat=True)))
    RefusedFact.objects.filter(community=community, round_id_sent__in=ids).delete()
    delete_rows(Round, community, ids)


def _told(drill: Round) -> dict[str, object]:
    return {"id": drill.pk, "name": drill.name, "t0": drill.t0, "closed_at": drill.closed_at, "state": drill.state}
