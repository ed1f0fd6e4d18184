"""Judge a batch of uploaded facts and turn those that are taken into rows: constant queries for any number of facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.core import clock
from linli.core.actors import Actor
from linli.core.divisions import range_of
from linli.core.ids import uuid7_time
from linli.core.rights import RIGHTS_OF, Right
from linli.places.models import Dwelling
from linli.rounds.asked import AnyFact, ArrivalFact, SpecimenFact, VisitFact
from linli.rounds.models import Arrival, Round, Site, Specimen, SweepTeam, Visit
from linli.rounds.rules.fact import (
    Answer,
    Circumstances,
    Taking,
    clock_is_doubtful,
    decide_fact,
    is_before_the_round,
)

DESKS_AT_MOST = 999
NOTE_AT_MOST = 200
Row = Arrival | Specimen | Visit

MODELS: Mapping[type[Any], type[Any]] = {ArrivalFact: Arrival, SpecimenFact: Specimen, VisitFact: Visit}
KINDS: Mapping[type[Any], str] = {ArrivalFact: "arrival", SpecimenFact: "specimen", VisitFact: "visit"}
MAY_RECORD: Mapping[type[Any], frozenset[Right]] = {
    ArrivalFact: frozenset({Right.FACT_RECORD}),
    SpecimenFact: frozenset({Right.FACT_RECORD, Right.SWEEP_RECORD}),
    VisitFact: frozenset({Right.SWEEP_RECORD}),
}
"""Any of these rights is enough; sweep teams take specimens at the door."""

_CONTENT: Mapping[type[Any], tuple[str, ...]] = {
    ArrivalFact: ("at", "target_id", "site_id"),
    SpecimenFact: ("at", "finished_at", "target_id", "site_id", "desk"),
    VisitFact: ("at", "dwelling_id", "target_id", "result"),
}
"""What makes two facts under one id the same."""


@dataclass(frozen=True)
class Things:
    """What the facts of a batch name, as far as the round has it."""

    targets: frozenset[UUID]
    sites: frozenset[UUID]
    teams: frozenset[UUID]
    dwellings: frozenset[UUID]
    stored: Mapping[UUID, tuple[Any, ...]]
    """Content of facts that are stored already, by id."""


@dataclass
class Batch:
    """Facts of one upload on their way."""

    round: Round
    actor: Actor
    things: Things
    received_at: datetime = field(default_factory=clock.now)
    takings: list[tuple[AnyFact, Taking]] = field(default_factory=list)
    _seen: dict[UUID, tuple[Any, ...]] = field(default_factory=dict)

    def judge(self, fact: AnyFact) -> None:
        """Decide about one fact; a repeat within the batch is a duplicate of its first."""
        content = content_of(fact)
        before = self.things.stored.get(fact.id, self._seen.get(fact.id))
        wrong = wrong_with(fact, self.things)
        taking = decide_fact(
            Circumstances(
                wrong=wrong,
                stored_same=before is not None and before == content,
                stored_other=before is not None and before != content,
                right_now=holds(self.actor, fact, self.round.community, self.received_at),
                right_then=not wrong and holds(self.actor, fact, self.round.community, fact.at),
                round_closed=self.round.is_closed,
                before_round=not wrong and is_before_the_round(fact.at, self.round.ordered_at),
                doubtful_clock=not wrong and self._doubtful(fact),
            )
        )
        if taking.answer is Answer.STORED:
            self._seen[fact.id] = content
        self.takings.append((fact, taking))

    def _doubtful(self, fact: AnyFact) -> bool:
        before = is_before_the_round(fact.at, self.round.ordered_at)
        return before or _clock_is_doubtful(self.round, fact, self.received_at)

    def rows(self) -> Mapping[type[Any], list[Row]]:
        """Return the rows to store, by model."""
        rows: dict[type[Any], list[Row]] = {}
        for fact, taking in self.takings:
            if taking.answer is Answer.STORED:
                rows.setdefault(MODELS[type(fact)], []).append(self._row(fact, taking))
        return rows

    def _row(self, fact: AnyFact, taking: Taking) -> Row:
        common = {
            "id": fact.id,
            "community": self.round.community,
            "round": self.round,
            "recorded_by": self.actor.name,
            "received_at": self.received_at,
            "late": taking.late,
            "doubtful_clock": self._doubtful(fact),
        }
        row: Row = MODELS[type(fact)](**common, **dict(zip(_CONTENT[type(fact)], content_of(fact), strict=True)))
        if isinstance(fact, VisitFact) and isinstance(row, Visit):
            row.team_id, row.note = fact.team, fact.note
        if isinstance(fact, ArrivalFact) and isinstance(row, Arrival):
            row.at_desk = fact.at_desk
        return row


def days_of(round: Round, facts: Iterable[AnyFact]) -> set[date]:
    """Return the days (UTC) inside the ids of facts whose clocks can be believed: those get partitions of their own."""
    now = clock.now()
    usable = (fact for fact in facts if fact.id.version == 7 and not _without_zone(fact))
    return {uuid7_time(fact.id).date() for fact in usable if not _clock_is_doubtful(round, fact, now)}


def _clock_is_doubtful(round: Round, fact: AnyFact, received_at: datetime) -> bool:
    """Compare a fact's clocks, with that of the server only in a live round: a drill plays on a day of its own."""
    return clock_is_doubtful(uuid7_time(fact.id), *_times(fact), *(() if round.is_drill else (received_at,)))


