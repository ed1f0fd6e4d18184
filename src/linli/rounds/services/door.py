"""What a team found at a door, stored as one act."""

from collections.abc import Iterator
from uuid import UUID

from linli.core.actors import Actor
from linli.rounds.asked import AnyFact, AtDoor, Receipt, SpecimenFact, VisitFact
from linli.rounds.models import Visit
from linli.rounds.services.recording import record_facts


def record_at_door(actor: Actor, round_id: UUID, found: AtDoor) -> list[Receipt]:
    """Store what a team found at a door: a visit for each person, and a specimen for who was tested there.

    For who records at doors (sweep_record). All of it is stored together, and once: sent again, nothing is added. What
    cannot be taken is kept as refused, with its reason in the receipt. Serves R116, R120, R124, R132.

    Raises Refused, NotFound, TooManyFacts.
    """
    return record_facts(actor, round_id, list(_facts(found)))


def _facts(found: AtDoor) -> Iterator[AnyFact]:
    said = {"at": found.at, "dwelling": found.dwelling, "result": found.result, "team": found.team, "note": found.note}
    if not found.people:
        yield VisitFact(id=found.nobody, **said)  # type: ignore[arg-type]  # one keyword each, as named above
    for person in found.people:
        yield VisitFact(id=person.visit, target=person.target, **said)  # type: ignore[arg-type]
        if found.result == Visit.Result.DONE:
            yield SpecimenFact(person.specimen, found.at, found.at, person.target)
