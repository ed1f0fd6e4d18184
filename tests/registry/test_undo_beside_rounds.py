"""An import that rounds have worked with: a drill goes with it, a live round keeps it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.models import AuditEntry, Work
from linli.core.scope import scope_of
from linli.planning.drill.play import play_drill
from linli.planning.models import Microplan
from linli.planning.services import start_drill
from linli.registry.services.ledger_undo import undo_import
from linli.rounds.asked import NewRound
from linli.rounds.models import Arrival, Round, Statement, Target
from linli.rounds.services import discard_drills, open_round
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import LI, ZHANG, whole_register

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)
OF_ROUNDS = (Round, Target, Statement, Arrival, Microplan)


def imported(take_in: Import, *rows: Any) -> UUID:
    report = take_in(rows) if rows else take_in()
    assert report.import_id
    return report.import_id


def drilled(actor: Actor) -> str:
    """Play a drill to its end and return its name."""
    work = play_drill(BALICHA, start_drill(actor, BALICHA, seed=7).pk)
    assert work.state == Work.State.DONE
    with scope_of(HERE):
        name: str = Round.objects.get(is_drill=True).name
    return name


def open_one(actor: Actor, name: str, *, is_drill: bool = False) -> Round:
    deadline = clock.now() + timedelta(hours=12)
    return open_round(actor, BALICHA, NewRound(name=name, deadline=deadline, is_drill=is_drill))


def left() -> list[int]:
    with scope_of(HERE):
        return [model.objects.count() for model in OF_ROUNDS]


def test_undo_discards_the_drills_that_were_played_on_an_import(take_in: Import, coordinator: Actor):
    before = whole_register()
    import_id = imported(take_in)
    name = drilled(coordinator)
    assert all(left())
    assert undo_import(coordinator, import_id).discarded == [name]
    assert whole_register() == before
    assert left() == [0] * len(OF_ROUNDS)
    with scope_of(HERE):
        assert not Work.objects.filter(kind="drill").exists()


def test_one_audit_entry_keeps_which_drills_were_discarded(take_in: Import, coordinator: Actor):
    import_id = imported(take_in)
    name = drilled(coordinator)
    undo_import(coordinator, import_id)
    with scope_of(HERE):
        (entry,) = AuditEntry.objects.filter(action="discard_drills")
        assert [drill["name"] for drill in audit.details_of([entry])[0]["before"]["drills"]] == [name]
        undone = AuditEntry.objects.get(action="ledger_import_undone")
        assert audit.details_of([undone])[0]["after"]["discarded"] == [name]


def test_command_says_which_drills_went_with_the_import(
    take_in: Import, coordinator: Actor, capsys: pytest.CaptureFixture[str]
):
    import_id = imported(take_in)
    name = drilled(coordinator)
    call_command("ledger", "undo", str(import_id))
    assert name in capsys.readouterr().out


def test_a_live_round_keeps_the_import_and_says_its_name(take_in: Import, coordinator: Actor):
    import_id = imported(take_in)
    drilled(coordinator)
    open_one(coordinator, "第一轮")
    before = left()
    with answers("undo_blocked") as caught:
        undo_import(coordinator, import_id)
    assert "第一轮" in caught.value.in_language("zh-hans")
    assert "the round “第一轮” works with the people it brought" in caught.value.in_language("en")
    assert left() == before


def test_a_drill_that_is_still_played_keeps_the_import(take_in: Import, coordinator: Actor):
    import_id = imported(take_in)
    open_one(coordinator, "演练一", is_drill=True)
    with answers("undo_blocked") as caught:
        undo_import(coordinator, import_id)
    assert "演练“演练一”正在" in caught.value.in_language("zh-hans")


def test_a_later_import_keeps_the_drills_of_an_earlier_one(take_in: Import, coordinator: Actor):
    first = imported(take_in, ZHANG)
    drilled(coordinator)
    imported(take_in, ZHANG, LI)
    before = left()
    with answers("undo_blocked"):
        undo_import(coordinator, first)
    assert left() == before


def test_a_drill_on_other_people_stays(take_in: Import, coordinator: Actor):
    imported(take_in, ZHANG)
    drilled(coordinator)
    later = imported(take_in, ZHANG, LI)
    assert undo_import(coordinator, later).discarded == []
    assert all(left()[:2])


def test_a_live_round_is_never_discarded(take_in: Import, coordinator: Actor):
    imported(take_in)
    live = open_one(coordinator, "第一轮")
    with answers("round_stands"):
        discard_drills(coordinator, BALICHA, [live])


def test_database_removes_what_a_drill_knows_and_nothing_of_a_live_round(take_in: Import, coordinator: Actor):
    imported(take_in)
    rounds = [open_one(coordinator, "演练一", is_drill=True), open_one(coordinator, "第一轮")]
    with scope_of(HERE):
        assert [Statement.objects.filter(round=round).count() for round in rounds] == [1, 1]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from rounds_statement")
            assert cursor.rowcount == 1
        assert [Statement.objects.filter(round=round).count() for round in rounds] == [0, 1]
