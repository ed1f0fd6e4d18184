"""Find and register a household at a sampling desk."""

from collections.abc import Sequence
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_site
from linli.rounds.asked import ArrivalFact, AtDesk, Receipt, SpecimenFact
from linli.rounds.corrections import taken_back
from linli.rounds.meant import meaning_of
from linli.rounds.models import Arrival, Site
from linli.rounds.scope import in_round
from linli.rounds.selectors.desk import Found, households_meant
from linli.rounds.services.recording import record_facts


def find_households(actor: Actor, round_id: UUID, words: str) -> Found:
    """Return the households that a desk may mean by a slip, a door, a name, or a number, whole or its last four.

    For who holds person_search there. That a number was looked up is written down by the register; no audit entry of its
    own. Raises Refused, NotFound, TooManyNumbers.
    """
    with in_round(actor, round_id, Right.PERSON_SEARCH) as round:
        meaning = meaning_of(actor, round.community, words)
    return Found(wrong=meaning.wrong) if meaning.wrong else households_meant(actor, round_id, meaning)


def register_at_desk(actor: Actor, round_id: UUID, registered: AtDesk) -> list[Receipt]:
    """Store a specimen of each person of a household who stands at a desk, and return one receipt a person.

    For who records at sites (fact_record). Who was not entered in the queue gets an arrival, marked as entered at the
    desk. The desk's time with the household is shared out among its people, so that its hours add up. Ids and times were
    made in the browser: sending the same again stores nothing again. Facts and audit entry are those of `record_facts`.
    Raises Refused, NotFound. Serves R98 (who registers), R106, R107 (waits are measured, never made up).
    """
    with scoped(actor, Right.FACT_RECORD):
        site = access_site(actor, registered.site, right=Right.FACT_RECORD)
        if site.round_id != round_id:
            raise NotFound
        queued = _queued(site, [person.target for person in registered.people])
        specimens = _specimens(registered)
        arrivals = [
            ArrivalFact(person.arrival, registered.opened, person.target, registered.site, at_desk=True)
            for person in registered.people
            if person.target not in queued
        ]
        receipts = record_facts(actor, round_id, [*arrivals, *specimens])
    return receipts[len(arrivals) :]


def _queued(site: Site, targets: Sequence[UUID]) -> set[UUID]:
    """Return who of these was entered in the queue of the site before."""
    came = Arrival.objects.filter(community=site.community, site=site, target__in=targets)
    return set(came.exclude(pk__in=taken_back(site.round)).values_list("target_id", flat=True))


def _specimens(registered: AtDesk) -> list[SpecimenFact]:
    share = (registered.pressed - registered.opened) / max(len(registered.people), 1)
    return [
        SpecimenFact(
            person.specimen,
            registered.opened + share * number,
            registered.opened + share * (number + 1),
            person.target,
            registered.site,
            registered.desk,
        )
        for number, person in enumerate(registered.people)
    ]
