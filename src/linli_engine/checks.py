"""Checks that several value types share; each raises ``ValueError`` with a sentence."""

import math
from collections.abc import Hashable, Iterable


def require_positive(name: str, value: float) -> None:
    """Refuse zero, negative, infinite and NaN values."""
    if not (value > 0 and math.isfinite(value)):
        raise ValueError(f"{name} must be positive, not {value}.")


def require_not_negative(name: str, value: float) -> None:
    """Refuse negative, infinite and NaN values."""
    if not (value >= 0 and math.isfinite(value)):
        raise ValueError(f"{name} must be zero or more, not {value}.")


def require_probability(name: str, value: float) -> None:
    """Refuse values outside 0 to 1."""
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be a probability from 0 to 1, not {value}.")


def require_unique(name: str, keys: Iterable[Hashable]) -> None:
    """Refuse a key that occurs twice, and name it."""
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{name} must be unique: {key!r} occurs twice.")
        seen.add(key)
