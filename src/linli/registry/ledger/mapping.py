"""Remembered corrections: which header means which field in this community's ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Normalised header (`ColumnView.key`) to field name; the field `ignore` leaves a column out."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, key: str) -> str | None:
        return self.fields.get(key)
