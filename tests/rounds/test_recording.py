import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from linli.core import clock, crypto
from linli.core.actors import Actor, HeldRole
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.models import AuditEntry
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.rounds.asked import AnyFact
from linli.rounds.errors import TooManyFacts
from linli.rounds.models import Arrival, RefusedFact, Specimen, Visit
from linli.rounds.selectors import closing_report, waits
from linli.rounds.services import recording
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, at, close_at


def answers(receipts) -> list[tuple[str, str]]:
    return [(receipt.answer, receipt.code) for receipt in receipts]


def partition_of(table: str, id) -> str:
    with scope_of(HERE), connection.cursor() as cursor:
        cursor.execute(f"select tableoid::regclass::text from {table} where id = %s", [id])
        return str(cursor.fetchone()[0])


def test_fact_uploaded_twice_is_stored_once(day: Day):
    facts: list[AnyFact] = [day.arrival("李一", 9), day.specimen("李一", 9.25), day.visit("王三", "away", 9)]
    assert answers(day.send(*facts)) == [("stored", "")] * 3
    assert answers(day.send(*facts)) == [("duplicate", "")] * 3
    assert answers(day.send(facts[0], facts[0])) == [("duplicate", "")] * 2
    with scope_of(HERE):
        assert [model.objects.count() for model in (Arrival, Specimen, Visit)] == [1, 1, 1]


def test_fact_twice_in_one_upload_is_stored_once(day: Day):
    fact = day.specimen("李一", 9)
    assert answers(day.send(fact, fact)) == [("stored", ""), ("duplicate", "")]


def test_refuses_other_content_under_a_used_id_and_keeps_it(day: Day):
    fact = day.specimen("李一", 9)
    other = replace(fact, target=day.targets["李二"])
    assert answers(day.send(fact, other)) == [("stored", ""), ("refused", "id_reused")]
    with scope_of(HERE):
        kept = RefusedFact.objects.get()
        assert (kept.code, kept.kind, kept.fact_id, kept.sent_by) == ("id_reused", "specimen", fact.id, "coordinator")
        assert str(day.targets["李二"]) in crypto.unseal(kept.payload)
    assert day.outcome("李二") is None


@pytest.mark.parametrize(("other", "answer"), [("李二", ("refused", "id_reused")), ("李一", ("stored", ""))])
def test_two_phones_that_use_one_id_at_once_do_not_both_count(day: Day, monkeypatch, other: str, answer):
    mine = day.specimen("李一", 9)
    theirs = replace(mine, target=day.targets[other])
    store = recording._store

    def store_after_them(batch):
        monkeypatch.setattr(recording, "_store", store)
        assert answers(day.send(theirs)) == [("stored", "")]
        store(batch)

    monkeypatch.setattr(recording, "_store", store_after_them)
    assert answers(day.send(mine)) == [answer]
    assert day.outcome(other) == "done"
    with scope_of(HERE):
        assert Specimen.objects.count() == 1
        assert RefusedFact.objects.filter(code="id_reused").count() == (other == "李二")


