"""Which uploaded facts are taken. Nothing is ever dropped: what is not taken is kept with its reason code.

The first row that holds decides:

| what holds | answer | code |
| --- | --- | --- |
| stored before, the same | duplicate | |
| stored before, something else under this id | refused | `id_reused` |
| its author has and had no right to record it | refused | `no_right` |
| its id is no UUIDv7 | refused | `id_not_uuid7` |
| its time has no zone | refused | `time_without_zone` |
| it ends before it begins | refused | `ends_before_it_begins` |
| its text cannot be kept | refused | `text_unusable` |
| it names a result that does not exist | refused | `unknown_result` |
| it names what the round does not have | refused | `unknown_` and `target`, `site`, `desk`, `door` or `team` |
| the round is closed | stored, late, without effect | `round_closed` |
| its author's right has ended since | stored, late | `right_ended` |
| it was seen before the round was ordered | stored, reported, no evidence for this round | `before_the_round` |
| its clocks lie too far apart | stored, reported, counts when it was received | `doubtful_clock` |
| else | stored | |

A wrong clock never decides: nothing counts as later than it was received, and what was seen before the round settles
nobody. Only that somebody cannot come is believed even then, because it leaves them open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CLOCKS_APART_AT_MOST = timedelta(hours=48)
"""Beyond this a phone's clock is wrong rather than its upload slow. Our number: two days without a network."""

CLOCKS_DIFFER = timedelta(minutes=15)
"""Clocks set by hand differ by so much; what lies further before the order was not seen in this round. Our number."""


class Answer(StrEnum):
    """What became of an uploaded fact. The first two may be forgotten by the phone."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class Circumstances:
    """What is known about an uploaded fact when it is judged."""

    wrong: str = ""
    """Code of the first thing wrong with the fact itself or what it names; empty when nothing is."""
    stored_same: bool = False
    stored_other: bool = False
    right_now: bool = True
    right_then: bool = True
    round_closed: bool = False
    before_round: bool = False
    doubtful_clock: bool = False


@dataclass(frozen=True)
class Taking:
    """The answer, its code, and how the fact is stored."""

    answer: Answer
    code: str = ""
    late: bool = False


def decide_fact(seen: Circumstances) -> Taking:
    """Answer one uploaded fact by the table above."""
    late = seen.round_closed or not seen.right_now
    rows = (
        (seen.stored_same, Taking(Answer.DUPLICATE)),
        (seen.stored_other, Taking(Answer.REFUSED, "id_reused")),
        (not (seen.right_now or seen.right_then), Taking(Answer.REFUSED, "no_right")),
        (bool(seen.wrong), Taking(Answer.REFUSED, seen.wrong)),
        (seen.round_closed, Taking(Answer.STORED, "round_closed", late)),
        (not seen.right_now, Taking(Answer.STORED, "right_ended", late)),
        (seen.before_round, Taking(Answer.STORED, "before_the_round")),
        (seen.doubtful_clock, Taking(Answer.STORED, "doubtful_clock")),
    )
    return next((taking for holds, taking in rows if holds), Taking(Answer.STORED))


def clock_is_doubtful(*moments: datetime) -> bool:
    """Tell whether the moments of a fact (its id's, its own, its receipt's) lie over 48 hours apart."""
    return max(moments) - min(moments) > CLOCKS_APART_AT_MOST


def first_moment(ordered_at: datetime) -> datetime:
    """Return the earliest moment at which something can have been seen in a round: as long before its order as clocks differ."""
    return ordered_at - CLOCKS_DIFFER


def is_before_the_round(at: datetime, ordered_at: datetime) -> bool:
    """Tell whether something was seen before a round's first moment."""
    return at < first_moment(ordered_at)


def counts_at(at: datetime, received_at: datetime, *, is_doubtful: bool, is_drill: bool) -> datetime:
    """Return the moment at which a fact counts: never after its receipt, and at its receipt when its clock is doubtful.

    A drill plays on a day of its own: its receipts say nothing.
    """
    if is_drill:
        return at
    return received_at if is_doubtful else min(at, received_at)
