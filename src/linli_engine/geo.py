"""Points on the ground and the distance between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth [m] (IUGG; Moritz 2000, doi:10.1007/s001900050278)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ground.

    Parameters
    ----------
    longitude
        Degrees east, -180 to 180.
    latitude
        Degrees north, -90 to 90.

    Raises
    ------
    ValueError
        When a coordinate is outside its range or not a number.
    """

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        if not -180 <= self.longitude <= 180:
            raise ValueError(f"longitude must be between -180 and 180 degrees, not {self.longitude}.")
        if not -90 <= self.latitude <= 90:
            raise ValueError(f"latitude must be between -90 and 90 degrees, not {self.latitude}.")


def distances_m(origins: Sequence[Point], goals: Sequence[Point]) -> npt.NDArray[np.float64]:
    """Give the great-circle distance from every origin to every goal.

    Parameters
    ----------
    origins, goals
        Points in one datum; mixing datums (WGS 84 and GCJ-02) errs by some hundred metres.

    Returns
    -------
    numpy.ndarray
        Shape ``(len(origins), len(goals))`` [m].

    References
    ----------
    R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984), p. 159.
    """
    lon1, lat1 = _radians(origins)
    lon2, lat2 = _radians(goals)
    half_chord = (
        np.sin((lat2[None, :] - lat1[:, None]) / 2) ** 2
        + np.cos(lat1)[:, None] * np.cos(lat2)[None, :] * np.sin((lon2[None, :] - lon1[:, None]) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1))), dtype=np.float64)


def centre(points: Sequence[Point]) -> Point:
    """Give the mean of the points' coordinates; right for a neighbourhood, wrong across the date line."""
    if not points:
        raise ValueError("points must not be empty.")
    return Point(
        math.fsum(point.longitude for point in points) / len(points),
        math.fsum(point.latitude for point in points) / len(points),
    )


def _radians(points: Sequence[Point]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    degrees = np.array([(point.longitude, point.latitude) for point in points], dtype=np.float64).reshape(-1, 2)
    radians = np.radians(degrees)
    return radians[:, 0], radians[:, 1]
