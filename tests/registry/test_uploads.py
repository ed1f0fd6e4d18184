import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import TestCase

from linli.core import clock, jobs
from linli.core.actors import Actor
from linli.core.errors import LinliError, NotFound, TooLarge
from linli.core.home import folder
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.registry import tasks
from linli.registry.intake.spool import upload_path
from linli.registry.models import LedgerImport, Person
from linli.registry.selectors.imports import import_details
from linli.registry.selectors.uploads import Stage, upload_seen
from linli.registry.services import uploads
from linli.registry.services.columns import remember_columns
from linli.registry.services.ledger_undo import undo_import
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.office import HEADERS, PEOPLE, written

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)


def uploaded(actor: Actor, path: Path) -> tuple[LedgerImport, Work]:
    return uploads.upload_ledger(actor, BALICHA, f"C:/{path.name}", [path.read_bytes()])


TASKS = {"ledger_check": tasks.run_check, "ledger_import": tasks.run_import, "ledger_undo": tasks.run_undo}


def run(work: Work) -> Work:
    with TestCase.captureOnCommitCallbacks(execute=True):
        TASKS[work.kind](community=work.community, work_id=str(work.id))
    with scope_of(HERE):
        done: Work = Work.objects.get(id=work.id)
        return done


def state_of(upload: LedgerImport) -> str:
    with scope_of(HERE):
        return str(LedgerImport.objects.get(id=upload.id).state)


def test_upload_is_checked_confirmed_imported_and_undone(coordinator: Actor, community: int, tmp_path: Path):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    assert upload_path(upload.id).stat().st_mode & 0o077 == 0
    checked = run(work)
    assert (checked.state, checked.result["created"], state_of(upload)) == ("done", 5, "checked")
    assert import_details(coordinator, upload.id)["sheets"][0]["person_rows"] == 5
    done = run(uploads.confirm_upload(coordinator, upload.id))
    assert (done.state, done.result["import"], state_of(upload)) == ("done", str(upload.id), "imported")
    assert not upload_path(upload.id).exists()
    with scoped(coordinator, Right.LEDGER_READ):
        assert Person.objects.count() == 5
    undo_import(coordinator, upload.id)
    assert state_of(upload) == "undone"


def test_work_taken_up_again_after_its_last_commit_stays_done(coordinator: Actor, community: int, tmp_path: Path):
    upload, check = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(check)
    for ask, state in ((uploads.confirm_upload, "imported"), (uploads.ask_undo, "undone")):
        work = ask(coordinator, upload.id)
        first = run(work)
        again = run(work)
        assert (again.state, again.error, again.result) == ("done", None, first.result)
        assert state_of(upload) == state


@pytest.mark.parametrize("ask", [uploads.confirm_upload, uploads.ask_undo])
def test_an_act_and_the_end_of_its_work_are_both_there_or_neither(
    coordinator: Actor, community: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., Work]
):
    upload, check = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(check)
    if ask is uploads.ask_undo:
        run(uploads.confirm_upload(coordinator, upload.id))
    before, work = state_of(upload), ask(coordinator, upload.id)
    with monkeypatch.context() as dying:
        dying.setattr(jobs, "finish", _die)
        with pytest.raises(OperationalError):
            run(work)
    assert state_of(upload) == before
    assert run(work).state == "done"


def _die(*_arguments: object, **_named: object) -> None:
    raise OperationalError("the database went away")


def test_file_that_is_no_ledger_is_refused_and_removed(coordinator: Actor, community: int, tmp_path: Path):
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    upload, work = uploaded(coordinator, tmp_path / "x.xlsx")
    failed = run(work)
    assert failed.state == "failed"
    assert failed.error
    assert failed.error["message_zh"]
    assert state_of(upload) == "refused"
    assert not upload_path(upload.id).exists()
    with answers("not_waiting"):
        uploads.confirm_upload(coordinator, upload.id)


def test_what_was_read_of_a_refused_upload_goes_with_its_file(coordinator: Actor, community: int, tmp_path: Path):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    assert samples_of(upload)
    uploads.refuse_upload(coordinator, upload.id, LinliError(code="import_under_way"))
    assert samples_of(upload)
    uploads.refuse_upload(coordinator, upload.id, LinliError(code="too_many_rows"))
    assert (samples_of(upload), upload_path(upload.id).exists()) == (None, False)


