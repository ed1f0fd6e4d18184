"""Printed door lists with who stands on each line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Dwelling
from linli.rounds.access import access_door_sheet, access_team
from linli.rounds.models import DoorSheet, Round, SweepTeam, Target


@dataclass(frozen=True)
class SheetLine:
    """One line of a paper."""

    number: int
    dwelling: UUID
    compound: str
    building: str
    unit: str
    room: str
    name: str
    outcome: str | None
    """What has become of the person since."""


@dataclass(frozen=True)
class SheetShown:
    """A printed door list, line by line."""

    sheet: DoorSheet
    round: Round
    team: SweepTeam
    lines: tuple[SheetLine, ...]


def door_sheet(actor: Actor, sheet_id: UUID) -> SheetShown:
    """Return a printed door list, for who records at doors (sweep_record). Raises Refused, NotFound."""
    with scoped(actor, Right.SWEEP_RECORD):
        sheet = access_door_sheet(actor, sheet_id)
        home = "unit__building"
        columns = (f"{home}__compound__name", f"{home}__name", "unit__name", "room")
        doors = Dwelling.objects.filter(community=sheet.community, pk__in=[dwelling for dwelling, _ in sheet.rows])
        places = {id: place for id, *place in doors.values_list("id", *columns)}
        people = Target.objects.filter(community=sheet.community, pk__in=[target for _, target in sheet.rows])
        named = {id: (name, outcome) for id, name, outcome in people.values_list("id", "name", "outcome")}
        lines = tuple(
            _line(number, UUID(dwelling), places[UUID(dwelling)], named[UUID(target)])
            for number, (dwelling, target) in enumerate(sheet.rows, start=1)
        )
        return SheetShown(sheet, sheet.round, sheet.team, lines)


def _line(number: int, dwelling: UUID, place: list[str], person: tuple[str, str | None]) -> SheetLine:
    compound, building, unit, room = place
    name, outcome = person
    return SheetLine(number, dwelling, compound, building, unit, room, name, outcome)


@dataclass(frozen=True)
class SheetListed:
    """A printed door list among others."""

    id: UUID
    number: int
    people: int
    printed_at: datetime
    typed_at: datetime | None


def door_sheets(actor: Actor, team_id: UUID) -> tuple[SheetListed, ...]:
    """Return the printed lists of a team, the newest first, for who records at doors. Raises Refused, NotFound."""
    with scoped(actor, Right.SWEEP_RECORD):
        team = access_team(actor, team_id, right=Right.SWEEP_RECORD)
        found = DoorSheet.objects.filter(community=team.community, team=team).order_by("-number")
        return tuple(SheetListed(one.pk, one.number, len(one.rows), one.printed_at, one.typed_at) for one in found)