def test_id_that_another_community_used_is_refused_and_not_lost(day: Day):
    fact = day.visit("李一", "away", 9)
    elsewhere = BALICHA + 1
    with transaction.atomic():
        with scope_of(((elsewhere, elsewhere + 1),)):
            row = {"round_id": uuid7(), "dwelling_id": uuid7(), "result": "away", "at": at(9), "recorded_by": "x"}
            Visit.objects.create(id=fact.id, community=elsewhere, **row)
        assert answers(day.send(fact)) == [("refused", "id_reused")]
        assert day.outcome("李一") is None
        transaction.set_rollback(True)
    assert answers(day.send(fact)) == [("stored", "")]


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("specimen", {"id": uuid4()}, "id_not_uuid7"),
        ("specimen", {"at": datetime(2026, 4, 2, 9)}, "time_without_zone"),  # noqa: DTZ001  # what a phone may send
        ("specimen", {"finished_at": at(1)}, "ends_before_it_begins"),
        ("specimen", {"target": uuid7()}, "unknown_target"),
        ("specimen", {"site": uuid7()}, "unknown_site"),
        ("specimen", {"desk": 0}, "unknown_desk"),
        ("specimen", {"desk": 40_000}, "unknown_desk"),
        ("visit", {"result": "asleep"}, "unknown_result"),
        ("visit", {"note": "x" * 201}, "text_unusable"),
        ("visit", {"note": "\0"}, "text_unusable"),
        ("visit", {"dwelling": uuid7()}, "unknown_door"),
        ("visit", {"team": uuid7()}, "unknown_team"),
    ],
)
def test_refuses_fact_that_cannot_be_and_keeps_it_once(day: Day, name: str, changes: dict[str, Any], code: str):
    specimen, visit = day.specimen("李一", 9), day.visit("李一", "away", 9)
    bad = replace(specimen, **changes) if name == "specimen" else replace(visit, **changes)
    for _time in range(2):
        assert answers(day.send(bad)) == [("refused", code)]
    with scope_of(HERE):
        assert list(RefusedFact.objects.values_list("code", flat=True)) == [code]
    assert closing_report(day.actor, day.round.pk)["refused_facts"] == 1


def test_bad_facts_do_not_hold_up_good_ones(day: Day):
    bad = replace(day.specimen("李一", 9), site=uuid7())
    assert answers(day.send(bad, day.specimen("李二", 9))) == [("refused", "unknown_site"), ("stored", "")]
    assert (day.outcome("李一"), day.outcome("李二")) == (None, "done")


def test_fact_after_closing_is_kept_late_and_changes_nothing(day: Day):
    late = day.specimen("钱五", 9)
    day.finish(*HERE_NOW)
    report = close_at(day.actor, day.round.pk, 13).report
    assert answers(day.send(late)) == [("stored", "round_closed")]
    assert answers(day.send(late)) == [("duplicate", "")]
    with scope_of(HERE):
        assert Specimen.objects.get(pk=late.id).late
    assert day.outcome("钱五") == "away"
    assert closing_report(day.actor, day.round.pk) == report


def test_desk_records_specimens_and_no_visits(day: Day, desk_clerk: Actor):
    sent = day.send(day.specimen("李一", 9), day.visit("李二", "away", 9), actor=desk_clerk)
    assert answers(sent) == [("stored", ""), ("refused", "no_right")]
    assert day.outcome("李二") is None


def test_sweep_team_records_visits_and_home_specimens_and_no_arrivals(day: Day, sweeper: Actor):
    facts: list[AnyFact] = [
        day.visit("李一", "cannot_come", 9),
        day.specimen("李一", 10, home=True),
        day.arrival("李二", 9),
    ]
    assert answers(day.send(*facts, actor=sweeper)) == [("stored", ""), ("stored", ""), ("refused", "no_right")]
    assert (day.outcome("李一"), day.target("李一").evidence) == ("done", "home_specimen")


def test_fact_made_while_the_right_held_is_taken_after_it_has_ended(day: Day):
    clerk = Actor("clerk", "user", held=(HeldRole(Role.DESK_CLERK, BALICHA, ends_at=at(7)),))
    with clock.frozen(at(8)):
        sent = day.send(day.specimen("李一", 6), day.specimen("李二", 7.5), actor=clerk)
    assert answers(sent) == [("stored", "right_ended"), ("refused", "no_right")]
    assert (day.outcome("李一"), day.outcome("李二")) == ("done", None)


def test_round_of_another_community_is_not_there(day: Day, stranger: Actor, nobody: Actor):
    with pytest.raises(NotFound):
        day.send(day.specimen("李一", 9), actor=stranger)
    with pytest.raises(Refused):
        day.send(day.specimen("李一", 9), actor=nobody)


