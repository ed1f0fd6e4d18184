"""Door lists on paper: printed with a number, written on at the doors, typed in once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.ids import uuid7
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_door_sheet, access_team
from linli.rounds.asked import AnyFact, Receipt, SpecimenFact, VisitFact
from linli.rounds.errors import NothingToPrint, SheetEmpty, SheetLineUnknown, SheetTimeWrong, SheetTyped
from linli.rounds.models import DoorSheet, SweepTeam, Target, Visit
from linli.rounds.scope import in_open_round
from linli.rounds.services.recording import record_facts

CODES: Mapping[str, str] = {
    "1": Visit.Result.DONE, "2": Visit.Result.NOT_FOUND, "3": Visit.Result.CANNOT_COME, "4": Visit.Result.REFUSED,
    "5": Visit.Result.TESTED_ELSEWHERE, "6": Visit.Result.AWAY, "7": Visit.Result.MOVED, "8": Visit.Result.VACANT,
    "9": Visit.Result.DEAD,
}  # fmt: skip
"""What the digits on the paper mean."""


def print_door_list(actor: Actor, round_id: UUID, team_id: UUID) -> DoorSheet:
    """Keep a team's outstanding people as they are printed, line by line in walking order, under the next number.

    For who records at doors (sweep_record). Writes the sheet and one audit entry. Raises Refused, NotFound, RoundClosed, and
    NothingToPrint.
    """
    with in_open_round(actor, round_id, Right.SWEEP_RECORD) as round:
        locks.hold("door sheets", round_id)
        mine = {"community": round.community, "round": round}
        team = access_team(actor, team_id, right=Right.SWEEP_RECORD)
        if team.round_id != round.pk:
            raise NotFound
        rows = _rows(team)
        if not rows:
            raise NothingToPrint
        last = DoorSheet.objects.filter(**mine).aggregate(last=Max("number"))["last"] or 0
        sheet: DoorSheet = DoorSheet.objects.create(
            **mine, team=team, number=last + 1, rows=rows, printed_by=actor.name, printed_at=clock.now()
        )
        audit.record(
            actor, "door_list_printed", community=round.community, right=Right.SWEEP_RECORD, object_type="door_sheet",
            object_id=sheet.pk, after={"number": sheet.number, "people": len(rows)},
        )  # fmt: skip
    return sheet


def _rows(team: SweepTeam) -> list[list[str]]:
    doors = dict(team.doors.order_by("position").values_list("dwelling_id", "position"))
    waiting = Target.objects.filter(
        community=team.community, round=team.round_id, outcome=None, dwelling__in=list(doors)
    )
    found = sorted(waiting.values_list("dwelling_id", "name", "id"), key=lambda row: (doors[row[0]], row[1], row[2]))
    return [[str(dwelling), str(target)] for dwelling, _name, target in found]


def type_door_list(
    actor: Actor, sheet_id: UUID, written: Mapping[int, str], at: datetime | None = None
) -> list[Receipt]:
    """Store what stands on a paper: for each line, counted from 1, a digit of `CODES`; lines without one stay open.

    For who records at doors (sweep_record). All of it or nothing, and once: a paper that was typed in is refused with when and by
    whom. The facts and their audit entry are those of `record_facts`. Raises Refused, NotFound, RoundClosed,
    SheetTyped, SheetEmpty, SheetTimeWrong, SheetLineUnknown.
    """
    with scoped(actor, Right.SWEEP_RECORD):
        round_id = access_door_sheet(actor, sheet_id).round_id
    with in_open_round(actor, round_id, Right.SWEEP_RECORD):
        sheet = access_door_sheet(actor, sheet_id, alone=True)
        if sheet.typed_at:
            raise SheetTyped(sheet.number, sheet.typed_at, sheet.typed_by)
        when = at or clock.now()
        if not sheet.printed_at.replace(second=0, microsecond=0) <= when <= clock.now():
            raise SheetTimeWrong(sheet.printed_at)
        receipts = record_facts(actor, round_id, _facts(sheet, written, when))
        sheet.typed_at, sheet.typed_by = clock.now(), actor.name
        sheet.save(update_fields=["typed_at", "typed_by"])
    return receipts


def _facts(sheet: DoorSheet, written: Mapping[int, str], at: datetime) -> list[AnyFact]:
    facts: list[AnyFact] = []
    for line, digit in sorted(written.items()):
        if digit not in CODES or not 1 <= line <= len(sheet.rows):
            raise SheetLineUnknown(line=line, read=digit[:9], most=len(sheet.rows))
        dwelling, target = (UUID(text) for text in sheet.rows[line - 1])
        facts.append(VisitFact(uuid7(), at, dwelling, CODES[digit], target, sheet.team_id))
        if CODES[digit] == Visit.Result.DONE:
            facts.append(SpecimenFact(uuid7(), at, at, target))
    if not facts:
        raise SheetEmpty
    return facts
