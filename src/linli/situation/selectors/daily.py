"""What happened in a community on a day: the register, its rounds, and the doors that were visited, from stored facts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from linli.core import clock
from linli.core.actors import Actor
from linli.core.ids import first_uuid7_at
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.registry.models import CareNeed, LedgerImport, Person, Residency, SelfReport
from linli.rounds.models import Correction, Outcome, Round, Specimen, Target, Visit
from linli.rounds.rules.account import LEAVING

_UNTIL_NOW = timedelta(days=1)


@dataclass(frozen=True)
class SelfReportsDay:
    """What households said about themselves: given and compared on a day, and still to be compared at its end."""

    given: int
    compared: int
    waiting: int


@dataclass(frozen=True)
class RegisterDay:
    """The register at the end of a day, and what changed in it on that day."""

    people: int
    households: int
    kinds: dict[str, int]
    care_needs: int
    entered: int
    moved_in: int
    moved_within: int
    moved_out: int
    died: int
    imports: int
    self_reports: SelfReportsDay
    needs: tuple[tuple[str, int], ...]
    """Care needs of those who live here and how many have each, as known now, the most frequent first.

    Empty for who may not see people: the words are the office's own."""


@dataclass(frozen=True)
class RoundDay:
    """A round that was under way on a day: how it stood at the day's end, and what was done on the day itself."""

    id: UUID
    name: str
    expected: int
    settled: int
    settled_that_day: int
    specimens: int
    visits: int
    doors: int
    refused: int
    closed_at: datetime | None

    @property
    def outstanding(self) -> int:
        return self.expected - self.settled


@dataclass(frozen=True)
class DailyReport:
    """A community's day."""

    community: int
    day: date
    register: RegisterDay
    rounds: tuple[RoundDay, ...]


@dataclass(frozen=True)
class _Span:
    """A day of the community as moments."""

    start: datetime
    end: datetime


def daily_report(actor: Actor, community: int, day: date) -> DailyReport:
    """Return what happened on a day, for who holds figures_read there. The number of queries grows with the rounds of the day only.

    Serves R233. Drills are not in it. Raises Refused, NotFound.
    """
    start = datetime.combine(day, time(), clock.local_zone())
    span = _Span(start, datetime.combine(day + _UNTIL_NOW, time(), clock.local_zone()))
    with in_community(actor, Right.FIGURES_READ, community):
        rounds = Round.objects.filter(community=community, is_drill=False, t0__lt=span.end)
        under_way = rounds.filter(Q(closed_at=None) | Q(closed_at__gte=span.start)).order_by("t0")
        return DailyReport(
            community, day, _register(actor, community, day, span), tuple(_round(one, span) for one in under_way)
        )


def _register(actor: Actor, community: int, day: date, span: _Span) -> RegisterDay:
    mine = Residency.objects.filter(community=community)
    here = mine.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    began, ended = mine.filter(since=day), mine.filter(until=day)
    elsewhere_before = Residency.objects.filter(community=community, person=OuterRef("person"), until=day).exclude(
        pk=OuterRef("pk")
    )
    new = Person.objects.filter(
        community=community, id__gte=first_uuid7_at(span.start), id__lt=first_uuid7_at(span.end)
    )
    moves = began.filter(Exists(elsewhere_before)).count()
    again = Q(person__id__lt=first_uuid7_at(span.start))
    imports = LedgerImport.objects.filter(community=community, state=LedgerImport.State.IMPORTED)
    needs = CareNeed.objects.filter(community=community, person__in=here.values("person"))
    return RegisterDay(
        people=here.values("person").distinct().count(),
        households=here.values("household").distinct().count(),
        kinds=dict(here.values_list("kind").annotate(Count("id")).order_by("kind")),
        care_needs=needs.values("person").distinct().count(),
        entered=new.count(),
        moved_in=began.filter(again).exclude(Exists(elsewhere_before)).count(),
        moved_within=moves,
        moved_out=max(0, ended.exclude(end_reason="dead").count() - moves),
        died=Person.objects.filter(community=community, died_on=day).count(),
        imports=imports.filter(finished_at__gte=span.start, finished_at__lt=span.end).count(),
        self_reports=_self_reports(community, span),
        needs=tuple(needs.values_list("kind").annotate(people=Count("id")).order_by("-people", "kind"))
        if actor.has(Right.PERSON_SEARCH, community)
        else (),
    )


def _self_reports(community: int, span: _Span) -> SelfReportsDay:
    """Count self-reports; one that a later report replaced before anybody looked was given and waits no more."""
    compared = Q(state__in=(SelfReport.State.CONFIRMED, SelfReport.State.REFUSED))
    still_open = Q(state=SelfReport.State.WAITING) | (compared & Q(looked_at__gte=span.end))
    counts = SelfReport.objects.filter(community=community, given_at__lt=span.end).aggregate(
        given=Count("id", filter=Q(given_at__gte=span.start)),
        compared=Count("id", filter=compared & Q(looked_at__gte=span.start, looked_at__lt=span.end)),
        waiting=Count("id", filter=still_open),
    )
    return SelfReportsDay(**counts)


def _round(round: Round, span: _Span) -> RoundDay:
    known = Q(outcome__isnull=False, outcome_at__lt=span.end)
    left = known & Q(outcome__in=LEAVING)
    stays = known & ~Q(outcome__in=LEAVING)
    joined = Q(joined=Target.Joined.FROZEN) | Q(id__lt=first_uuid7_at(span.end))
    counts = Target.objects.filter(joined, community=round.community, round=round).aggregate(
        expected=Count("id", filter=~left),
        settled=Count("id", filter=stays),
        that_day=Count("id", filter=stays & Q(outcome_at__gte=span.start)),
        refused=Count("id", filter=known & Q(outcome=Outcome.REFUSED)),
    )
    taken_back = Correction.objects.filter(community=round.community, round=round).values("fact")
    specimens = Specimen.objects.filter(community=round.community, round=round, at__gte=span.start, at__lt=span.end)
    visits = Visit.objects.filter(community=round.community, round=round, at__gte=span.start, at__lt=span.end)
    seen = visits.exclude(id__in=taken_back).aggregate(visits=Count("id"), doors=Count("dwelling", distinct=True))
    closed_at = round.closed_at if round.closed_at and round.closed_at < span.end else None
    return RoundDay(
        round.id, round.name, counts["expected"], counts["settled"], counts["that_day"],
        specimens.exclude(id__in=taken_back).count(), seen["visits"], seen["doors"], counts["refused"], closed_at,
    )  # fmt: skip
