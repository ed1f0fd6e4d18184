"""Who a walk-in is in the register, and where they live."""

from uuid import UUID

from linli.core import crypto
from linli.core.actors import Actor
from linli.places.models import Dwelling
from linli.registry.models import Person, Residency
from linli.rounds.asked import Newcomer
from linli.rounds.models import Round


def registered_person(actor: Actor, round: Round, newcomer: Newcomer) -> UUID | None:
    """Return the person of the register who a walk-in is: known by the identity number."""
    del actor
    if not newcomer.id_number.strip():
        return None
    index = crypto.blind_index("id_number", newcomer.id_number)
    known = Person.objects.filter(community=round.community, id_index=index)
    return known.values_list("id", flat=True).first()


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
