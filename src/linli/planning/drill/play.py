"""Play a drill: upload a day's batches through the services of rounds under the drill's clock.

Killed at any point and called again, it plays the same day: what is stored already is answered as a duplicate.
"""

import math
import os
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError

from linli.core import accounts, clock, jobs
from linli.core.actors import system_actor
from linli.core.errors import LinliError
from linli.core.models import Work
from linli.core.scope import scope_of
from linli.places.models import Building
from linli.planning.drill.acts import Batch, Cast, batches_of, sweep_lists
from linli.planning.drill.day import script_of
from linli.planning.drill.report import report_of
from linli.planning.drill.turn import turn
from linli.planning.drill.work import give_up_round, round_id_of, told_of
from linli.planning.microplan import Asked, draft_plan
from linli.planning.people import Home, members_of
from linli.planning.selectors import homes_at_t0, homes_to_call, latest_plan, venues_of
from linli.planning.services import plan_round
from linli.planning.wording import BY_PHONE, DRILL_NEWCOMER, DRILL_ROUND, TEAM, stored
from linli.rounds.access import access_round
from linli.rounds.asked import NewRound, Receipt
from linli.rounds.models import Round
from linli.rounds.services import (
    add_newcomer,
    close_round,
    mark_mobilised,
    open_round,
    record_facts,
    start_sweep,
    state_outcome,
)
from linli_engine.drill import Script

STEP_MINUTES = 20.0
"""Simulated minutes in one upload of a drill that plays as fast as it can."""

ROUND_LASTS = timedelta(hours=18)
"""From the order to the deadline: everybody is accounted for by midnight."""

AfterBatch = Callable[[Batch], object]


class Stopped(Exception):
    """Somebody asked the drill to stop."""


class Pace:
    """How the drill's clock runs against the real one."""

    def __init__(self, speed: float | None, from_minute: float) -> None:
        self.speed, self.from_minute = speed, from_minute
        self.started = time.monotonic()

    @property
    def step_minutes(self) -> float:
        """Simulated minutes in one upload: about a second's worth when people watch."""
        return STEP_MINUTES if self.speed is None else min(STEP_MINUTES, self.speed / 60)

    def wait_for(self, minute: float) -> None:
        """Wait until the drill's clock shows a minute."""
        if self.speed is not None:
            due = self.started + (minute - self.from_minute) * 60 / self.speed
            time.sleep(max(0.0, due - time.monotonic()))


def scope_of_community(community: int) -> AbstractContextManager[None]:
    """Open a transaction that sees one community."""
    return scope_of(((community, community + 1),))


def note_down(journal: Path, receipts: Sequence[Receipt]) -> None:
    """Append the ids that the server has acknowledged to a file, and see them safely on the disk."""
    with journal.open("a", encoding="ascii") as file:
        file.writelines(f"{receipt.id}\n" for receipt in receipts if receipt.answer != "refused")
        file.flush()
        os.fsync(file.fileno())


def play_drill(community: int, work_id: UUID, *, after_batch: AfterBatch | None = None) -> Work:
    """Play a drill to its end, or from where it was cut off, and return its work with the report.

    Does nothing when it has ended or somebody else is playing. A refusal by a service ends it as failed.
    """
    with turn(community) as mine:
        work = _work(community, work_id)
        if mine and work.state in (Work.State.WAITING, Work.State.RUNNING):
            try:
                _finish(work, *_play(work, after_batch))
            except Stopped:
                give_up_round(system_actor(community), work)
    return _work(community, work_id)


def _play(work: Work, after_batch: AfterBatch | None) -> tuple[dict[str, Any] | None, dict[str, str] | None]:
    try:
        return _Player(work, after_batch).play(), None
    except LinliError as error:
        return None, error.as_dict()
    except (OperationalError, InterfaceError, Stopped):
        raise
    except Exception:
        _finish(work, None, LinliError(code="unexpected").as_dict())
        raise


def _work(community: int, work_id: UUID) -> Work:
    with scope_of_community(community):
        work: Work = Work.objects.get(pk=work_id)
    return work


def _finish(work: Work, result: dict[str, Any] | None, error: dict[str, str] | None) -> None:
    with scope_of_community(work.community):
        jobs.finish(work.pk, result=result, error=error)
        if error:
            give_up_round(system_actor(work.community), work)


@dataclass(frozen=True)
class _Day:
    """The day that is played."""

    script: Script
    cast: Cast
    homes: tuple[Home, ...]

    @property
    def minutes(self) -> int:
        """Minutes from the order to the end."""
        return math.ceil(self.script.timeline.closed)


