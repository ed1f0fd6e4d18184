"""Whether order, T0 and deadline can be those of one round."""

from datetime import datetime, timedelta

LONGEST = timedelta(days=14)
"""From the order to T0, and from T0 to the deadline, at most. Our number: a round takes a day or a few, what lies further
was mistyped, and tables are made for each day of a round."""


def decide_times(ordered_at: datetime, t0: datetime, deadline: datetime) -> str:
    """Return what is wrong with a round's times, or an empty text: `round_times_wrong`, `round_too_long`."""
    rows = (
        (not ordered_at <= t0 < deadline, "round_times_wrong"),
        (max(t0 - ordered_at, deadline - t0) > LONGEST, "round_too_long"),
    )
    return next((code for holds, code in rows if holds), "")
