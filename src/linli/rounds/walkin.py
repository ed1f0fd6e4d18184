"""Who a walk-in is in the register, and where they live."""

import unicodedata
from uuid import UUID

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.models import Dwelling
from linli.registry.models import Person, Residency
from linli.registry.services.people import PersonWords, add_person, add_person_without_dwelling
from linli.registry.services.stays import come_back
from linli.rounds.asked import Newcomer
from linli.rounds.models import Round


def registered_person(actor: Actor, round: Round, newcomer: Newcomer, right: Right) -> UUID:
    """Return the person of the register who a walk-in is, known by the identity number, or enter them.

    Who had left lives here again, behind the door that was named or behind none. Raises Invalid for an empty name or a
    wrong identity number, NotFound for a door of another community, PersonDead.
    """
    number = plain_number(newcomer.id_number)
    if number:
        index = crypto.blind_index("id_number", number)
        known = Person.objects.filter(community=round.community, id_index=index).first()
        if known:
            return _brought_back(actor, known, newcomer.dwelling, right)
    words = PersonWords(
        name=newcomer.name.strip(),
        sex=newcomer.sex or None,
        birth=newcomer.birth,
        id_kind=newcomer.id_kind,
        id_number=number or None,
        phones=(newcomer.phone.strip(),) if newcomer.phone.strip() else None,
    )
    if newcomer.dwelling:
        return add_person(actor, newcomer.dwelling, words, right=right).pk
    return add_person_without_dwelling(actor, round.community, words, right=right).pk


def _brought_back(actor: Actor, person: Person, dwelling: UUID | None, right: Right) -> UUID:
    stays = set(Residency.objects.filter(person=person).values_list("until", flat=True))
    has_left = bool(stays) and None not in stays
    if person.died_on or has_left or (dwelling and not stays):
        come_back(actor, person.pk, dwelling, right=right)
    return person.pk


def plain_number(number: str) -> str:
    """Return an identity number as it is stored: half-width, without spaces and apostrophes, capital X."""
    return "".join(unicodedata.normalize("NFKC", number).split()).strip("'‘’`").upper()


def household_of(
    round: Round, person: UUID | None, dwelling: UUID | None
) -> tuple[UUID | None, UUID | None, UUID | None]:
    """Return household, dwelling and building of a person, or dwelling and building of the door that was named."""
    home = "household__dwelling__unit__building_id"
    if person:
        lives = Residency.objects.filter(community=round.community, person=person, until=None)
        found = lives.values_list("household_id", "household__dwelling_id", home).first()
        if found:
            household, lives_at, building = found
            return household, lives_at, building
    if dwelling is None:
        return None, None, None
    doors = Dwelling.objects.filter(community=round.community, pk=dwelling)
    named = doors.values_list("id", "unit__building_id").first()
    return (None, *named) if named else (None, None, None)
