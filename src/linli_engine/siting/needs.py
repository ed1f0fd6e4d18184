"""How many sampling sites a population needs."""

import math

from linli_engine.checks import require_positive


def sites_needed(population: int, *, persons_per_site: int = 2500) -> int:
    """Give the number of sampling sites for a population.

    Parameters
    ----------
    population
        Persons to be tested, zero or more.
    persons_per_site
        Persons one site serves. The guide says one site per 2,000 to 3,000 persons; the default is its middle.

    Returns
    -------
    int
        ``population / persons_per_site`` rounded up, at least 1.

    Raises
    ------
    ValueError
        When ``population`` is negative or ``persons_per_site`` is not positive.

    References
    ----------
    Guide to organising regional nucleic-acid testing, 3rd edition, 22 March 2022 (one site per 2,000 to 3,000
    persons).
    """
    if population < 0:
        raise ValueError(f"population must be zero or more, not {population}.")
    require_positive("persons_per_site", persons_per_site)
    return max(1, math.ceil(population / persons_per_site))
