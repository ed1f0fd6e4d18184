"""Conditions that tables of several apps put on their rows."""

from typing import Any

from django.db.models import Q


def just_one_of(*columns: str) -> Q:
    """Return the condition that a row fills one of these columns and leaves the others empty."""
    condition = Q()
    for filled in columns:
        others: dict[str, Any] = {column: None for column in columns if column != filled}
        condition |= Q(**{f"{filled}__isnull": False}, **others)
    return condition
