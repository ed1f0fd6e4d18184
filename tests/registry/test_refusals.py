import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from linli.core import locks
from linli.core.actors import Actor, cli_actor
from linli.core.errors import Conflict, NotFound, Refused
from linli.core.scope import scope_of
from linli.places.models import Division
from linli.registry import turns
from linli.registry.intake.titles import community_in, is_same_community
from linli.registry.models import LedgerImport
from linli.registry.services.ledger_import import LedgerFile, import_ledger
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import PEOPLE, ZHANG, changed, whole_register, written

pytestmark = pytest.mark.django_db
OTHER_TITLE = "惠利社区居民信息台账（2026年）"
NEW = 421303004077


def test_refuses_ledger_that_names_another_community(take_in: Import):
    with answers("other_community") as caught:
        take_in(title=OTHER_TITLE)
    assert "惠利社区" in caught.value.in_language("en")
    assert not whole_register()["registry_person"]


def test_takes_ledger_of_another_name_once_somebody_has_confirmed_it(
    coordinator: Actor, community: int, tmp_path: Path
):
    path = written(tmp_path, PEOPLE, OTHER_TITLE)
    report = import_ledger(coordinator, BALICHA, LedgerFile(path, confirmed_title="惠利社区"))
    assert report.persons == 5
    assert import_ledger(coordinator, BALICHA, path).unchanged == 5


def test_community_named_otherwise_by_its_office_keeps_its_ledger(tmp_path: Path):
    path = written(tmp_path, PEOPLE)
    assert import_ledger(cli_actor(NEW), NEW, path, name="新家园社区").community_name == "新家园社区"
    assert import_ledger(cli_actor(NEW), NEW, path).unchanged == 5


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("八里岔社区居民信息台账（2026年）", "八里岔社区"), ("填报单位：惠利社区居委会", "惠利社区"),
        ("曾都区北郊街道八里岔社区居民委员会台账", "八里岔社区"), ("一户一档登记表", ""),
        ("北郊街道社区居民台账", ""),
        ("2026年11月芳草社区人口表", "芳草社区"), ("曹杨新村人员台账", ""), ("李家村村民委员会人口台账", "李家村"),
    ],
)  # fmt: skip
def test_reads_the_community_from_a_title(line: str, named: str):
    assert community_in(line) == named


def test_names_of_one_community_are_told_from_those_of_another():
    assert is_same_community("北郊街道八里岔社区", "八里岔社区")
    assert is_same_community("八里岔", "八里岔社区")
    assert not is_same_community("惠利社区", "八里岔社区")


def test_makes_the_community_with_the_name_in_the_title(tmp_path: Path):
    import_ledger(cli_actor(NEW), NEW, written(tmp_path, PEOPLE, OTHER_TITLE))
    assert Division.objects.get(code=NEW).name == "惠利社区"


def test_asks_for_a_name_when_neither_file_nor_command_gives_one(tmp_path: Path):
    with answers("community_unknown"):
        import_ledger(cli_actor(NEW), NEW, written(tmp_path, PEOPLE, ""))
    assert not Division.objects.filter(code=NEW).exists()


def test_second_of_two_imports_at_once_is_told_so(take_in: Import, database_urls: Any):
    with psycopg.connect(database_urls.app) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [locks._key(("ledger import", BALICHA))])
        with answers("import_under_way"):
            take_in()
        other.rollback()
    assert take_in().created == 5


def test_import_does_not_wait_for_ever_until_edits_are_done(
    take_in: Import, database_urls: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turns, "IMPORT_WAITS_SECONDS", 0.01)
    with psycopg.connect(database_urls.app) as other:
        other.execute("select pg_advisory_xact_lock_shared(%s)", [locks._key(("ledger", BALICHA))])
        with pytest.raises(Conflict):
            take_in()
        other.rollback()
    assert take_in().created == 5


def test_stopped_import_writes_nothing(take_in: Import):
    before = whole_register()
    with answers("stopped"):
        take_in(progress=lambda step, _done, _total: step != "done")
    assert whole_register() == before


def test_who_has_no_right_is_refused_and_another_community_is_not_found(
    desk_clerk: Actor, stranger: Actor, community: int, tmp_path: Path
):
    path = written(tmp_path, PEOPLE)
    with pytest.raises(Refused):
        import_ledger(desk_clerk, BALICHA, path)
    with pytest.raises(NotFound):
        import_ledger(stranger, BALICHA, path)


def test_long_words_are_shortened_and_flagged(take_in: Import):
    report = take_in((changed(ZHANG, 姓名="Wolfeschlegelsteinhausen" * 6, 备注="多次上门" * 300),))
    assert report.created == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "missing.xlsx", "--community", str(BALICHA)], "unreadable"),
        (["import", __file__, "--community", str(BALICHA)], ""),
        (["import", "missing.xlsx", "--community", "4213"], "not_a_community"),
        (["undo", "nothing"], "not_found"),
        (["undo", "01900000-0000-7000-8000-000000000000"], "not_found"),
        (["export", "--community", str(BALICHA), "--format", "xlsx"], "output_missing"),
        (["export", "--community", str(BALICHA), "--format", "csv", "--output", "/nowhere/out.csv"], "not_writable"),
    ],
)
def test_command_answers_with_one_object_and_exit_code_two(arguments: list[str], code: str, capsys: Any):
    with pytest.raises(SystemExit) as ended:
        call_command("ledger", *arguments, "--json")
    assert ended.value.code == 2
    told = json.loads(capsys.readouterr().out)["error"]
    assert set(told) == {"code", "message_zh", "message_en"}
    assert told["code"] == code or not code


def test_command_speaks_to_a_person_without_json(community: int, tmp_path: Path, capsys: Any):
    call_command("ledger", "import", str(written(tmp_path, PEOPLE)), "--community", str(BALICHA), "--dry-run")
    out = capsys.readouterr().out
    assert "试算" in out
    assert "陈静" in out
    call_command("ledger", "import", str(written(tmp_path, PEOPLE)), "--community", str(BALICHA))
    [imported] = ids_in(capsys.readouterr().out)
    call_command("ledger", "undo", imported)
    assert "已撤销" in capsys.readouterr().out


def ids_in(text: str) -> list[str]:
    return [word for word in text.split() if word.count("-") == 4 and len(word) == 36]


def test_import_row_holds_no_personal_values_in_the_clear(take_in: Import, coordinator: Actor):
    take_in()
    with scope_of(((BALICHA, BALICHA + 1),)):
        row = LedgerImport.objects.get()
    assert "张伟" not in json.dumps(row.report, ensure_ascii=False)
    assert row.details
    assert "张伟".encode() not in bytes(row.details)
