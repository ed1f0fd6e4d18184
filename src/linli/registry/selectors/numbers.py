"""Who has an identity number or a phone, whole or by its last four characters."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.registry.models import Person, PersonPhone
from linli.registry.numbers import TAIL, bare_number, phone_forms


def persons_with_numbers(actor: Actor, community: int, numbers: Collection[str]) -> dict[str, frozenset[UUID]]:
    """Return for each text the people whose identity number or phone it is, or ends with, when it has four characters.

    For who holds person_search there. Four queries for any number of texts.
    """
    by_index: dict[bytes, set[str]] = defaultdict(set)
    for text in numbers:
        for index in _indexes(bare_number(text)):
            by_index[index].add(text)
    found: dict[str, set[UUID]] = {text: set() for text in numbers}
    with in_community(actor, Right.PERSON_SEARCH, community):
        people = Person.objects.filter(community=community)
        phones = PersonPhone.objects.filter(community=community)
        for rows, column, id in (
            (people, "id_index", "id"), (people, "id_tail", "id"),
            (phones, "number_index", "person_id"), (phones, "number_tail", "person_id"),
        ):  # fmt: skip
            for index, person in rows.filter(**{f"{column}__in": list(by_index)}).values_list(column, id):
                for text in by_index[bytes(index)]:
                    found[text].add(person)
    return {text: frozenset(people_found) for text, people_found in found.items()}


def _indexes(bare: str) -> set[bytes]:
    if not bare:
        return set()
    if TAIL.match(bare):
        return {crypto.tail_index("id_number", bare), crypto.tail_index("phone", bare)}
    phones = {crypto.blind_index("phone", form) for form in phone_forms(bare)}
    return {crypto.blind_index("id_number", bare), *phones}
