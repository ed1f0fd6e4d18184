"""Fields that no header names, given to the columns whose cells look like them."""

from __future__ import annotations

import re

from linli.registry.ledger import content
from linli.registry.ledger.address import read_address
from linli.registry.ledger.guesses import Guess, by_field
from linli.registry.ledger.headers import group_is_landlords
from linli.registry.ledger.text import clean

_HAN = re.compile(r"[\u3400-\u9fff]")
_AS_OFTEN = 0.1
_MOSTLY = 0.8
_HALF = 0.5


def recognise_by_content(guesses: list[Guess]) -> None:
    """Give fields that no header names to unnamed columns whose cells look like them."""
    for field, least in (
        ("id_number", 0.5),
        ("sex", 0.7),
        ("relation", 0.7),
        ("category", 0.7),
        ("hukou_division", 0.7),
    ):
        _claim(guesses, field, least)
    _claim_fuller_identities(guesses)
    _claim_dates(guesses)
    _claim(guesses, "address", 0.6)
    _claim_names(guesses)
    _claim_phones(guesses)
    _claim_doors(guesses)
    if by_field(guesses, "remarks") is None:
        _claim(guesses, "remarks", 0.05)


def _free(guesses: list[Guess]) -> list[Guess]:
    return [guess for guess in guesses if not guess.field and guess.values]


def _claim(guesses: list[Guess], field: str, least: float) -> Guess | None:
    if by_field(guesses, field) is not None:
        return None
    scored = [(content.share(field, guess.values), guess) for guess in _free(guesses)]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or score < least:
        return None
    best.field, best.how = field, "content"
    return best


def _claim_fuller_identities(guesses: list[Guess]) -> None:
    """Take a fuller column of identity numbers too, where a header names only that of the rarer documents."""
    known = max((guess.filled for guess in guesses if guess.field == "id_number"), default=0)
    for guess in _free(guesses):
        if guess.filled > known and content.share("id_number", guess.values) > _MOSTLY:
            guess.field, guess.how = "id_number", "content"


def _claim_dates(guesses: list[Guess]) -> None:
    """Give the births to the first column of dates that differ; other dates are when something was done."""
    for guess in [guess for guess in _free(guesses) if content.share("birth", guess.values) > 0.7]:
        is_birth = by_field(guesses, "birth") is None and _varied(guess)
        guess.field, guess.how = "birth" if is_birth else "other", "content"


def _claim_names(guesses: list[Guess]) -> None:
    likely = [guess for guess in _free(guesses) if content.share("name", guess.values) > 0.6 and _varied(guess)]
    likely.sort(key=lambda guess: (-len(set(map(clean, guess.values))), -guess.filled, guess.index))
    under_landlord = [guess for guess in likely if group_is_landlords(guess.group)]
    name = by_field(guesses, "name")
    if name is not None and name.how == "header":
        likely = [guess for guess in likely if not guess.header or guess in under_landlord]
    for guess in likely:
        if guess in under_landlord or by_field(guesses, "name") is not None:
            if by_field(guesses, "landlord_name") is None:
                guess.field, guess.how = "landlord_name", "content"
        else:
            guess.field, guess.how = "name", "content"


def _varied(guess: Guess) -> bool:
    texts = [clean(value) for value in guess.values]
    the_same = len(texts) > 2 and len(set(texts)) == 1
    if the_same or content.share("compound", guess.values) > 0.9:
        return False
    return len(texts) < 10 or len(set(texts)) > len(texts) * 0.25 or len(set(texts)) > 30


def _claim_phones(guesses: list[Guess]) -> None:
    """Give phones to the residents, except a column beside the landlord's name that is filled as rarely as it."""
    landlord, name = by_field(guesses, "landlord_name"), by_field(guesses, "name")
    for guess in [g for g in _free(guesses) if content.share("phone", g.values) > 0.5 and _varied(g)]:
        beside = landlord is not None and abs(guess.index - landlord.index) == 1
        as_rare = landlord is not None and name is not None and _nearer(guess, landlord, name)
        theirs = (beside and as_rare) or group_is_landlords(guess.group)
        guess.field, guess.how = "landlord_phone" if theirs else "phone", "content"


def _nearer(guess: Guess, landlord: Guess, name: Guess) -> bool:
    return abs(guess.filled - landlord.filled) < abs(guess.filled - name.filled)