def samples_of(upload: LedgerImport) -> object:
    with scope_of(HERE):
        return LedgerImport.objects.get(id=upload.id).details


def test_a_mistake_in_the_program_ends_the_work_and_is_told(
    coordinator: Actor, community: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def crash(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("a mistake in the program")

    _upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    monkeypatch.setattr(uploads, "check_upload", crash)
    with pytest.raises(RuntimeError):
        run(work)
    with scope_of(HERE):
        left = Work.objects.get(pk=work.pk)
    assert left.state == "failed"
    assert left.error
    assert left.error["code"] == "unexpected"


def test_ledger_of_another_community_waits_until_its_name_is_confirmed(
    coordinator: Actor, community: int, tmp_path: Path
):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE, "惠利社区居民信息台账"))
    failed = run(work)
    assert failed.error
    assert failed.error["code"] == "other_community"
    done = run(uploads.confirm_upload(coordinator, upload.id, confirmed_title="惠利社区"))
    assert done.result["created"] == 5


def test_corrected_column_is_remembered_for_the_next_reading(coordinator: Actor, community: int, tmp_path: Path):
    headers = ["甲列" if header == "备注" else header for header in HEADERS]
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE, headers=headers))
    run(work)
    columns = {one["header"]: one for one in import_details(coordinator, upload.id)["sheets"][0]["columns"]}
    remember_columns(coordinator, BALICHA, {columns["甲列"]["key"]: "remarks"})
    run(uploads.ask_again(coordinator, upload.id))
    columns = {one["header"]: one for one in import_details(coordinator, upload.id)["sheets"][0]["columns"]}
    assert (columns["甲列"]["field"], columns["甲列"]["how"]) == ("remarks", "remembered")
    with answers("field_unknown"):
        remember_columns(coordinator, BALICHA, {"甲列": "nonsense"})


def test_upload_is_dropped_with_its_file(coordinator: Actor, stranger: Actor, community: int, tmp_path: Path):
    upload, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    with pytest.raises(NotFound):
        uploads.drop_upload(stranger, upload.id)
    uploads.drop_upload(coordinator, upload.id)
    assert not upload_path(upload.id).exists()


def test_too_large_upload_leaves_nothing(coordinator: Actor, community: int):
    before = set(upload_path(LedgerImport().id).parent.iterdir())
    with pytest.raises(TooLarge):
        uploads.upload_ledger(coordinator, BALICHA, "big.xlsx", [b"0" * (51 * 1024 * 1024)])
    assert set(upload_path(LedgerImport().id).parent.iterdir()) == before


def test_the_file_of_a_forgotten_upload_goes_after_a_week(coordinator: Actor, community: int, tmp_path: Path):
    old, work = uploaded(coordinator, written(tmp_path, PEOPLE))
    new, _work = uploaded(coordinator, written(tmp_path, PEOPLE))
    run(work)
    eight_days_ago = (clock.now() - timedelta(days=8)).timestamp()
    os.utime(upload_path(old.id), (eight_days_ago, eight_days_ago))
    with scope_of(HERE):
        LedgerImport.objects.filter(id=old.id).update(started_at=clock.now() - timedelta(days=8))
    tasks.forget_uploads(timestamp=0)
    assert (upload_path(old.id).exists(), upload_path(new.id).exists()) == (False, True)
    assert samples_of(old) is None
    assert upload_seen(coordinator, old.id).stage is Stage.GONE
    with answers("not_waiting"):
        uploads.confirm_upload(coordinator, old.id)


def test_an_export_that_nobody_took_goes_after_an_hour():
    old, new = folder("spool") / "ledger-old.csv", folder("spool") / "ledger-new.csv"
    for path in (old, new):
        path.write_text("421303198001011112")
    two_hours_ago = (clock.now() - timedelta(hours=2)).timestamp()
    os.utime(old, (two_hours_ago, two_hours_ago))
    tasks.forget_uploads(timestamp=0)
    assert (old.exists(), new.exists()) == (False, True)
    new.unlink()
