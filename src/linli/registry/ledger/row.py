"""One row of a table, its cells under the fields of their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from linli.registry.ledger.records import ResidencyKind
from linli.registry.ledger.text import Value


@dataclass(slots=True)
class Row:
    """One row below a header: its cells by field, ditto marks already resolved."""

    sheet: str
    number: int
    cells: dict[str, list[Value]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    flagged_words: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    line: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    owner: bool = False
    residency: ResidencyKind | None = None
    needs: tuple[str, ...] = ()

    @property
    def only_cell(self) -> str:
        return self.told[0] if len(self.told) == 1 else ""

    def value(self, name: str) -> Value:
        """Return the first cell of a field that says something, else blank."""
        values = self.cells.get(name)
        return values[0] if values else ""

    def text(self, name: str) -> str:
        """Return `value` as cleaned text."""
        return self.texts.get(name, "")

    def values(self, name: str) -> list[Value]:
        """Return every cell of a field that says something."""
        return self.cells.get(name, [])

    def read(self) -> str:
        """Return the row as one line, for a report."""
        return " ".join(self.told)[:200]

    def rename(self, names: dict[str, str]) -> None:
        """Put cells under other fields."""
        for old, new in names.items():
            if old in self.texts:
                self.cells[new], self.texts[new] = self.cells.pop(old), self.texts.pop(old)