def _claim_doors(guesses: list[Guess]) -> None:
    """Recognise compound, building, unit and room, which are often bare numbers side by side."""
    for guess in _free(guesses):
        if content.is_a_sequence(guess.values):
            guess.field, guess.how = "sequence", "content"
    address = by_field(guesses, "address")
    if address is not None:
        if not any(read_address(clean(value)).compound for value in address.values[:20]):
            _claim(guesses, "compound", 0.5)
        return
    _claim_buildings_with_units(guesses)
    if _claim(guesses, "unit_room", 0.6) is None:
        _claim(guesses, "room", 0.6)
    _claim(guesses, "building_unit", 0.6)
    for field in ("building", "unit"):
        _claim_worded(guesses, field)
    _claim_small_numbers(guesses)
    if by_field(guesses, "compound") is None:
        _claim_compound(guesses)


def _claim_buildings_with_units(guesses: list[Guess]) -> None:
    """Take pairs of small numbers, 10-1, for building and unit where rooms stand directly to their right."""
    free = {guess.index: guess for guess in _free(guesses)}
    for guess in free.values():
        after = free.get(guess.index + 1)
        paired = content.share("pair", guess.values) > _MOSTLY and after and content.share("pair", after.values) < _HALF
        if paired and after and content.share("room", after.values) > _MOSTLY:
            guess.field, guess.how = "building_unit", "content"
            return


def _claim_worded(guesses: list[Guess], field: str) -> None:
    """Claim a column of 3栋 and 3 mixed: nearly all small numbers, and some with the word."""
    for guess in _free(guesses):
        worded = content.share(field, guess.values)
        if by_field(guesses, field) is None and worded > 0.1 and worded + content.share("small", guess.values) > 0.9:
            guess.field, guess.how = field, "content"


def _claim_small_numbers(guesses: list[Guess]) -> None:
    """Beside the room stands the unit and beyond it the building: to its left, or else to its right."""
    room = by_field(guesses, "room") or by_field(guesses, "unit_room")
    if room is None:
        return
    small = [guess for guess in _free(guesses) if _door_like(guess)]
    left = [guess for guess in small if guess.index < room.index][-2:]
    beside = left or [guess for guess in small if guess.index > room.index][:2][::-1]
    parts = ("building",) if room.field == "unit_room" else ("building", "unit")
    missing = [field for field in parts if by_field(guesses, field) is None]
    if by_field(guesses, "building_unit") is not None:
        return
    if len(beside) < len(missing):
        missing = missing[:1]
    for field, guess in zip(reversed(missing), reversed(beside), strict=False):
        guess.field, guess.how = field, "content"


def _door_like(guess: Guess) -> bool:
    kinds = ("small", "building", "unit")
    return sum(any(content.TESTS[kind](value) for kind in kinds) for value in guess.values) > len(guess.values) * 0.7


def _claim_compound(guesses: list[Guess]) -> None:
    """Claim the column of a few names filled almost everywhere, most of them ending like a compound's.

    Under a Chinese header that says something else they have to: 砖混 and 框架 under 房屋结构 are no compounds.
    """
    name = by_field(guesses, "name")
    few = [guess for guess in _free(guesses) if _says_few_things(guess)]
    beside = next((guess for guess in few if _stands_before_a_building(guess, guesses)), None)
    if beside is not None:
        beside.field, beside.how = "compound", "content"
        return
    scored = [(content.share("compound", guess.values), guess) for guess in few if not _says_something_else(guess)]
    sure = [(score, g) for score, g in scored if score > _HALF or not _HAN.search(g.header)]
    fit = [(score, g) for score, g in sure if score > 0.9 or name is None or g.filled > name.filled * 0.8]
    _, best = max(fit, key=lambda pair: pair[0], default=(0.0, None))
    if best is not None:
        best.field, best.how = "compound", "content"


def _stands_before_a_building(guess: Guess, guesses: list[Guess]) -> bool:
    """Tell whether a column of words is filled as often as the buildings directly to its right."""
    after = next((other for other in guesses if other.index == guess.index + 1), None)
    if guess.header or after is None or after.field not in ("building", "building_unit"):
        return False
    words = [clean(value) for value in guess.values]
    as_often = abs(guess.filled - after.filled) <= after.filled * _AS_OFTEN
    return as_often and content.share("attribute", guess.values) < _HALF and all(len(word) > 2 for word in words)


def _says_something_else(guess: Guess) -> bool:
    """Tell whether a column holds schooling, a trade or an office, or the name of whoever looks after the people."""
    named = content.share("name", guess.values) > 0.5 and content.share("compound", guess.values) == 0
    return named or content.share("attribute", guess.values) >= 0.5


def _says_few_things(guess: Guess) -> bool:
    texts = [clean(value) for value in guess.values]
    few = len(set(texts)) <= max(3, len(texts) // 4) and not any(c.isdigit() for c in "".join(texts[:20]))
    return few and any(len(text) > 1 for text in texts)
