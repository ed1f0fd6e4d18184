"""Formulas of queueing theory; the simulation is tested against them."""

from linli_engine.checks import require_not_negative, require_positive


def erlang_c(servers: int, offered_load: float) -> float:
    """Give the probability that somebody has to wait in an M/M/c queue.

    Parameters
    ----------
    servers
        Desks c, at least 1.
    offered_load
        Arrivals per hour over services per hour of one desk (a, in erlang), zero or more and below ``servers``.

    Returns
    -------
    float
        Probability, 0 to 1.

    Raises
    ------
    ValueError
        When ``servers`` is less than 1 or the load is not below it (the queue would grow for ever).

    Notes
    -----
    By the recursion ``B(k) = a B(k-1) / (k + a B(k-1))``, ``B(0) = 1`` of Erlang's loss formula, which neither
    overflows nor cancels, and ``C = B / (1 - (a / c)(1 - B))``. Valid for Poisson arrivals and exponential service in
    balance.

    References
    ----------
    A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
    exchanges", Elektroteknikeren 13 (1917). L. Kleinrock, Queueing Systems, vol. 1, Wiley 1975, section 3.5.
    """
    _check_load(servers, offered_load)
    loss = 1.0
    for server in range(1, servers + 1):
        loss = offered_load * loss / (server + offered_load * loss)
    return loss / (1 - offered_load / servers * (1 - loss))


def mean_wait_mmc(arrivals_per_hour: float, rate_per_hour: float, servers: int) -> float:
    """Give the mean wait before service in an M/M/c queue.

    Parameters
    ----------
    arrivals_per_hour
        Persons arriving [1/h], zero or more.
    rate_per_hour
        Persons one desk serves [1/h], positive.
    servers
        Desks c, at least 1.

    Returns
    -------
    float
        Mean over all persons, those who do not wait included [min].

    Raises
    ------
    ValueError
        As `erlang_c`.

    References
    ----------
    L. Kleinrock, Queueing Systems, vol. 1, Wiley 1975, section 3.5.
    """
    require_positive("rate_per_hour", rate_per_hour)
    waiting = erlang_c(servers, arrivals_per_hour / rate_per_hour)
    return 60 * waiting / (servers * rate_per_hour - arrivals_per_hour)


def mean_wait_allen_cunneen(
    arrivals_per_hour: float, rate_per_hour: float, servers: int, *, arrival_cv: float, service_cv: float
) -> float:
    """Give the approximate mean wait before service in a GI/G/c queue.

    Parameters
    ----------
    arrivals_per_hour, rate_per_hour, servers
        As `mean_wait_mmc`.
    arrival_cv, service_cv
        Standard deviation over mean of the times between arrivals and of the service times, zero or more.

    Returns
    -------
    float
        [min]; exact for M/M/c (both 1) and for M/G/1.

    Raises
    ------
    ValueError
        As `erlang_c`, or when a coefficient is negative.

    Notes
    -----
    The M/M/c wait times ``(arrival_cv**2 + service_cv**2) / 2``. Best in heavy traffic; for independent arrivals in
    balance, which people called in groups are not.

    References
    ----------
    A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed., Academic Press 1990. W. Whitt, "Approximations
    for the GI/G/m queue", Production and Operations Management 2 (1993), doi:10.1111/j.1937-5956.1993.tb00094.x.
    """
    require_not_negative("arrival_cv", arrival_cv)
    require_not_negative("service_cv", service_cv)
    return mean_wait_mmc(arrivals_per_hour, rate_per_hour, servers) * (arrival_cv**2 + service_cv**2) / 2


def _check_load(servers: int, offered_load: float) -> None:
    if servers < 1:
        raise ValueError(f"servers must be at least 1, not {servers}.")
    require_not_negative("offered_load", offered_load)
    if offered_load >= servers:
        raise ValueError(
            f"A load of {offered_load:g} erlang never settles at {servers} servers: the queue grows for ever."
        )
