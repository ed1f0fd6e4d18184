"""Chance, dealt out by concern."""

import zlib

import numpy as np


def chance_for(seed: int, concern: str) -> np.random.Generator:
    """Give the generator of one concern, so that a new draw for one concern never shifts another's.

    Parameters
    ----------
    seed
        Zero or more.
    concern
        What the draws are about, for instance ``lateness``.

    Raises
    ------
    ValueError
        When ``seed`` is negative.

    References
    ----------
    NumPy, "Parallel random number generation", on `numpy.random.SeedSequence`.
    """
    if seed < 0:
        raise ValueError(f"seed must be zero or more, not {seed}.")
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(concern.encode())]))
