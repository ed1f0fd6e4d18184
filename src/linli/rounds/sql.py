"""Queries about one round, in words for what every one of them has to say."""

from typing import Any

from django.db import connection

from linli.core.scope import current_scope
from linli.rounds.models import Round
from linli.rounds.rules.fact import first_moment

_WORDS = (
    ("counts", "of_round and not late and at >= %(first)s and id not in (taken_back)"),
    ("taken_back", "select fact from rounds_correction where of_round"),
    ("finished_moment", "case when doubtful_clock then received_at else finished_at end"),
    ("moment", "case when doubtful_clock then received_at else at end"),
    ("of_round(s)", "s.community = %(community)s and s.round_id = %(round)s"),
    ("of_round", "community = %(community)s and round_id = %(round)s"),
)
"""What the texts of queries say shortly, replaced in this order."""


def rows_of(sql: str, round: Round, **parameters: Any) -> list[tuple[Any, ...]]:
    """Run one query about one round, inside a scope. Raises OutsideScope.

    In its text `of_round` stands for the condition that a row is of this round, `of_round(s)` for the same of a table
    named s, `counts` for a fact that is evidence for the round, and `moment` for when: where its clock is doubtful, when
    it was received.
    """
    current_scope()
    for word, meaning in _WORDS:
        sql = sql.replace(word, meaning)
    first = first_moment(round.ordered_at)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"community": round.community, "round": round.pk, "first": first, **parameters})
        return list(cursor.fetchall())
