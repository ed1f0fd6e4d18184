"""Take in what phones and desks saw."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from linli.core import audit, crypto
from linli.core.actors import Actor
from linli.core.divisions import range_of
from linli.core.errors import NotFound, Refused
from linli.core.rights import RIGHTS_OF, Right
from linli.core.scope import scope_of
from linli.rounds.asked import AnyFact, Receipt, VisitFact
from linli.rounds.errors import TooManyFacts
from linli.rounds.intake import KINDS, Batch, content_of, days_of, stored_contents, things_named
from linli.rounds.models import RefusedFact, Round
from linli.rounds.partitions import ensure_partitions
from linli.rounds.rules.fact import Answer, Taking
from linli.rounds.scope import hold_open
from linli.rounds.settling import lock_targets, settle

FACTS_AT_MOST = 10_000
_RECORDING = frozenset({Right.FACT_RECORD, Right.SWEEP_RECORD})


def record_facts(actor: Actor, round_id: UUID, facts: Sequence[AnyFact]) -> list[Receipt]:
    """Store a batch of facts and settle the targets they are about; return one receipt a fact, in their order.

    For arrivals fact_record, for visits sweep_record, for specimens either. One transaction, one audit entry, a fixed
    number of queries. Sending a fact again gives `duplicate`. What cannot be taken is kept as a refused fact with its
    reason and counted; nothing is dropped (`rules.fact` is the table). Facts for a closed round are stored late and
    change nothing of it. Serves R106, R107 (waits are measured), R120, R124, R132.

    Raises Refused, NotFound, TooManyFacts.
    """
    if len(facts) > FACTS_AT_MOST:
        raise TooManyFacts(most=FACTS_AT_MOST)
    with scope_of(_ranges(actor)):
        hold_open(round_id)
        round = Round.objects.select_related("rule_pack").filter(pk=round_id).first()
        if round is None:
            raise NotFound
        with scope_of(((round.community, round.community + 1),)):
            return _record(actor, round, facts)


def _ranges(actor: Actor) -> tuple[tuple[int, int], ...]:
    """Return where the actor may record or might once: what was seen while the right was valid is taken later."""
    ranges = {range_of(held.division) for held in actor.held if _RECORDING & RIGHTS_OF[held.role]}
    if not ranges:
        raise Refused
    return tuple(sorted(ranges))


def _record(actor: Actor, round: Round, facts: Sequence[AnyFact]) -> list[Receipt]:
    ensure_partitions(days_of(round, facts))
    named = {fact.target for fact in facts if fact.target}
    targets = lock_targets(round, named)
    batch = Batch(round, actor, things_named(round, facts, targets))
    for fact in facts:
        batch.judge(fact)
    _store(batch)
    takings = _verified(batch)
    if not round.is_closed:
        settle(round, _touched(takings), round.rule_pack.reading())
    _keep_refused(actor, round, takings)
    _record_audit(actor, round, takings)
    return [Receipt(fact.id, str(taking.answer), taking.code) for fact, taking in takings]


def _store(batch: Batch) -> None:
    for model, rows in batch.rows().items():
        model.objects.bulk_create(rows, ignore_conflicts=True)


def _verified(batch: Batch) -> list[tuple[AnyFact, Taking]]:
    """Read back what was stored: an id under which somebody else stored something else is refused instead of lost."""
    new = [fact for fact, taking in batch.takings if taking.answer is Answer.STORED]
    stored = stored_contents(batch.round, new)
    lost = Taking(Answer.REFUSED, "id_reused")
    return [
        (fact, lost if taking.answer is Answer.STORED and stored.get(fact.id) != content_of(fact) else taking)
        for fact, taking in batch.takings
    ]


def _touched(takings: Sequence[tuple[AnyFact, Taking]]) -> set[UUID]:
    stored = (fact for fact, taking in takings if taking.answer is Answer.STORED)
    return {fact.target for fact in stored if fact.target}


def _keep_refused(actor: Actor, round: Round, takings: Sequence[tuple[AnyFact, Taking]]) -> None:
    refused = {(fact.id, taking.code): fact for fact, taking in takings if taking.answer is Answer.REFUSED}
    if not refused:
        return
    kept = RefusedFact.objects.filter(community=round.community, fact_id__in={id for id, _ in refused})
    known = set(kept.values_list("fact_id", "code"))
    RefusedFact.objects.bulk_create(
        RefusedFact(
            community=round.community,
            round_id_sent=round.pk,
            fact_id=fact.id,
            kind=KINDS[type(fact)],
            payload=crypto.seal(json.dumps(asdict(fact), cls=DjangoJSONEncoder, ensure_ascii=False)),
            code=code,
            sent_by=actor.name,
        )
        for (id, code), fact in refused.items()
        if (id, code) not in known
    )


def _record_audit(actor: Actor, round: Round, takings: Sequence[tuple[AnyFact, Taking]]) -> None:
    visits = any(isinstance(fact, VisitFact) for fact, _ in takings)
    counts: dict[str, Any] = dict(Counter(f"{KINDS[type(fact)]} {taking.answer}" for fact, taking in takings))
    audit.record(
        actor,
        "record_facts",
        community=round.community,
        right=Right.SWEEP_RECORD if visits else Right.FACT_RECORD,
        object_type="round",
        object_id=round.pk,
        after=counts,
    )
