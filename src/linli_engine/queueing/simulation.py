"""First come, first served, at several desks."""

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QueueResult:
    """What happened to each person, in the order in which the persons were given.

    Attributes
    ----------
    arrival, start, end
        Shape (n,) [min].
    server
        Shape (n,): desk number, 0 to servers - 1.
    """

    arrival: Floats
    start: Floats
    end: Floats
    server: Ints

    @property
    def wait(self) -> Floats:
        """Start of service minus arrival, shape (n,) [min]."""
        return self.start - self.arrival

    @property
    def busy_minutes(self) -> float:
        """Time all desks together spent serving [min]."""
        return float((self.end - self.start).sum())


def simulate_queue(
    arrival_minutes: npt.ArrayLike, service_minutes: npt.ArrayLike, servers: int, *, opens_minute: float = 0.0
) -> QueueResult:
    """Serve people first come, first served; each takes the desk that is free first.

    People who arrive at the same minute queue in the order given. So a household whose members are given one after
    another with one arrival time stands together, and its members go to the next free desks, side by side or in turn.

    Parameters
    ----------
    arrival_minutes
        Shape (n,), in any order, before the opening too [min].
    service_minutes
        Shape (n,), zero or more [min].
    servers
        Desks, at least 1.
    opens_minute
        When the desks begin [min].

    Returns
    -------
    QueueResult
        In the order given.

    Raises
    ------
    ValueError
        When shapes differ, a time is not finite, a service time is negative, or ``servers`` is less than 1.

    Notes
    -----
    The recursion of Kiefer and Wolfowitz on a heap of the times at which desks fall free: O(n log servers).

    References
    ----------
    J. Kiefer, J. Wolfowitz, "On the theory of queues with many servers", Transactions of the American Mathematical
    Society 78 (1955), pp. 1-18.
    """
    arrival = np.asarray(arrival_minutes, dtype=np.float64)
    service = np.asarray(service_minutes, dtype=np.float64)
    _check(arrival, service, servers)
    order = np.argsort(arrival, kind="stable")
    starts, desks = _serve(arrival[order].tolist(), service[order].tolist(), servers, opens_minute)
    start = np.empty_like(arrival)
    server = np.empty(len(arrival), dtype=np.int64)
    start[order], server[order] = starts, desks
    return QueueResult(arrival, start, start + service, server)


def _serve(
    arrivals: list[float], services: list[float], servers: int, opens_minute: float
) -> tuple[list[float], list[int]]:
    free = [(opens_minute, server) for server in range(servers)]
    starts: list[float] = []
    desks: list[int] = []
    replace = heapq.heapreplace
    for arrival, service in zip(arrivals, services, strict=True):
        free_from, server = free[0]
        start = arrival if arrival > free_from else free_from
        replace(free, (start + service, server))
        starts.append(start)
        desks.append(server)
    return starts, desks


def _check(arrival: Floats, service: Floats, servers: int) -> None:
    if servers < 1:
        raise ValueError(f"servers must be at least 1, not {servers}.")
    if arrival.ndim != 1 or arrival.shape != service.shape:
        raise ValueError(f"One service time per arrival is needed: got {service.shape} for {arrival.shape}.")
    if not (np.isfinite(arrival).all() and np.isfinite(service).all()):
        raise ValueError("Arrival and service times must be finite.")
    if (service < 0).any():
        raise ValueError("Service times must be zero or more.")
