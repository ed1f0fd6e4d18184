"""What a column is thought to be while a table is being understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linli.registry.ledger.records import Recognised
from linli.registry.ledger.text import Value


@dataclass(slots=True)
class Guess:
    """What one column is thought to be while the table is being understood."""

    index: int
    key: str
    header: str
    group: str
    values: list[Value]
    filled: int = 0
    field: str = ""
    how: Recognised = "none"
    member: int = 0


def by_field(guesses: Iterable[Guess], field: str) -> Guess | None:
    """Return the first column taken for `field`."""
    return next((guess for guess in guesses if guess.field == field), None)
