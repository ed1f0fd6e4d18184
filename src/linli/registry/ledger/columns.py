"""Which column is which: remembered corrections, then headers, then content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from linli.registry.ledger import content
from linli.registry.ledger.address import read_address
from linli.registry.ledger.headers import field_in_group, group_is_landlords, normal_header
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView, Recognised
from linli.registry.ledger.tables import Table
from linli.registry.ledger.text import Value, clean, column_letter

SEVERAL = frozenset(("phone", "remarks", "care_flag", "other", "landlord_phone", "occupancy", "sequence"))
_SAMPLE_ROWS = 400
_FITS: dict[str, tuple[str, ...]] = {
    "id_number": ("id_number",),
    "phone": ("phone",),
    "sex": ("sex",),
    "name": ("name",),
}


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


Part = tuple[Grid, Table]


def understand_columns(parts: list[Part], mapping: ColumnMapping) -> tuple[ColumnView, ...]:
    """Recognise every column of one table, or of several with the same header that are understood as one."""
    width = max(grid.width for grid, _ in parts)
    guesses = [_first_guess(parts, index, mapping) for index in range(width)]
    _settle_rivals(guesses)
    _drop_contradicted(guesses)
    _promote(guesses)
    recognise_by_content(guesses)
    _name_the_rest(guesses)
    return tuple(_view(guess) for guess in guesses)


def _first_guess(parts: list[Part], index: int, mapping: ColumnMapping) -> Guess:
    label = parts[0][1].labels[index]
    normal = normal_header(label.text)
    key = normal if normal else f"列{column_letter(index)}"
    if normal and label.group and group_is_landlords(label.group):
        key = f"{normal_header(label.group)}/{normal}"
    rows = (row for grid, table in parts for row in grid.rows[table.first : table.end])
    told = content.told([row[index] for row in rows if index < len(row)])
    values = told[:_SAMPLE_ROWS]
    guess = Guess(index, key, label.text, label.group, values, len(told))
    remembered = mapping.field_of(key)
    if remembered is not None:
        guess.field, guess.how = remembered, "remembered"
        return guess
    field = field_in_group(normal, label.group)
    if field == "household_or_room":
        field = "room" if content.share("room", values) > 0.6 else "household_number"
    if field:
        guess.field, guess.how = field, "header"
    return guess


def _settle_rivals(guesses: list[Guess]) -> None:
    """Where several columns claim one field keep the best; a second phone beside a landlord is the landlord's."""
    _landlords_own_columns(guesses)
    for field in {guess.field for guess in guesses} - SEVERAL - {"", "ignore"}:
        rivals = [guess for guess in guesses if guess.field == field]
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda guess: (guess.how == "remembered", bool(guess.values), -guess.index))
        for rival in rivals:
            if rival is not best:
                rival.field, rival.how = _second(field, rival, best), "header"


def _second(field: str, rival: Guess, best: Guess) -> str:
    if field in ("name", "head_name") and rival.filled < best.filled * 0.7:
        return "landlord_name" if content.share("name", rival.values) > 0.5 else "other"
    if field == "address":
        return "address_more"
    if field == "room" and best.header != rival.header:
        return "other"
    return "other"


def _landlords_own_columns(guesses: list[Guess]) -> None:
    phones = [guess for guess in guesses if guess.field == "phone" and guess.how == "header"]
    for before, after in pairwise(guesses):
        if before.field == "landlord_name" and after in phones and len(phones) > 1:
            after.field = "landlord_phone"


def _drop_contradicted(guesses: list[Guess]) -> None:
    """Take a header's word back where the cells under it plainly hold something else (a header row one off)."""
    for guess in guesses:
        kinds = _FITS.get(guess.field)
        if guess.how != "header" or not kinds or len(guess.values) < 5:
            continue
        if max(content.share(kind, guess.values) for kind in kinds) < 0.2 and _fits_another(guess):
            guess.field, guess.how = "", "none"


def _fits_another(guess: Guess) -> bool:
    kinds = ("id_number", "phone", "sex", "relation", "name", "category", "address")
    return any(content.share(kind, guess.values) > 0.8 for kind in kinds if kind != guess.field)


def _promote(guesses: list[Guess]) -> None:
    """Let a head's or contact's name stand in where no column holds the residents' own names."""
    for stand_in in ("head_name", "contact_name"):
        if _by_field(guesses, "name") is None:
            guess = _by_field(guesses, stand_in)
            if guess is not None:
                guess.field = "name"
    landlord = _by_field(guesses, "landlord_name")
    unnamed = any(not guess.field and content.share("name", guess.values) > 0.5 for guess in guesses)
    if landlord and _by_field(guesses, "name") is None and not unnamed:
        landlord.field = "name"
        for guess in guesses:
            guess.field = "phone" if guess.field == "landlord_phone" else guess.field


def _by_field(guesses: Iterable[Guess], field: str) -> Guess | None:
    return next((guess for guess in guesses if guess.field == field), None)


def recognise_by_content(guesses: list[Guess]) -> None:
    """Give fields that no header names to unnamed columns whose cells look like them."""
    for field, least in (
        ("id_number", 0.5),
        ("sex", 0.7),
        ("relation", 0.7),
        ("category", 0.7),
        ("hukou_division", 0.7),
        ("birth", 0.7),
        ("address", 0.6),
    ):
        _claim(guesses, field, least)
    _claim_names(guesses)
    _claim_phones(guesses)
    _claim_doors(guesses)
    if _by_field(guesses, "remarks") is None:
        _claim(guesses, "remarks", 0.15)


def _free(guesses: list[Guess]) -> list[Guess]:
    return [guess for guess in guesses if not guess.field and guess.values]