def test_refuses_upload_that_is_too_large(day: Day):
    with pytest.raises(TooManyFacts):
        day.send(*[day.specimen("李一", 9)] * 10_001)


def test_one_upload_is_one_audit_entry_without_names(day: Day):
    day.send(day.arrival("李一", 9), day.specimen("李一", 9.2), replace(day.arrival("李二", 9), site=uuid7()))
    with scope_of(HERE):
        entry = AuditEntry.objects.get(action="record_facts")
    assert entry.object_id == day.round.pk


TABLES_OF_FACTS = ("specimen", "arrival", "visit", "statement")


@pytest.mark.parametrize("table", TABLES_OF_FACTS)
@pytest.mark.parametrize("statement", ["update rounds_{} set at = now()", "truncate rounds_{}"])
def test_application_can_neither_change_nor_empty_facts(day: Day, statement: str, table: str):
    refused_by_the_database(statement.format(table))


@pytest.mark.parametrize("table", TABLES_OF_FACTS)
def test_application_can_delete_no_fact_of_a_live_round_nor_make_it_a_drill(day: Day, table: str):
    day.finish("李一")
    day.send(day.visit("王三", "away", 9))
    with scope_of(HERE), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from rounds_{table}")
        assert cursor.fetchone()[0] > 0
        cursor.execute(f"delete from rounds_{table}")
        assert cursor.rowcount == 0
    refused_by_the_database("update rounds_round set is_drill = true")


def refused_by_the_database(statement: str) -> None:
    with (
        scope_of(HERE),
        pytest.raises(ProgrammingError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(error.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_fact_lies_in_the_partition_of_its_day(day: Day):
    tomorrow = at(8) + timedelta(days=1)
    fact = replace(day.specimen("李一", 9), id=uuid7(tomorrow))
    assert answers(day.send(fact)) == [("stored", "")]
    assert partition_of("rounds_specimen", fact.id) == f"rounds_specimen_{tomorrow:%Y%m%d}"


def test_fact_of_a_day_nobody_prepared_gets_its_partition(day: Day):
    later = at(24 * 60)
    fact = replace(day.specimen("李一", 9), id=uuid7(later), at=later, finished_at=later)
    with clock.frozen(later):
        day.send(fact)
    assert re.fullmatch(r"rounds_specimen_\d{8}", partition_of("rounds_specimen", fact.id))


def test_fact_of_1999_lies_in_the_default_partition_and_is_reported(day: Day):
    fact = replace(day.specimen("李一", 9), id=uuid7(datetime(1999, 12, 31, tzinfo=UTC)))
    assert answers(day.send(fact)) == [("stored", "doubtful_clock")]
    assert partition_of("rounds_specimen", fact.id) == "rounds_specimen_default"
    assert closing_report(day.actor, day.round.pk)["doubtful_clocks"] == 1
    assert day.outcome("李一") == "done"


def test_day_whose_facts_came_before_it_stays_in_the_default_partition(day: Day):
    ahead = at(24 * 90)
    early = replace(day.specimen("李一", 9), id=uuid7(ahead))
    assert answers(day.send(early)) == [("stored", "doubtful_clock")]
    on_the_day = replace(day.specimen("李二", 9), id=uuid7(ahead), at=ahead, finished_at=ahead)
    with clock.frozen(ahead):
        assert answers(day.send(on_the_day)) == [("stored", "")]
    assert partition_of("rounds_specimen", on_the_day.id) == "rounds_specimen_default"


def test_wait_runs_from_the_first_arrival_to_the_specimen(day: Day):
    day.send(day.arrival("李一", 9), day.arrival("李一", 9.9), day.specimen("李一", 10))
    day.send(day.arrival("李二", 9), day.specimen("李二", 9.1), day.specimen("王三", 9))
    measured = waits(day.actor, day.round.pk)
    assert measured.max == pytest.approx(60)
    assert measured.median == pytest.approx(33)
    assert (measured.measured, measured.unmeasured) == (2, 1)
