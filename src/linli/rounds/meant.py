"""What somebody typed or scanned at a desk may mean: a slip, a door, a name, or a number, whole or its last four."""

from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.places.selectors import dwellings_named
from linli.registry.numbers import plain_query
from linli.registry.selectors.slips import read_slip
from linli.registry.services.lookup import persons_with_number
from linli.registry.slips import read_code

WORDS_AT_MOST = 100


@dataclass(frozen=True)
class Meaning:
    """Whoever fits any of this is meant; `wrong` is a key of `rounds.reasons.WHO`."""

    household: UUID | None = None
    persons: frozenset[UUID] = frozenset()
    dwellings: frozenset[UUID] = frozenset()
    name: str = ""
    wrong: str = ""


def meaning_of(actor: Actor, community: int, words: str) -> Meaning:
    """Return what the words may mean in a community, for who holds person_search and places_read there.

    That a number was looked up is written down. Raises Refused, NotFound, TooManyNumbers.
    """
    text = " ".join(plain_query(words).split())[:WORDS_AT_MOST]
    if not text:
        return Meaning(wrong="nobody_named")
    code = read_code(text)
    if code is not None:
        slip = read_slip(actor, community, code)
        return Meaning(household=slip.household, wrong=slip.wrong)
    return Meaning(
        persons=persons_with_number(actor, text, community),
        dwellings=frozenset(dwellings_named(actor, community, text)),
        name="" if any(character.isdigit() for character in text) else text,
    )