def _claim(guesses: list[Guess], field: str, least: float) -> Guess | None:
    if _by_field(guesses, field) is not None:
        return None
    scored = [(content.share(field, guess.values), guess) for guess in _free(guesses)]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or score < least:
        return None
    best.field, best.how = field, "content"
    return best


def _claim_names(guesses: list[Guess]) -> None:
    likely = [guess for guess in _free(guesses) if content.share("name", guess.values) > 0.6 and _varied(guess)]
    likely.sort(key=lambda guess: (-guess.filled, guess.index))
    under_landlord = [guess for guess in likely if group_is_landlords(guess.group)]
    for guess in likely:
        if guess in under_landlord or _by_field(guesses, "name") is not None:
            if _by_field(guesses, "landlord_name") is None:
                guess.field, guess.how = "landlord_name", "content"
        else:
            guess.field, guess.how = "name", "content"


def _varied(guess: Guess) -> bool:
    texts = [clean(value) for value in guess.values]
    return len(texts) < 10 or len(set(texts)) > len(texts) * 0.25 or len(set(texts)) > 30


def _claim_phones(guesses: list[Guess]) -> None:
    """Give phones to the residents, except a column beside the landlord's name that is filled as rarely as it."""
    landlord, name = _by_field(guesses, "landlord_name"), _by_field(guesses, "name")
    for guess in [g for g in _free(guesses) if content.share("phone", g.values) > 0.5]:
        beside = landlord is not None and abs(guess.index - landlord.index) == 1
        as_rare = landlord is not None and name is not None and _nearer(guess, landlord, name)
        theirs = (beside and as_rare) or group_is_landlords(guess.group)
        guess.field, guess.how = "landlord_phone" if theirs else "phone", "content"


def _nearer(guess: Guess, landlord: Guess, name: Guess) -> bool:
    return abs(guess.filled - landlord.filled) < abs(guess.filled - name.filled)


def _claim_doors(guesses: list[Guess]) -> None:
    """Recognise compound, building, unit and room, which are often bare numbers side by side."""
    for guess in _free(guesses):
        if not guess.header and content.is_a_sequence(guess.values):
            guess.field, guess.how = "sequence", "content"
    address = _by_field(guesses, "address")
    if address is not None:
        if not any(read_address(clean(value)).compound for value in address.values[:20]):
            _claim(guesses, "compound", 0.5)
        return
    _claim(guesses, "room", 0.6)
    _claim(guesses, "building_unit", 0.6)
    for field in ("building", "unit"):
        _claim_worded(guesses, field)
    _claim_small_numbers(guesses)
    if _by_field(guesses, "compound") is None:
        _claim_compound(guesses)


def _claim_worded(guesses: list[Guess], field: str) -> None:
    """Claim a column of 3栋 and 3 mixed: nearly all small numbers, and some with the word."""
    for guess in _free(guesses):
        worded = content.share(field, guess.values)
        if _by_field(guesses, field) is None and worded > 0.1 and worded + content.share("small", guess.values) > 0.9:
            guess.field, guess.how = field, "content"


def _claim_small_numbers(guesses: list[Guess]) -> None:
    """Beside the room stands the unit and beyond it the building: to its left, or else to its right."""
    room = _by_field(guesses, "room")
    if room is None:
        return
    small = [guess for guess in _free(guesses) if _door_like(guess)]
    left = [guess for guess in small if guess.index < room.index][-2:]
    beside = left or [guess for guess in small if guess.index > room.index][:2][::-1]
    missing = [field for field in ("building", "unit") if _by_field(guesses, field) is None]
    if _by_field(guesses, "building_unit") is not None:
        return
    if len(beside) < len(missing):
        missing = missing[:1]
    for field, guess in zip(reversed(missing), reversed(beside), strict=False):
        guess.field, guess.how = field, "content"


def _door_like(guess: Guess) -> bool:
    kinds = ("small", "building", "unit")
    return sum(any(content.TESTS[kind](value) for kind in kinds) for value in guess.values) > len(guess.values) * 0.7


def _claim_compound(guesses: list[Guess]) -> None:
    """Claim the column of a few names filled almost everywhere, most of them ending like a compound's."""
    name = _by_field(guesses, "name")
    full = [guess for guess in _free(guesses) if name is None or guess.filled > name.filled * 0.8]
    few = [guess for guess in full if _says_few_things(guess)]
    best = max(few, key=lambda guess: content.share("compound", guess.values), default=None)
    if best is not None:
        best.field, best.how = "compound", "content"


def _says_few_things(guess: Guess) -> bool:
    texts = [clean(value) for value in guess.values]
    return len(set(texts)) <= max(3, len(texts) // 4) and not any(c.isdigit() for c in "".join(texts[:20]))


def _name_the_rest(guesses: list[Guess]) -> None:
    """A door number is the room where a building is known, else the whole address."""
    for guess in guesses:
        if guess.field == "door":
            has_building = _by_field(guesses, "building") or _by_field(guesses, "building_unit")
            guess.field = "room" if has_building and _by_field(guesses, "room") is None else "address"
            if guess.field == "address" and sum(g.field == "address" for g in guesses) > 1:
                guess.field = "address_more"
    hukou = _by_field(guesses, "hukou_division")
    placed = any(_by_field(guesses, field) for field in ("address", "room", "building", "unit_room", "building_unit"))
    if hukou and not placed and content.share("address", hukou.values) > 0.5:
        hukou.field = "address"


def _view(guess: Guess) -> ColumnView:
    samples = tuple(dict.fromkeys(clean(value) for value in guess.values[:50]))[:3]
    header = f"{guess.group}/{guess.header}" if guess.group and guess.group != guess.header else guess.header
    return ColumnView(
        guess.index, column_letter(guess.index), header.strip("/"), guess.key, guess.field, guess.how, samples
    )
