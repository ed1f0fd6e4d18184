from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from linli.core import clock, jobs, outbox, tasks
from linli.core.models import OutboxEntry, Work
from linli.core.rights import Role
from linli.core.scope import everywhere, scope_of
from linli.core.tasks import hand_over
from tests.conftest import BALICHA, NEIGHBOUR, holder

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    said: list[Any] = []
    monkeypatch.setitem(outbox._handlers, "told", [lambda community, payload: said.append((community, payload))])
    return said


def put(payload: dict[str, Any], community: int = BALICHA) -> None:
    with scope_of(((community, community + 1),)):
        outbox.put(community, "told", payload)


def test_a_note_is_handed_over_once_and_equal_ones_together(heard: list[Any]) -> None:
    put({"a": 1})
    put({"a": 1})
    put({"a": 2})
    put({"a": 1}, NEIGHBOUR)
    assert ProcrastinateJob.objects.filter(task_name=outbox.HAND_OVER).count() == 4
    outbox.hand_over(BALICHA)
    outbox.hand_over(BALICHA)
    assert heard == [(BALICHA, {"a": 1}), (BALICHA, {"a": 2})]


def test_what_has_had_its_day_is_forgotten_and_what_waits_is_not(
    heard: list[Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own connection may be old by now
    put({"a": 1})
    outbox.hand_over(BALICHA)
    put({"a": 2}, NEIGHBOUR)
    client.session.save()
    with clock.frozen(clock.now() + timedelta(days=6)):
        tasks.forget(timestamp=0)
    assert notes() == [{"a": 1}, {"a": 2}]
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))
    with clock.frozen(clock.now() + timedelta(days=8)):
        tasks.forget(timestamp=0)
    assert notes() == [{"a": 2}]
    assert not Session.objects.exists()


def notes() -> list[dict[str, Any]]:
    with everywhere():
        return [entry.payload for entry in OutboxEntry.objects.order_by("id")]


def test_a_note_stays_when_its_handler_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_community: int, _payload: dict[str, Any]) -> None:
        raise RuntimeError

    monkeypatch.setitem(outbox._handlers, "told", [fail])
    put({})
    with pytest.raises(RuntimeError):
        outbox.hand_over(BALICHA)
    with scope_of(HERE):
        assert OutboxEntry.objects.filter(handed_over_at=None).count() == 1


def test_a_note_that_nobody_handles_stays_and_is_told_after_the_others_were_handed_over(heard: list[Any]) -> None:
    with scope_of(HERE):
        outbox.put(BALICHA, "nobody's", {})
    put({"a": 1})
    with pytest.raises(outbox.NobodyHandles, match="nobody's"):
        outbox.hand_over(BALICHA)
    assert heard == [(BALICHA, {"a": 1})]
    with scope_of(HERE):
        assert [entry.topic for entry in OutboxEntry.objects.filter(handed_over_at=None)] == ["nobody's"]


def test_handing_over_is_tried_again_whatever_went_wrong() -> None:
    strategy = hand_over.retry_strategy
    assert strategy
    assert (
        strategy.get_retry_decision(
            exception=RuntimeError(),
            job=Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=outbox.HAND_OVER, attempts=1),
        )
        is not None
    )


def test_work_and_its_job_are_there_together_or_not_at_all() -> None:
    actor = holder(Role.COORDINATOR, BALICHA, "somebody")

    def ask_and_fail() -> None:
        with scope_of(HERE):
            jobs.ask(actor, BALICHA, "ledger_check", "registry.check_ledger", import_id="1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    assert not ProcrastinateJob.objects.exists()
    with scope_of(HERE):
        assert not Work.objects.exists()
        work = jobs.ask(actor, BALICHA, "drill", "planning.drill")
    assert ProcrastinateJob.objects.get().queue_name == "drills"
    assert ProcrastinateJob.objects.get().args["work_id"] == str(work.pk)


def test_what_was_stopped_before_it_began_stays_stopped() -> None:
    with scope_of(HERE):
        work = Work.objects.create(community=BALICHA, kind="drill", asked_by="x", state=Work.State.STOPPED)
        assert jobs.start(work.pk).state == Work.State.STOPPED
        jobs.finish(work.pk, error={"code": "stopped"})
        assert Work.objects.get(pk=work.pk).state == Work.State.STOPPED
        jobs.finish(work.pk, result={"all": "done"})
        assert Work.objects.get(pk=work.pk).state == Work.State.DONE
