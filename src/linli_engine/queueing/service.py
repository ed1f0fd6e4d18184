"""How long one person takes at a desk."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli_engine.checks import require_not_negative, require_positive

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """The distribution of the time at a desk: gamma with a given mean and coefficient of variation.

    Gamma and not lognormal: it is never negative, its tail is light (a swab does not take an hour), a coefficient of
    1 is the exponential of the formulas, and the time of a household served in a row, a sum of equal gammas, is gamma
    again.

    Parameters
    ----------
    rate_per_hour
        Persons one desk serves in an hour without pause. 130: Xi'an city notice of 2 January 2022.
    cv
        Standard deviation over mean, zero or more. Assumption: 0.5.

    Raises
    ------
    ValueError
        When ``rate_per_hour`` is not positive or ``cv`` is negative.
    """

    rate_per_hour: float = 130.0
    cv: float = 0.5

    def __post_init__(self) -> None:
        require_positive("rate_per_hour", self.rate_per_hour)
        require_not_negative("cv", self.cv)

    @property
    def mean_minutes(self) -> float:
        """Mean time of one person of weight 1 [min]."""
        return 60 / self.rate_per_hour

    def draw_minutes(self, rng: np.random.Generator, weights: Floats) -> Floats:
        """Draw one time for each person.

        Parameters
        ----------
        rng
            Source of chance.
        weights
            Shape (n,): mean time of each person as a multiple of the usual.

        Returns
        -------
        numpy.ndarray
            Shape (n,) [min].
        """
        means = self.mean_minutes * weights
        if self.cv == 0:
            return np.asarray(means, dtype=np.float64)
        shape = 1 / self.cv**2
        return np.asarray(rng.gamma(shape, means / shape), dtype=np.float64)
