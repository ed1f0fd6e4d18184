"""Take back what was entered by mistake."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.rounds.models import Arrival, Correction, Round, Specimen, Visit
from linli.rounds.scope import in_open_round
from linli.rounds.settling import lock_targets, settle


def take_back_facts(actor: Actor, round_id: UUID, facts: Collection[UUID]) -> set[UUID]:
    """Take back arrivals and specimens that the actor recorded, and return the targets they were about.

    For who records at sites (fact_record), while the round is open. What somebody else recorded is passed over, as what
    does not exist; nothing left to take back is NotFound. The facts stay stored: the correction beside them says that
    they are evidence no more, and their targets are settled anew. Taking back again changes nothing. Writes corrections,
    targets and one audit entry. Raises Refused, NotFound, RoundClosed. Serves R116 (an outcome stands on evidence).
    """
    return _take_back(actor, round_id, facts, (Arrival, Specimen), Right.FACT_RECORD)


def take_back_at_door(actor: Actor, round_id: UUID, facts: Collection[UUID]) -> set[UUID]:
    """Take back visits, and specimens taken at the door, that the actor recorded; return the targets they were about.

    For who records at doors (sweep_record); all else is as with `take_back_facts`.
    """
    return _take_back(actor, round_id, facts, (Visit, Specimen), Right.SWEEP_RECORD)


def _take_back(
    actor: Actor, round_id: UUID, facts: Collection[UUID], kinds: tuple[type[Any], ...], right: Right
) -> set[UUID]:
    with in_open_round(actor, round_id, right) as round:
        about = _recorded(actor, round, facts, kinds)
        targets = lock_targets(round, set(about.values()))
        Correction.objects.bulk_create(_corrections(actor, round, about), ignore_conflicts=True)
        settle(round, targets, round.rule_pack.reading())
        _record(actor, round, about, right)
    return targets


def _recorded(actor: Actor, round: Round, facts: Collection[UUID], kinds: tuple[type[Any], ...]) -> dict[UUID, UUID]:
    """Return the target of each of these facts that the actor recorded in this round. Raises NotFound without any."""
    about: dict[UUID, UUID] = {}
    for model in kinds:
        own = model.objects.filter(community=round.community, round=round, recorded_by=actor.name, pk__in=facts)
        about |= dict(own.exclude(target=None).values_list("id", "target_id"))
    if not about:
        raise NotFound
    return about


def _corrections(actor: Actor, round: Round, about: dict[UUID, UUID]) -> list[Correction]:
    return [
        Correction(community=round.community, round=round, target_id=target, fact=fact, corrected_by=actor.name)
        for fact, target in sorted(about.items())
    ]


def _record(actor: Actor, round: Round, about: dict[UUID, UUID], right: Right) -> None:
    audit.record(
        actor,
        "take_back_facts",
        community=round.community,
        right=right,
        object_type="round",
        object_id=round.pk,
        after={"facts": sorted(str(fact) for fact in about)},
    )