def things_named(round: Round, facts: Sequence[AnyFact], targets: Iterable[UUID]) -> Things:
    """Look up everything the facts name, in a fixed number of queries; `targets` are those that exist."""
    mine = {"community": round.community, "round": round}
    sites = {fact.site for fact in facts if not isinstance(fact, VisitFact) and fact.site}
    teams = {fact.team for fact in facts if isinstance(fact, VisitFact) and fact.team}
    doors = {fact.dwelling for fact in facts if isinstance(fact, VisitFact)}
    return Things(
        targets=frozenset(targets),
        sites=frozenset(Site.objects.filter(**mine, pk__in=sites).values_list("id", flat=True)),
        teams=frozenset(SweepTeam.objects.filter(**mine, pk__in=teams).values_list("id", flat=True)),
        dwellings=frozenset(
            Dwelling.objects.filter(community=round.community, pk__in=doors).values_list("id", flat=True)
        ),
        stored=stored_contents(round, facts),
    )


def stored_contents(round: Round, facts: Sequence[AnyFact]) -> dict[UUID, tuple[Any, ...]]:
    """Return the content of those facts whose id is stored in this community."""
    stored: dict[UUID, tuple[Any, ...]] = {}
    for kind, model in MODELS.items():
        ids = [fact.id for fact in facts if isinstance(fact, kind)]
        rows = model.objects.filter(community=round.community, pk__in=ids)
        for id, of_round, *content in rows.values_list("id", "round_id", *_CONTENT[kind]):
            stored[id] = tuple(content) if of_round == round.pk else ()
    return stored


def content_of(fact: AnyFact) -> tuple[Any, ...]:
    """Return a fact's content in the order in which it is stored."""
    names = (name.removesuffix("_id") for name in _CONTENT[type(fact)])
    return tuple(getattr(fact, name) for name in names)


def wrong_with(fact: AnyFact, things: Things) -> str:
    """Return the code of the first thing wrong with a fact, or an empty text."""
    return next((code for code, is_wrong in _WRONG if is_wrong(fact, things)), "")


def _without_zone(fact: AnyFact, _things: Things | None = None) -> bool:
    return any(time.utcoffset() is None for time in _times(fact))


def _times(fact: AnyFact) -> tuple[datetime, ...]:
    return (fact.at, fact.finished_at) if isinstance(fact, SpecimenFact) else (fact.at,)


def _unusable_text(fact: AnyFact, _things: Things) -> bool:
    return isinstance(fact, VisitFact) and (len(fact.note) > NOTE_AT_MOST or "\0" in fact.note)


def _unknown_site(fact: AnyFact, things: Things) -> bool:
    if isinstance(fact, VisitFact):
        return False
    return fact.site not in things.sites if fact.site or isinstance(fact, ArrivalFact) else False


def _unknown_desk(fact: AnyFact, _things: Things) -> bool:
    return isinstance(fact, SpecimenFact) and fact.desk is not None and not 1 <= fact.desk <= DESKS_AT_MOST


_WRONG: Sequence[tuple[str, Callable[[AnyFact, Things], bool]]] = (
    ("id_not_uuid7", lambda fact, _: fact.id.version != 7),
    ("time_without_zone", _without_zone),
    ("ends_before_it_begins", lambda fact, _: isinstance(fact, SpecimenFact) and fact.finished_at < fact.at),
    ("text_unusable", _unusable_text),
    ("unknown_result", lambda fact, _: isinstance(fact, VisitFact) and fact.result not in Visit.Result.values),
    ("unknown_target", lambda fact, things: fact.target is not None and fact.target not in things.targets),
    ("unknown_site", _unknown_site),
    ("unknown_desk", _unknown_desk),
    ("unknown_door", lambda fact, things: isinstance(fact, VisitFact) and fact.dwelling not in things.dwellings),
    (
        "unknown_team",
        lambda fact, things: isinstance(fact, VisitFact) and fact.team is not None and fact.team not in things.teams,
    ),
)
"""The rows of `rules.fact` about the fact itself and what it names, in their order."""


def holds(actor: Actor, fact: AnyFact, community: int, at: datetime) -> bool:
    """Tell whether the actor held a right to record this kind of fact at that moment."""
    return any(
        low <= community < high
        for held in actor.held
        if MAY_RECORD[type(fact)] & RIGHTS_OF[held.role] and (held.ends_at is None or at < held.ends_at)
        for low, high in [range_of(held.division)]
    )