class _Player:
    """One run of a drill, up to its end or to where it is cut off."""

    def __init__(self, work: Work, after_batch: AfterBatch | None) -> None:
        self.work, self.after_batch = work, after_batch
        self.actor = accounts.job_actor(work.asked_by, work.community)
        self.told, self.round_id = told_of(work), round_id_of(work)
        self.pace = Pace(self.told.speed, work.done)

    def play(self) -> dict[str, Any]:
        """Open, plan, play and close the round, each unless it is done already, and return the report."""
        round = self._open()
        if round.state == Round.State.OPEN:
            self._play_day(self._write_day(round))
        with scope_of_community(self.work.community):
            return report_of(access_round(self.actor, self.round_id), self.told)

    def _open(self) -> Round:
        ordered_at = self.told.ordered_at
        new = NewRound(
            name=stored(DRILL_ROUND, seed=self.told.seed),
            deadline=ordered_at + ROUND_LASTS,
            t0=ordered_at,
            is_drill=True,
            settings={"seed": self.told.seed, "planned": self.told.planned, "work": str(self.work.pk)},
            id=self.round_id,
        )
        with clock.frozen(ordered_at):
            round = open_round(self.actor, self.work.community, new)
            if round.state == Round.State.OPEN and latest_plan(self.actor, self.round_id) is None:
                plan_round(self.actor, self.round_id, calling=self.told.planned)
        return round

    def _write_day(self, round: Round) -> _Day:
        """Write the day from the round as it was at T0, so that it is the same whenever it is written."""
        homes, rules = homes_at_t0(self.actor, self.round_id), round.rule_pack.reading()
        plan = latest_plan(self.actor, self.round_id)
        assert plan is not None
        asked = Asked.from_json(plan.asked)
        draft = draft_plan(homes, venues_of(self.actor, self.round_id), rules, asked, self.round_id)
        opens_minute = (asked.opens_at - round.ordered_at) / timedelta(minutes=1)
        script = script_of(
            homes, draft.plan, rules, opens_minute=opens_minute, seed=self.told.seed, planned=self.told.planned
        )
        cast = Cast(
            self.round_id, round.ordered_at, {member.key: member.row for member in members_of(homes)}, draft.site_ids,
            lambda number: stored(DRILL_NEWCOMER, number=number),
        )  # fmt: skip
        return _Day(script, cast, homes)

    def _play_day(self, day: _Day) -> None:
        with scope_of_community(self.work.community):
            if jobs.start(self.work.pk, day.minutes).state == Work.State.STOPPED:
                raise Stopped
        for batch in batches_of(day.script, day.cast, self.pace.step_minutes):
            if batch.minute >= self.work.done:
                self._upload(day, batch)
        with clock.frozen(day.cast.at(day.script.timeline.closed)):
            close_round(self.actor, self.round_id)

    def _upload(self, day: _Day, batch: Batch) -> None:
        """Send a batch and write down how far the day is, in one transaction; then it is acknowledged."""
        self.pace.wait_for(batch.minute)
        done = min(math.floor(batch.minute), day.minutes)
        with scope_of_community(self.work.community):
            with clock.frozen(day.cast.at(batch.minute)):
                receipts = self._send(day, batch)
            goes_on = jobs.progress(self.work.pk, done, day.minutes)
        if self.told.journal:
            note_down(Path(self.told.journal), receipts)
        if not goes_on:
            raise Stopped
        if self.after_batch:
            self.after_batch(batch)

    def _send(self, day: _Day, batch: Batch) -> list[Receipt]:
        if batch.told:
            self._tell(batch)
        for newcomer in batch.newcomers:
            add_newcomer(self.actor, self.round_id, newcomer)
        if batch.starts_sweep:
            self._start_sweep(day)
        for target, outcome, at in batch.stated:
            state_outcome(self.actor, self.round_id, target, outcome, stored(BY_PHONE), at)
        return record_facts(self.actor, self.round_id, batch.facts) if batch.facts else []

    def _tell(self, batch: Batch) -> None:
        names = ("compound__name", "name", "id")
        rows = Building.objects.filter(community=self.work.community).values_list(*names)
        ids = {(compound, building): id for compound, building, id in rows}
        told = [ids[place] for place in batch.told if place in ids]
        mark_mobilised(self.actor, self.round_id, told, batch.told_at)
        if batch.told_last:
            mark_mobilised(self.actor, self.round_id, None, batch.told_at)

    def _start_sweep(self, day: _Day) -> None:
        if access_round(self.actor, self.round_id).sweep_started_at is None:
            open = [home for home in homes_to_call(self.actor, self.round_id) if home.called]
            lists = sweep_lists(
                day.script, day.cast, day.homes, open,
                lambda number: stored(TEAM, number=number),
            )  # fmt: skip
            start_sweep(self.actor, self.round_id, lists, day.cast.at(day.script.timeline.sweep_began or 0.0))
