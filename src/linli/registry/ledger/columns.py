"""Which column is which: remembered corrections, then headers, then content."""

from __future__ import annotations

import re
from itertools import pairwise

from linli.registry.ledger import content
from linli.registry.ledger.address import is_a_door
from linli.registry.ledger.care import read_residency
from linli.registry.ledger.claims import recognise_by_content
from linli.registry.ledger.guesses import Guess, by_field
from linli.registry.ledger.headers import field_in_group, group_is_landlords, normal_header
from linli.registry.ledger.householdcolumns import claim_household_columns, claim_households_across
from linli.registry.ledger.listed import people_in
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.members import tell_members_apart
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView
from linli.registry.ledger.tables import Table
from linli.registry.ledger.text import clean, column_letter

SEVERAL = frozenset(("phone", "head_phone", "remarks", "care_flag", "other", "landlord_phone", "occupancy", "sequence"))
_OTHER_DOCUMENT = re.compile(r"护照|通行证|回乡证|台胞|居留|港澳|其他证件|passport", re.IGNORECASE)
_CITY = re.compile(
    r"^(?:本[村组地县市省]|在家|在村|外地|外省|(?:北京|上海|天津|重庆|香港|澳门|台湾|国外|境外))$"
    r"|^\S*(?:省|自治区|市|地区|自治州|县)(?:\S{1,8}(?:区|县|市|镇|乡|街道))?$"
)
_SAMPLE_ROWS = 400
_MOSTLY_DOORS = 0.5
_FEW_DOORS = 0.1
_FITS: dict[str, tuple[str, ...]] = {
    "id_number": ("id_number",),
    "phone": ("phone",),
    "sex": ("sex",),
    "name": ("name",),
}


Part = tuple[Grid, Table]


def understand_columns(parts: list[Part], mapping: ColumnMapping) -> tuple[ColumnView, ...]:
    """Recognise every column of one table, or of several with the same header that are understood as one."""
    width = max(grid.width for grid, _ in parts)
    guesses = [_first_guess(parts, index, mapping) for index in range(width)]
    _settle_household_or_room(guesses)
    _settle_kinds_of_hukou(guesses)
    _settle_households_that_let(guesses)
    claim_household_columns(guesses)
    claim_households_across(guesses)
    tell_members_apart(guesses, lambda one, other: _beside(parts, one, other))
    _settle_rivals([guess for guess in guesses if guess.member < 2])
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
    if field:
        guess.field, guess.how = field, "header"
    return guess


def _beside(parts: list[Part], one: int, other: int) -> bool:
    """Tell whether two columns are both filled in some row."""
    return any(
        len(content.told([row[one], row[other]])) == 2
        for grid, table in parts
        for row in grid.rows[table.first : table.end]
        if max(one, other) < len(row)
    )


def _settle_household_or_room(guesses: list[Guess]) -> None:
    """Take 户号 for the room where its cells look like one and no other column is it, else for the household's number."""
    for guess in guesses:
        if guess.field == "household_or_room":
            elsewhere = any(by_field(guesses, field) for field in ("room", "address", "door", "unit_room")) or any(
                not other.field and content.share("address", other.values) > 0.6 for other in guesses
            )
            like_room = not elsewhere and (guess.key == "户" or content.share("room", guess.values) > 0.6)
            guess.field = "room" if like_room else "household_number"


def _settle_kinds_of_hukou(guesses: list[Guess]) -> None:
    """Take 户籍类型 for why people are here where its cells say that, and for 农业 or 非农业 else."""
    for guess in guesses:
        if guess.field == "hukou_kind":
            says_why = by_field(guesses, "category") is None and _tells_who_is_away_or_rents(guess)
            guess.field = "category" if says_why else "other"


def _settle_households_that_let(guesses: list[Guess]) -> None:
    """Take 出租户 for the landlord where its cells are names; a tick under it only says that the dwelling is let."""
    for guess in guesses:
        if not guess.field and guess.key == "出租户" and content.share("name", guess.values) > 0.5:
            guess.field, guess.how = "landlord_name", "header"


def _tells_who_is_away_or_rents(guess: Guess) -> bool:
    kinds = {read_residency(clean(value)) for value in guess.values}
    return bool(kinds - {None, "resident"}) or content.share("category", guess.values) > 0.5


def _settle_rivals(guesses: list[Guess]) -> None:
    """Where several columns claim one field keep the best; a second phone beside a landlord is the landlord's."""
    _landlords_own_columns(guesses)
    for field in {guess.field for guess in guesses} - SEVERAL - {"", "ignore"}:
        rivals = [guess for guess in guesses if guess.field == field]
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda guess: (guess.how == "remembered", _fits_itself(guess), -guess.index))
        for rival in rivals:
            if rival is not best:
                rival.field, rival.how = _second(field, rival, best), "header"


