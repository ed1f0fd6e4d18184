"""A day in figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linli_engine.drill.script import FinalOutcome, Script


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a script.

    Attributes
    ----------
    median_wait, p95_wait, max_wait
        Of all who were served at a site [min]; 0 when nobody was.
    desk_hours
        [h].
    utilisation
        Busy share of the desk-hours, 0 to 1.
    mobilise_hours, sample_hours, sweep_hours, total_hours
        Order to last building told; opening to last specimen at a site; first to last visit; order to close [h].
    outcomes
        Persons by final outcome, newcomers included.
    """

    median_wait: float
    p95_wait: float
    max_wait: float
    desk_hours: float
    utilisation: float
    mobilise_hours: float
    sample_hours: float
    sweep_hours: float
    total_hours: float
    outcomes: Mapping[FinalOutcome, int]

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcomes", dict(self.outcomes))


def summarise(script: Script) -> Summary:
    """Give the figures of a script."""
    waits = [specimen.wait_minutes for specimen in script.specimens] or [0.0]
    busy_hours = sum(specimen.minute - specimen.start_minute for specimen in script.specimens) / 60
    median, p95 = np.percentile(waits, [50, 95])
    times = script.timeline
    counts = Counter(script.final.values())
    return Summary(
        median_wait=float(median),
        p95_wait=float(p95),
        max_wait=max(waits),
        desk_hours=script.desk_hours,
        utilisation=busy_hours / script.desk_hours,
        mobilise_hours=times.mobilised / 60,
        sample_hours=(times.last_specimen - times.first_call) / 60,
        sweep_hours=((times.swept or 0.0) - (times.sweep_began or 0.0)) / 60,
        total_hours=times.closed / 60,
        outcomes={outcome: counts[outcome] for outcome in FinalOutcome},
    )
