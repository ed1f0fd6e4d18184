"""Edits, imports and drops that meet: nobody's word is lost, and whoever waits too long is told so."""

from pathlib import Path
from typing import Any

import pytest

from linli.core import locks
from linli.core.actors import Actor
from linli.core.models import AuditEntry, OutboxEntry
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.models import Dwelling
from linli.registry import turns
from linli.registry.errors import NotWaiting
from linli.registry.intake.report import ImportReport
from linli.registry.intake.spool import upload_path
from linli.registry.models import LedgerImport
from linli.registry.selectors.cards import person_card
from linli.registry.services import uploads
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.people import PersonWords, add_person, add_person_without_dwelling, edit_person
from linli.registry.services.stays import end_residency, move_household
from tests.conftest import BALICHA
from tests.held import held_elsewhere
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import PEOPLE, ZHANG, changed, person_named, whole_register, written
from tests.registry.test_uploads import HERE, run, state_of, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "EDIT_WAITS_SECONDS", 0.05)
    monkeypatch.setattr(turns, "IMPORT_WAITS_SECONDS", 0.05)


@pytest.fixture
def register(take_in: Import) -> ImportReport:
    """A register whose import holds no lock any more, though the test's transaction goes on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "hold_within", lambda *_names, **_how: True)
        patch.setattr(locks, "try_hold", lambda *_names: True)
        return take_in()


def vacant_door(actor: Actor) -> Any:
    with scoped(actor, Right.PLACES_READ):
        return Dwelling.objects.get(room="202", unit__building__name="2").pk


@pytest.mark.parametrize("act", ["add", "walk in", "edit", "leave", "move"])
def test_an_edit_under_an_import_is_told_to_try_again(
    register: ImportReport, coordinator: Actor, database_urls: Any, act: str
):
    before = whole_register()
    with held_elsewhere(database_urls, "ledger", BALICHA), answers("register_busy"):
        change(coordinator, act)
    assert whole_register() == before
    change(coordinator, act)
    assert whole_register() != before


@pytest.mark.parametrize("act", ["add", "walk in", "edit", "leave", "move"])
def test_each_edit_shares_the_register_and_leaves_word_of_it(
    register: ImportReport, coordinator: Actor, database_urls: Any, act: str
):
    words = words_left()
    with held_elsewhere(database_urls, "ledger", BALICHA, shared=True):
        change(coordinator, act)
    assert words_left() == words + 1


def change(actor: Actor, act: str) -> None:
    person = person_named("王芳").pk
    household = person_card(actor, person).person.household_id
    door = vacant_door(actor)
    {
        "add": lambda: add_person(actor, door, PersonWords(name="孙梅")),
        "walk in": lambda: add_person_without_dwelling(actor, BALICHA, PersonWords(name="孙梅")),
        "edit": lambda: edit_person(actor, person, PersonWords(remarks="有狗")),
        "leave": lambda: end_residency(actor, person, "moved"),
        "move": lambda: move_household(actor, household, door) if household else None,
    }[act]()


def words_left() -> int:
    with scope_of(HERE):
        return OutboxEntry.objects.filter(topic="register_changed").count()


def test_an_import_and_its_undo_leave_word_and_a_dry_run_does_not(take_in: Import, coordinator: Actor):
    take_in(dry_run=True)
    assert words_left() == 0
    done = take_in()
    assert words_left() == 1
    assert done.import_id
    undo_import(coordinator, done.import_id)
    assert words_left() == 2


def test_an_import_waits_for_edits_under_way_and_then_says_so(
    register: ImportReport, take_in: Import, coordinator: Actor, database_urls: Any
):
    assert register.import_id
    with held_elsewhere(database_urls, "ledger", BALICHA, shared=True):
        with answers("import_under_way"):
            take_in((changed(ZHANG, 备注="有狗"),))
        with answers("import_under_way"):
            undo_import(coordinator, register.import_id)
        take_in(dry_run=True)


def test_two_imports_at_once_are_told_apart_at_once(take_in: Import, database_urls: Any):
    with held_elsewhere(database_urls, "ledger import", BALICHA), answers("import_under_way"):
        take_in()


def test_waiting_in_vain_leaves_the_transaction_as_it_was(take_in: Import, database_urls: Any):
    with scope_of(HERE), held_elsewhere(database_urls, "x"):
        assert not locks.hold_within(0.01, "x")
        assert not locks.hold_within(0.01, "x", shared=True)
        assert LedgerImport.objects.count() == 0


def test_an_upload_is_not_dropped_under_the_work_that_reads_it(coordinator: Actor, community: int, tmp_path: Path):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    with answers("work_under_way"):
        uploads.drop_upload(coordinator, upload.pk)
    run(work)
    importing = uploads.confirm_upload(coordinator, upload.pk)
    with answers("work_under_way"):
        uploads.drop_upload(coordinator, upload.pk)
    run(importing)
    with answers("not_waiting"):
        uploads.drop_upload(coordinator, upload.pk)
    assert state_of(upload) == "imported"


def test_an_upload_dropped_while_its_file_was_read_is_not_imported(
    coordinator: Actor, community: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    before = whole_register()
    uploads.confirm_upload(coordinator, upload.pk)

    def drop_then_go_on(step: str, *_numbers: int) -> bool:
        if step == "comparing":
            uploads.stop_upload(coordinator, upload.pk)
            uploads.drop_upload(coordinator, upload.pk)
        return True

    with answers("not_waiting"):
        uploads.import_upload(coordinator, upload.pk, drop_then_go_on)
    assert (state_of(upload), whole_register()) == ("refused", before)


@pytest.mark.parametrize("act", ["check", "refuse", "drop"])
def test_what_was_read_before_an_import_ended_never_overwrites_it(
    coordinator: Actor, community: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    stale = uploads._waiting(coordinator, upload.pk)

    def import_meanwhile(*_step: object) -> bool:
        if state_of(upload) == "checked":
            uploads.import_upload(coordinator, upload.pk, lambda *_step: True)
        return True

    if act == "check":
        with answers("not_waiting"):
            uploads.check_upload(coordinator, upload.pk, import_meanwhile)
    else:
        import_meanwhile()
        monkeypatch.setattr(uploads, "_waiting", lambda *_arguments: stale)
        with answers("not_waiting"):
            if act == "drop":
                uploads.drop_upload(coordinator, upload.pk)
            else:
                uploads.refuse_upload(coordinator, upload.pk, NotWaiting())
    assert state_of(upload) == "imported"
    undo_import(coordinator, upload.pk)
    assert state_of(upload) == "undone"


def test_a_confirmed_upload_is_imported_once_however_often_it_is_confirmed(
    coordinator: Actor, community: int, tmp_path: Path
):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    first, again = (uploads.confirm_upload(coordinator, upload.pk) for _time in range(2))
    assert first.pk == again.pk


def test_a_stopped_import_leaves_the_register_and_can_be_confirmed_again(
    coordinator: Actor, community: int, tmp_path: Path
):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    before = whole_register()
    work = uploads.confirm_upload(coordinator, upload.pk)
    assert uploads.stop_upload(coordinator, upload.pk).pk == work.pk
    assert run(work).state == "stopped"
    assert (state_of(upload), whole_register()) == ("checked", before)
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="ledger_import_stopped").count() == 1
    with answers("not_under_way"):
        uploads.stop_upload(coordinator, upload.pk)
    assert run(uploads.confirm_upload(coordinator, upload.pk)).state == "done"


def test_a_check_stopped_on_its_way_keeps_the_file_for_another_try(
    coordinator: Actor, stranger: Actor, community: int, tmp_path: Path
):
    upload, _work = uploaded(coordinator, written(tmp_path, PEOPLE))
    with answers("not_found"):
        uploads.stop_upload(stranger, upload.pk)

    def stop(step: str, *_numbers: int) -> bool:
        if step == "comparing":
            uploads.stop_upload(coordinator, upload.pk)
        return step != "comparing"

    with answers("stopped"):
        uploads.check_upload(coordinator, upload.pk, stop)
    assert (state_of(upload), upload_path(upload.pk).exists()) == ("uploaded", True)
    assert run(uploads.ask_again(coordinator, upload.pk)).state == "done"
