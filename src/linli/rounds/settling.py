"""Settle targets: read all that is known of them, decide, write. Used by the services, inside their transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from linli.orders.rules import RulePackRules
from linli.rounds.corrections import taken_back
from linli.rounds.models import Arrival, Round, Specimen, Statement, Target, Visit
from linli.rounds.rules.fact import counts_at, is_before_the_round
from linli.rounds.rules.outcome import Evidence, Known, Verdict, Word, decide_outcome

_UPDATE = """
update rounds_target t
set outcome = v.outcome, outcome_at = v.at, evidence = v.evidence, evidence_id = v.evidence_id,
    outcome_reason = v.reason, visits = v.visits,
    home_sampling_asked_at = v.asked
from unnest(%s::bigint[], %s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::uuid[], %s::text[], %s::int[], %s::timestamptz[])
    as v (community, id, outcome, at, evidence, evidence_id, reason, visits, asked)
where t.community = v.community and t.id = v.id
"""

_ON_PAPER = (Evidence.LEDGER, Evidence.REGISTER)


def lock_targets(round: Round, targets: Collection[UUID]) -> set[UUID]:
    """Lock these targets of the round and those they were merged into, in one order for everybody; return which exist."""
    mine = Target.objects.filter(community=round.community, round=round)
    both = set(targets) | _merged_into(round, targets)
    found = mine.filter(pk__in=both).order_by("id").select_for_update(no_key=True).values_list("id", flat=True)
    return set(found) & set(targets)


def _merged_into(round: Round, targets: Collection[UUID]) -> set[UUID]:
    rows = Target.objects.filter(community=round.community, pk__in=targets, merged_into__isnull=False)
    return set(rows.values_list("merged_into_id", flat=True))


def settle(round: Round, targets: Collection[UUID], rules: RulePackRules) -> Mapping[UUID, Verdict]:
    """Decide what becomes of locked targets from everything stored about them, write it, and return it.

    Of a target that was merged the one that counts instead is decided anew too.
    """
    both = set(targets) | _merged_into(round, targets)
    known = known_of(round, both)
    verdicts = {target: decide_outcome(known[target], rules) for target in both}
    if verdicts:
        _write(round.community, verdicts)
    return verdicts


def known_of(round: Round, targets: Collection[UUID]) -> Mapping[UUID, list[Known]]:
    """Return everything known of these targets, each at the moment at which it counts.

    What somebody saw or stated of a target that was merged is known of the one that counts instead too.
    """
    merged = Target.objects.filter(community=round.community, merged_into__in=targets)
    counts_for = dict(merged.values_list("id", "merged_into_id"))
    known = _told(round, {*targets, *counts_for})
    for target, instead in counts_for.items():
        known[instead].extend(each for each in known[target] if each.evidence not in _ON_PAPER)
    return known


def _told(round: Round, targets: Collection[UUID]) -> dict[UUID, list[Known]]:
    known: dict[UUID, list[Known]] = defaultdict(list)
    about = {"community": round.community, "target__in": targets}
    clocks = ("id", "at", "received_at", "doubtful_clock")
    specimens, arrivals = (
        model.objects.filter(**about).exclude(pk__in=taken_back(round)) for model in (Specimen, Arrival)
    )
    for target, site, *fact in specimens.values_list("target_id", "site_id", *clocks):
        known[target].extend(_counted(round, Word.DONE, _evidence_of_specimen(site), *fact))
    for target, *fact in arrivals.values_list("target_id", *clocks):
        known[target].extend(_counted(round, Word.CAME, None, *fact))
    visits = Visit.objects.filter(**about).exclude(pk__in=taken_back(round))
    for target, result, *fact in visits.values_list("target_id", "result", *clocks):
        known[target].extend(_counted(round, Word(result), Evidence.VISIT, *fact))
    columns = ("target_id", "at", "id", "outcome", "asks_home_sampling", "evidence", "reason")
    for target, at, id, outcome, asks, evidence, reason in Statement.objects.filter(**about).values_list(*columns):
        word = Word.CANNOT_COME if asks else Word(outcome or Word.BACK)
        word = Word.MERGED if evidence in _ON_PAPER and reason == Word.MERGED else word
        known[target].append(Known(at, id, word, Evidence(evidence), reason))
    return known


def _counted(
    round: Round,
    word: Word,
    evidence: Evidence | None,
    id: UUID,
    at: datetime,
    received_at: datetime,
    is_doubtful: bool,
) -> list[Known]:
    """Return a fact as known at the moment at which it counts, or nothing when it is no evidence for this round."""
    if is_before_the_round(at, round.ordered_at) and word is not Word.CANNOT_COME:
        return []
    return [Known(counts_at(at, received_at, is_doubtful=is_doubtful, is_drill=round.is_drill), id, word, evidence)]


def _evidence_of_specimen(site: UUID | None) -> Evidence:
    return Evidence.HOME_SPECIMEN if site is None else Evidence.SPECIMEN


def _write(community: int, verdicts: Mapping[UUID, Verdict]) -> None:
    rows = [(community, *_row(target, verdict)) for target, verdict in sorted(verdicts.items())]
    columns: Iterable[tuple[object, ...]] = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [list(column) for column in columns])


def _row(target: UUID, verdict: Verdict) -> tuple[object, ...]:
    by = verdict.by if verdict.outcome else None
    at: datetime | None = by.at if by else None
    reason = (by.because if by else "") or verdict.reason
    return (
        target,
        verdict.outcome and str(verdict.outcome),
        at,
        str(by.evidence) if by else "",
        by.id if by else None,
        reason,
        verdict.visits,
        verdict.home_sampling_asked_at,
    )
