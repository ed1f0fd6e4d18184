"""How well people keep to the time they are called."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli_engine.checks import require_not_negative, require_probability

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Lateness of a called household, negative when early: normal, cut at both ends, with stragglers.

    Every default is an assumption: neither the field's reports nor the guides measure lateness. Households are called
    by their building heads minutes before they are to queue, hence the small spread.

    Parameters
    ----------
    mean_minutes
        Mean lateness of those who are not stragglers [min].
    spread_minutes
        Its standard deviation, zero or more [min].
    earliest_minutes, latest_minutes
        Bounds of the lateness [min].
    straggler_probability
        Probability that a household comes much later, 0 to 1.
    straggler_minutes
        Range, uniform, of a straggler's lateness [min].

    Raises
    ------
    ValueError
        When a value is outside its range.
    """

    mean_minutes: float = 2.0
    spread_minutes: float = 5.0
    earliest_minutes: float = -8.0
    latest_minutes: float = 20.0
    straggler_probability: float = 0.03
    straggler_minutes: tuple[float, float] = (20.0, 75.0)

    def __post_init__(self) -> None:
        require_not_negative("spread_minutes", self.spread_minutes)
        require_probability("straggler_probability", self.straggler_probability)
        if not self.earliest_minutes <= self.mean_minutes <= self.latest_minutes:
            raise ValueError("mean_minutes must lie between earliest_minutes and latest_minutes.")
        if self.straggler_minutes[0] > self.straggler_minutes[1]:
            raise ValueError("straggler_minutes must run from the smaller to the larger.")

    def draw_minutes(self, rng: np.random.Generator, count: int) -> Floats:
        """Draw the lateness of ``count`` households [min], shape (count,)."""
        usual = rng.normal(self.mean_minutes, self.spread_minutes, count)
        usual = np.clip(usual, self.earliest_minutes, self.latest_minutes)
        late = rng.uniform(*self.straggler_minutes, count)
        return np.asarray(np.where(rng.random(count) < self.straggler_probability, late, usual), dtype=np.float64)
