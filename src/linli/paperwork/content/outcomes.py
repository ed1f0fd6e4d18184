"""What became of everybody in a round by the end of a day. Call inside a scope."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from linli.core import clock
from linli.paperwork.content.fitting import OPEN
from linli.paperwork.content.register import Register
from linli.rounds.models import Target


def add_outcomes(register: Register, community: int, round_id: UUID) -> None:
    """Write into the people of a register what the round knows of them, with one query."""
    end = end_of(register.day)
    rows = Target.objects.filter(community=community, round_id=round_id, person__isnull=False)
    found = {
        person: (outcome, at, reason)
        for person, outcome, at, reason in rows.values_list("person_id", "outcome", "outcome_at", "outcome_reason")
    }
    for one in register.people:
        if one.id in found:
            outcome, at, reason = found[one.id]
            if outcome is not None and at is not None and at < end:
                one.outcome, one.outcome_at, one.outcome_reason = outcome, at, reason
            else:
                one.outcome = OPEN


def end_of(day: date) -> datetime:
    """Return the moment at which a day of the community is over."""
    return datetime.combine(day + timedelta(days=1), time(), clock.local_zone())