def _second(field: str, rival: Guess, best: Guess) -> str:
    if field in ("name", "head_name") and rival.filled < best.filled * 0.7:
        return "landlord_name" if content.share("name", rival.values) > 0.5 else "other"
    if field == "address":
        return "remarks" if _names_only_cities(rival) and _share_of_doors(best) > _MOSTLY_DOORS else "address_more"
    if field == "id_number" and _OTHER_DOCUMENT.search(rival.header):
        return "id_number"
    if field == "room" and best.header != rival.header:
        return "other"
    return "other"


def _names_only_cities(guess: Guess) -> bool:
    """Tell whether cells say 本村, or a city in which somebody is away: nothing that a door beside them lacks."""
    return bool(guess.values) and all(_CITY.search(clean(value)) for value in guess.values) and not _any_door(guess)


def _share_of_doors(guess: Guess) -> float:
    return sum(is_a_door(clean(value)) for value in guess.values) / max(1, len(guess.values))


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
        if guess.field == "name" and sum(map(bool, map(people_in, guess.values))) > len(guess.values) * 0.2:
            continue
        if not _fits_itself(guess) and _fits_another(guess):
            guess.field, guess.how = "", "none"


def _fits_itself(guess: Guess) -> bool:
    """Tell whether the cells of a column, if they have a form to be known by, are what its header says."""
    kinds = _FITS.get(guess.field)
    return bool(guess.values) and (not kinds or max(content.share(kind, guess.values) for kind in kinds) >= 0.2)


def _fits_another(guess: Guess) -> bool:
    kinds = ("id_number", "phone", "sex", "relation", "name", "category", "address")
    return any(content.share(kind, guess.values) > 0.8 for kind in kinds if kind != guess.field)


def _promote(guesses: list[Guess]) -> None:
    """Let a head's or contact's name stand in where no column holds the residents' own names."""
    unnamed = any(not guess.field and content.share("name", guess.values) > 0.5 for guess in guesses)
    for stand_in in ("head_name", "contact_name"):
        if by_field(guesses, "name") is None and not unnamed:
            guess = by_field(guesses, stand_in)
            if guess is not None:
                guess.field = "name"
                _give(guesses, {"head_id": "id_number", "head_phone": "phone"} if stand_in == "head_name" else {})
    landlord = by_field(guesses, "landlord_name")
    if landlord and by_field(guesses, "name") is None and not unnamed:
        landlord.field = "name"
        _give(guesses, {"landlord_id": "id_number", "landlord_phone": "phone"})


def _give(guesses: list[Guess], fields: dict[str, str]) -> None:
    """Make the columns of whoever stands in for the residents the residents' own, where they have none."""
    for guess in guesses:
        field = fields.get(guess.field)
        if field and (field in SEVERAL or by_field(guesses, field) is None):
            guess.field = field


def _name_the_rest(guesses: list[Guess]) -> None:
    """A door number is the room where a building is known, else the whole address."""
    for guess in guesses:
        if guess.field == "door":
            has_building = by_field(guesses, "building") or by_field(guesses, "building_unit")
            guess.field = "room" if has_building and by_field(guesses, "room") is None else "address"
            if guess.field == "address" and sum(g.field == "address" for g in guesses) > 1:
                guess.field = "address_more"
    hukou = by_field(guesses, "hukou_division")
    placed = any(by_field(guesses, field) for field in ("address", "room", "building", "unit_room", "building_unit"))
    if hukou and content.share("address", hukou.values) > _MOSTLY_DOORS:
        present = by_field(guesses, "address")
        if not placed or (present and _names_no_doors(guesses, present)):
            hukou.field = "address"
            if present:
                present.field = "remarks"


def _names_no_doors(guesses: list[Guess], present: Guess) -> bool:
    """Tell whether 现居住地 says 本村 or a city, never a door, and no other column does either: 户籍地址 names it then."""
    doors = any(
        by_field(guesses, field) for field in ("room", "building", "unit_room", "building_unit", "address_more")
    )
    return not doors and content.share("address", present.values) < _FEW_DOORS and not _any_door(present)


def _any_door(guess: Guess) -> bool:
    return any(is_a_door(clean(value)) for value in guess.values)


def _view(guess: Guess) -> ColumnView:
    samples = tuple(dict.fromkeys(clean(value) for value in guess.values[:50]))[:3]
    header = f"{guess.group}/{guess.header}" if guess.group and guess.group != guess.header else guess.header
    return ColumnView(
        guess.index,
        column_letter(guess.index),
        header.strip("/"),
        guess.key,
        guess.field,
        guess.how,
        samples,
        guess.member,
    )
