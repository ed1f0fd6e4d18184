"""Forms: labels with their values beside them, one person a form, one form below another or one a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from linli.registry.ledger.content import RELATIONS
from linli.registry.ledger.headers import field_of, is_usual, normal_header
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.shapes.written import beside_all, padded
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.tables import is_header
from linli.registry.ledger.text import Value, clean

_NAMES = ("name", "head_name")
_LEAST_FIELDS = 3
_MOSTLY = 0.8

Pairs = list[tuple[str, Value]]


@dataclass(slots=True)
class _Form:
    """What the rows of one form say, by label, and the row that names the person."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)

    def add(self, number: int, pairs: Pairs) -> None:
        """Add a row's pairs, those without a value aside."""
        told = {label: value for label, value in pairs if clean(value)}
        if any(field_of(label) in _NAMES for label in told):
            self.number = number
        self.values |= told

    @property
    def is_a_persons(self) -> bool:
        fields = {field_of(label) for label in self.values} - {None, "other"}
        names = [clean(value) for label, value in self.values.items() if field_of(label) in _NAMES]
        return len(fields) >= _LEAST_FIELDS and any(map(is_like_a_name, names))


def forms_as_rows(grid: Grid) -> Grid | None:
    """Write forms out as one row each; None where the sheet holds anything else of people."""
    if any(is_header(row) and _names_people(row) for row in grid.rows):
        return None
    forms: list[_Form] = []
    last: dict[int, _Form] = {}
    lines: list[tuple[int, str]] = []
    for index, row in enumerate(grid.rows):
        number, pairs = grid.number(index), _pairs(row)
        pairs = pairs if any(clean(value) for _, value in pairs) else []
        for place, own in enumerate(_beside_one_another(pairs)):
            if place not in last or any(label in last[place].values for label, _ in own):
                last[place] = _Form(number)
                forms.append(last[place])
            last[place].add(number, own)
        if not pairs and any(map(clean, row)):
            lines.append((number, " ".join(text for text in map(clean, row) if text)))
    if not forms or sum(form.is_a_persons for form in forms) < len(forms) * _MOSTLY or len(lines) > 2 * len(forms):
        return None
    return _written(grid, forms, lines)


def _beside_one_another(pairs: Pairs) -> list[Pairs]:
    """Return the pairs of each form, where a row tells the same labels again for the next form beside it."""
    labels = [label for label, _ in pairs]
    times = labels.count(labels[0]) if labels else 0
    width = len(labels) // times if times else 0
    if times < 2 or labels != labels[:width] * times:
        return [pairs] if pairs else []
    return [pairs[start : start + width] for start in range(0, len(pairs), width)]


def _names_people(row: list[Value]) -> bool:
    """Tell whether a row of labels names a column of people, as a form's own line with its values left blank may not."""
    return any(field_of(normal_header(clean(value))) in _NAMES for value in row)


def _pairs(row: list[Value]) -> Pairs:
    """Return the labels of a row with their values, blank ones too; nothing where a cell is neither."""
    pairs: Pairs = []
    open_label = ""
    for value in row:
        text = clean(value)
        if not text:
            continue
        label, colon, told = text.partition(":")
        named = normal_header(label)
        if open_label and not (colon and not told) and not _is_a_label(named):
            pairs.append((open_label, value))
            open_label = ""
        elif field_of(named) is None:
            return []
        else:
            pairs += [(open_label, "")] if open_label else []
            pairs += [(named, told.strip())] if told else []
            open_label = "" if told else named
    return [*pairs, (open_label, "")] if open_label else pairs


def _is_a_label(text: str) -> bool:
    """Tell whether text behind a label is the next label, the value being left blank."""
    return is_usual(text) and text not in RELATIONS and not is_like_a_name(text)


def _written(grid: Grid, forms: list[_Form], lines: list[tuple[int, str]]) -> Grid:
    labels = list(dict.fromkeys(label for form in forms for label in form.values))
    first = forms[0].number
    rows: list[tuple[int, list[Value]]] = [(first, list(labels))]
    rows += [(form.number, [form.values.get(label, "") for label in labels]) for form in forms]
    rows += [(number, beside_all(labels, line)) for number, line in lines]
    rows.sort(key=lambda row: row[0])
    cells = padded([row for _, row in rows])
    return Grid(grid.name, cells, [], grid.hidden, tuple(number for number, _ in rows))
