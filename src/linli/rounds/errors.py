"""What a round answers when it cannot do what was asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core.clock import local_zone
from linli.core.errors import Conflict, Invalid
from linli.rounds.reasons import LAYOUT, TIMES
from linli.rounds.rules.timeline import OutOfOrder


class RoundClosed(Conflict):
    """The round is closed and nothing of it changes any more."""

    code = "round_closed"
    message = _("The round “%(name)s” is closed. Nothing of it can be changed any more.")


class DrillHasNoEffect(Conflict):
    """What was asked for has an effect outside the round, and a drill has none."""

    code = "drill_has_no_effect"
    message = _("This is a drill: nothing outside it is changed.")


class NothingToPrint(Conflict):
    """Nobody on the team's list is outstanding."""

    code = "nothing_to_print"
    message = _("Nobody on this list is outstanding; there is nothing to print.")


class SheetTyped(Conflict):
    """What was written on a paper has been typed in before."""

    code = "sheet_typed"
    message = _("List %(number)s was typed in at %(at)s by %(by)s. Correct single doors on their pages.")

    def __init__(self, number: int, at: datetime, by: str) -> None:
        super().__init__(number=number, at=f"{at.astimezone(local_zone()):%m-%d %H:%M}", by=by)


class SheetEmpty(Invalid):
    """A paper is typed in without a single result."""

    code = "sheet_empty"
    message = _("Type the digit of at least one line.")


class SheetTimeWrong(Invalid):
    """A paper is said to have been written on before it was printed, or later than now."""

    code = "sheet_time_wrong"
    message = _(
        "The doors were visited after the list was printed (%(printed)s) and not later than now. Correct the time."
    )

    def __init__(self, printed_at: datetime) -> None:
        super().__init__(printed=f"{printed_at.astimezone(local_zone()):%m-%d %H:%M}")


class SheetLineUnknown(Invalid):
    """A line or digit that the paper does not have."""

    code = "sheet_line_unknown"
    message = _("Line %(line)s with “%(read)s” is not on this list: lines run to %(most)s, digits from 1 to 9.")


class RoundUnnamed(Invalid):
    """A round has no name, or one that is too long."""

    code = "round_unnamed"
    message = _("A round needs a name of 1 to %(most)s characters.")


class ReasonTooLong(Invalid):
    """Why somebody joins a round is told in too many words."""

    code = "reason_too_long"
    message = _("The reason is too long: at most %(most)s characters.")


class NobodyInScope(Invalid):
    """The register has nobody to reach."""

    code = "nobody_in_scope"
    message = _("There is nobody to reach: import the household ledger first, or choose other compounds.")


class RoundAlreadyOpen(Conflict):
    """A live round of the same kind and scope is open."""

    code = "round_already_open"
    message = _("The round “%(name)s” is open and reaches the same people. Go on with it, or close it first.")


class NotADrill(Conflict):
    """A live round is never given up: it ends when nobody is outstanding."""

    code = "not_a_drill"
    message = _("The round “%(name)s” is no drill. It closes when nobody is outstanding.")


class RoundStands(Conflict):
    """A live round counts people of an import that is to be undone."""

    code = "round_stands"
    message = _("the round “%(name)s” works with the people it brought")


class DrillStillPlayed(Conflict):
    """A drill is being played with people of an import that is to be undone."""

    code = "drill_still_played"
    message = _("the drill “%(name)s” is being played with the people it brought; wait for its end or stop it first")


class RoundTimesWrong(Invalid):
    """Order, T0 and deadline do not follow each other."""

    code = "round_times_wrong"
    message = _("A round is ordered first, then its targets are frozen, then comes its deadline. Correct the times.")


class RoundTooLong(Invalid):
    """Order, T0 and deadline lie further apart than a round can last: a year or a month was mistyped."""

    code = "round_too_long"
    message = _(
        "A round is ordered at most %(days)s days before its targets are frozen, and its deadline lies at most "
        "%(days)s days after. Correct the times."
    )


class TimeOutOfOrder(Invalid):
    """A step of a round cannot have happened when it is said to have."""

    code = "time_out_of_order"
    message = _("%(at)s cannot be: %(why)s (%(time)s). Correct the time.")

    def __init__(self, at: datetime, wrong: OutOfOrder) -> None:
        super().__init__(at=_clock_time(at), why=TIMES[wrong.code], time=_clock_time(wrong.with_time))
        self.why = wrong.code


class FrozenAhead(Invalid):
    """A live round freezes its targets now, never in the future."""

    code = "frozen_ahead"
    message = _("The targets are frozen from today's register: the time cannot lie in the future.")


class UnknownCompound(Invalid):
    """A compound, building or unit is none of this community's."""

    code = "unknown_compound"
    message = _("One of the places chosen does not exist in this community.")


class UnusableLayout(Invalid):
    """Sites, call groups or sweep lists cannot be put into force."""

    code = "unusable_layout"
    message = _("This plan cannot be used: %(why)s.")

    def __init__(self, why: str) -> None:
        super().__init__(why=LAYOUT[why])
        self.why = why


class UnusableStatement(Invalid):
    """The office states what only a specimen can show, or gives no reason."""

    code = "unusable_statement"
    message = _("Say what became of this person and why; “done” follows from a specimen only.")


class StatedAhead(Invalid):
    """The office states something of the future, which no later word could correct."""

    code = "stated_ahead"
    message = _("This time lies in the future. Say what is known now.")


class TooManyFacts(Invalid):
    """More facts in one upload than the server takes."""

    code = "too_many_facts"
    message = _("One upload takes at most %(most)s entries. Send them in parts.")


class DoesNotAddUp(Conflict):
    """Targets, newcomers, leavers and outcomes do not reconcile: a mistake in the program, never closed over."""

    code = "does_not_add_up"
    message = _("The figures of this round do not add up. It stays open; please report this.")


@dataclass(frozen=True)
class Missing:
    """Somebody who is outstanding, and where to knock."""

    target: UUID
    name: str
    compound: str
    building: str
    unit: str
    room: str
    visits: int
    reason: str
    """Why still open, a key of `rounds.reasons.OPEN`."""
    cannot_come: bool
    dwelling: UUID | None = None


class Outstanding(Conflict):
    """A round cannot close while somebody is outstanding. `missing` says who, `more` how many besides."""

    code = "outstanding"
    message = _("The round cannot be closed: %(count)s people are outstanding, first %(first)s.")

    def __init__(self, count: int, missing: tuple[Missing, ...]) -> None:
        super().__init__(count=count, first="、".join(_door_and_name(each) for each in missing[:3]))
        self.count = count
        self.missing = missing
        self.more = count - len(missing)

    def who(self) -> list[dict[str, Any]]:
        """Return the first of the outstanding as plain data."""
        return [{"name": each.name, "door": door_text(each), "visits": each.visits} for each in self.missing]


def door_text(missing: Missing) -> str:
    """Return a door as offices write it: 明珠华府 3-2-501."""
    parts = "-".join(part for part in (missing.building, missing.unit, missing.room) if part)
    return f"{missing.compound} {parts}".strip()


def _door_and_name(missing: Missing) -> str:
    return " ".join(part for part in (door_text(missing), missing.name) if part)


def _clock_time(at: datetime) -> str:
    return f"{at.astimezone(local_zone()):%m-%d %H:%M}"
