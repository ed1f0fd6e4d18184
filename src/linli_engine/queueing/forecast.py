"""What a timetable will do: waits and finish, by repeated simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from linli_engine.checks import require_probability
from linli_engine.queueing.punctuality import Punctuality
from linli_engine.queueing.service import ServiceTime
from linli_engine.queueing.simulation import QueueResult, simulate_queue
from linli_engine.timetable import CallGroup

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A forecast figure: the middle replication and the range of nine in ten.

    Attributes
    ----------
    low, mid, high
        5th, 50th and 95th percentile over the replications.
    """

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"An interval must not decrease: {self.low}, {self.mid}, {self.high}.")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What people and desks are to expect.

    Attributes
    ----------
    median_minutes, p95_minutes, max_minutes
        Wait: half, 95 in 100, and all wait at most so long [min].
    finish_minute
        When the last person leaves the last desk, from the opening [min].
    utilisation
        Busy share of the desks from the opening to that moment, 0 to 1.
    replications
        How often the day was simulated.
    """

    median_minutes: Interval
    p95_minutes: Interval
    max_minutes: Interval
    finish_minute: Interval
    utilisation: Interval
    replications: int


@dataclass(frozen=True, slots=True)
class WaitAssumptions:
    """What a forecast supposes about people and desks.

    Parameters
    ----------
    service, punctuality
        Distributions of the time at the desk and of lateness.
    no_show_probability
        Probability that a called person does not come, 0 to 1. Assumption: 0.03.
    replications
        Simulated days, at least 1.

    Raises
    ------
    ValueError
        When a value is outside its range.
    """

    service: ServiceTime = field(default_factory=ServiceTime)
    punctuality: Punctuality = field(default_factory=Punctuality)
    no_show_probability: float = 0.03
    replications: int = 20

    def __post_init__(self) -> None:
        require_probability("no_show_probability", self.no_show_probability)
        if self.replications < 1:
            raise ValueError(f"replications must be at least 1, not {self.replications}.")


@dataclass(frozen=True, slots=True)
class _Line:
    """One site's people in calling order."""

    desks: int
    call_minute: Floats
    household: Ints
    weight: Floats


def predict_waits(
    groups: Sequence[CallGroup],
    desks: Mapping[str, int],
    *,
    rng: np.random.Generator,
    assumptions: WaitAssumptions | None = None,
    household_of: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Forecast:
    """Forecast the waits of a timetable.

    Parameters
    ----------
    groups
        Call groups of one or more sites that open at the same time.
    desks
        Open desks by site key.
    rng
        Source of chance; the same state gives the same forecast.
    assumptions
        About people, desks and the number of replications; the defaults of `WaitAssumptions` when None.
    household_of
        Household by person key: its members come together. Without it each person comes alone, which is kinder to the
        queue.
    weights
        Time at the desk by person key as a multiple of the usual; 1 where absent.

    Returns
    -------
    Forecast
        Minutes count from the opening of the sites.

    Raises
    ------
    ValueError
        When there is no group or a site has no desks.

    Notes
    -----
    Requirements R97, R106, R107. Each replication draws lateness per household and presence and service time per
    person, and runs `simulate_queue` at every site.
    """
    assumptions = assumptions or WaitAssumptions()
    lines = _lines(groups, desks, household_of or {}, weights or {})
    days = [_one_day(lines, rng, assumptions) for _ in range(assumptions.replications)]
    median, p95, longest, finish, utilisation = (_interval(column) for column in np.array(days).T)
    return Forecast(median, p95, longest, finish, utilisation, assumptions.replications)


def _lines(
    groups: Sequence[CallGroup], desks: Mapping[str, int], household_of: Mapping[str, str], weights: Mapping[str, float]
) -> list[_Line]:
    if not groups:
        raise ValueError("There is no call group to forecast.")
    lines = []
    for site in dict.fromkeys(group.site for group in groups):
        if site not in desks:
            raise ValueError(f"Site {site!r} has no desks.")
        called = [(group.start_minute, person) for group in groups if group.site == site for person in group.persons]
        households = {key: i for i, key in enumerate(dict.fromkeys(household_of.get(p, p) for _, p in called))}
        lines.append(
            _Line(
                desks=desks[site],
                call_minute=np.array([minute for minute, _ in called]),
                household=np.array([households[household_of.get(person, person)] for _, person in called]),
                weight=np.array([weights.get(person, 1.0) for _, person in called]),
            )
        )
    return lines


def _one_day(
    lines: Sequence[_Line], rng: np.random.Generator, assumptions: WaitAssumptions
) -> tuple[float, float, float, float, float]:
    """Give median, 95th percentile and maximum wait, finish, and utilisation of one simulated day."""
    results = [_one_site(line, rng, assumptions) for line in lines]
    waits = np.concatenate([result.wait for result in results])
    if not waits.size:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    ends = [float(result.end.max(initial=0.0)) for result in results]
    open_minutes = sum(line.desks * end for line, end in zip(lines, ends, strict=True))
    busy = sum(result.busy_minutes for result in results)
    median, p95 = np.percentile(waits, [50, 95])
    return float(median), float(p95), float(waits.max()), max(ends), busy / open_minutes


def _one_site(line: _Line, rng: np.random.Generator, assumptions: WaitAssumptions) -> QueueResult:
    lateness = assumptions.punctuality.draw_minutes(rng, int(line.household.max()) + 1)
    comes = rng.random(len(line.call_minute)) >= assumptions.no_show_probability
    arrival = (line.call_minute + lateness[line.household])[comes]
    service = assumptions.service.draw_minutes(rng, line.weight)[comes]
    return simulate_queue(arrival, service, line.desks)


def _interval(values: Floats) -> Interval:
    low, mid, high = np.percentile(values, [5, 50, 95])
    return Interval(float(low), float(mid), float(high))
