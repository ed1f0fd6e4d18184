"""What somebody typed or scanned at a desk may mean: a slip, a door, a name, or a number, whole or its last four."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.places.selectors import dwellings_named
from linli.registry.numbers import bare_number
from linli.registry.selectors.numbers import persons_with_numbers
from linli.registry.selectors.slips import read_slip
from linli.registry.slips import read_code

WORDS_AT_MOST = 100
_FEWEST_OF_A_NUMBER = 4


@dataclass(frozen=True)
class Meaning:
    """Whoever fits any of this is meant; `wrong` is a key of `rounds.reasons.WHO`."""

    household: UUID | None = None
    persons: frozenset[UUID] = frozenset()
    dwellings: frozenset[UUID] = frozenset()
    name: str = ""
    wrong: str = ""


def meaning_of(actor: Actor, community: int, words: str) -> Meaning:
    """Return what the words may mean in a community, for who holds person_search and places_read there."""
    text = " ".join(unicodedata.normalize("NFKC", words.replace("\0", "")).split())[:WORDS_AT_MOST]
    if not text:
        return Meaning(wrong="nobody_named")
    code = read_code(text)
    if code is not None:
        slip = read_slip(actor, community, code)
        return Meaning(household=slip.household, wrong=slip.wrong)
    return Meaning(
        persons=_persons(actor, community, text),
        dwellings=frozenset(dwellings_named(actor, community, text)),
        name="" if any(character.isdigit() for character in text) else text,
    )


def _persons(actor: Actor, community: int, text: str) -> frozenset[UUID]:
    if len(bare_number(text)) < _FEWEST_OF_A_NUMBER:
        return frozenset()
    return persons_with_numbers(actor, community, {text})[text]
