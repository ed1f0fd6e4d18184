"""The wall of a sub-district, district or city: a fixed number of queries, one row read for each round, no target."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.divisions import EVERYWHERE, Level, level_of, parent_of, range_of
from linli.core.rights import Right
from linli.core.scope import scope_of, within
from linli.places.models import Division
from linli.rounds.models import Round, RoundFigures
from linli.situation.access import access_division
from linli.situation.wall import Part, RoundSeen, hourly_sum, part_of

CLOSED_SHOWN_FOR = timedelta(days=1)
DAY = timedelta(days=1)

_OF_FIGURES = (
    "community", "counted_at", "as_of", "total", "outstanding", "paced", "waiting", "waiting_since", "reported_at",
)  # fmt: skip
_OF_ROUND = ("name", "is_drill", "ordered_at", "deadline", "closed_at")


@dataclass(frozen=True)
class Wall:
    """Everything a wall shows. `day` are the specimens of its live rounds by hour, `ordered_at` when the first was ordered."""

    code: int
    name: str
    as_of: datetime
    communities: int
    live: Part
    drills: Part
    day: tuple[tuple[datetime, int], ...]
    ordered_at: datetime | None

    @property
    def shows_rounds(self) -> bool:
        """Whether its rows are the rounds of communities, rather than divisions."""
        return level_of(self.code) is Level.SUBDISTRICT


def wall_of(actor: Actor, division: int) -> Wall:
    """Return the wall of a division above communities (figures_read in all of it). Two queries. Raises NotFound.

    Rounds that are open, and those closed in the last day; figures only.
    """
    access_division(actor, division, right=Right.FIGURES_READ)
    now = clock.now()
    names = _names(division)
    with scope_of((range_of(division),)):
        of_round = [f"round__{name}" for name in (*_OF_ROUND, "state")]
        rounds = [_seen(row) for row in _shown(now).values("round_id", "hourly", *_OF_FIGURES, *of_round)]
    live = [each for each in rounds if not each.is_drill]
    return Wall(
        code=division,
        name=names.get(division, ""),
        as_of=now,
        communities=sum(bool(code) and level_of(code) is Level.COMMUNITY for code in names),
        live=part_of(division, names, rounds, now, drills=False),
        drills=part_of(division, names, rounds, now, drills=True),
        day=hourly_sum(live, now - DAY),
        ordered_at=min((each.ordered_at for each in live if each.ordered_at > now - DAY), default=None),
    )


def wall_version(actor: Actor, division: int) -> str:
    """Return a text that changes whenever a wall may have: with each count, and each minute. Raises NotFound."""
    access_division(actor, division, right=Right.FIGURES_READ)
    now = clock.now()
    with scope_of((range_of(division),)):
        found = _shown(now).aggregate(last=Max("counted_at"), rounds=Count("pk"))
    last = found["last"].timestamp() if found["last"] else 0
    return f"{division}-{found['rounds']}-{last}-{int(now.timestamp()) // 60}"


def walls_of(actor: Actor) -> list[tuple[int, str]]:
    """Return the divisions above communities in all of which an actor reads figures, by code, each with its name."""
    held = {each.division for each in actor.present if Right.FIGURES_READ in each.rights}
    wide = {code for code in held if level_of(code) is not Level.COMMUNITY}
    names = dict(Division.objects.filter(code__in=wide).values_list("code", "name"))
    return [(code, names.get(code, "" if code == EVERYWHERE else str(code))) for code in sorted(wide)]


def walls_above(actor: Actor, division: int) -> list[tuple[int, str]]:
    """Return the divisions above one whose walls the actor may open, the widest first."""
    above = []
    code = parent_of(division) if division else None
    while code is not None and actor.has_all(Right.FIGURES_READ, code):
        above.append(code)
        code = parent_of(code)
    names = dict(Division.objects.filter(code__in=above).values_list("code", "name"))
    return [(code, names.get(code, str(code))) for code in reversed(above)]


def _names(division: int) -> dict[int, str]:
    return dict(Division.objects.filter(within((range_of(division),), "code")).values_list("code", "name"))


def _shown(now: datetime) -> QuerySet[RoundFigures]:
    """Return the figures of the rounds in scope that a wall shows; a drill ends by its own clock, so its count says when."""
    lately = Q(counted_at__gt=now - CLOSED_SHOWN_FOR)
    shown: QuerySet[RoundFigures] = RoundFigures.objects.filter(Q(round__state=Round.State.OPEN) | lately)
    return shown


def _seen(row: dict[str, Any]) -> RoundSeen:
    return RoundSeen(
        id=row["round_id"],
        is_closed=row["round__state"] != Round.State.OPEN,
        hourly=tuple((datetime.fromisoformat(hour), count) for hour, count in row["hourly"]),
        **{name: row[name] for name in _OF_FIGURES},
        **{name: row[f"round__{name}"] for name in _OF_ROUND},
    )
