import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linli.core.ids import uuid7
from linli.core.scope import scope_of
from linli.rounds.models import Arrival, RefusedFact, Specimen, Visit
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, Day, at
from tests.rounds.terminal import shown, told

HEADERS = "类型,时间,姓名,门牌,采样点,采样台,结果,备注"


def record(file: Path | str, exit_code: int = 0) -> dict[str, Any]:
    return told("round", "record", str(file), exit_code=exit_code)


def table(folder: Path, *rows: str, headers: str = HEADERS, encoding: str = "utf-8-sig") -> Path:
    file = folder / "facts.csv"
    file.write_text("\n".join((headers, *rows)), encoding=encoding)
    return file


def stored() -> tuple[int, int, int]:
    with scope_of(HERE):
        return Arrival.objects.count(), Specimen.objects.count(), Visit.objects.count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_from_a_spreadsheet_program_is_taken_in(day: Day, tmp_path: Path, encoding: str):
    file = table(
        tmp_path,
        "到达,2026/4/2 15:30,李一,明珠1-1-101,小广场,,,",
        "采样,2026/4/2 15:40,李一,明珠1-1-101,1号采样点,2号台,,",
        "上门,15:50,赵四,明珠 2-1-101,,,外出,邻居说的",
        "采样,15:55,孙六,金域 1-1-101,上门,,,",
        encoding=encoding,
    )
    answer = record(file)
    assert (answer["stored"], answer["refused"], stored()) == (4, 0, (1, 2, 1))
    assert [day.outcome(name) for name in ("李一", "赵四", "孙六")] == ["done", "away", "done"]
    with scope_of(HERE):
        assert Specimen.objects.get(target=day.targets["孙六"]).site_id is None
        assert Specimen.objects.get(target=day.targets["李一"]).desk == 2
        assert Visit.objects.get().note == "邻居说的"


def test_a_table_sent_twice_counts_once(day: Day, tmp_path: Path):
    file = table(tmp_path, "到达,15:30,李一,明珠1-1-101,小广场,,,", "上门,15:50,赵四,明珠 2-1-101,,,家中无人,")
    record(file)
    answer = record(file)
    assert (answer["duplicate"], answer["stored"], stored()) == (2, 0, (1, 0, 1))


def test_lines_of_json_keep_their_own_ids_and_may_be_piped_in(day: Day, monkeypatch: pytest.MonkeyPatch):
    id = uuid7(at(7))
    lines = [
        {"kind": "arrival", "id": str(id), "at": at(7).isoformat(), "target": str(day.targets["李一"]), "site": "1"},
        {"kind": "visit", "at": at(7).isoformat(), "name": "赵四", "door": "明珠 2-1-101", "result": "refused"},
    ]
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    answer = record("-")
    assert [row["answer"] for row in answer["rows"]] == ["stored", "stored"]
    with scope_of(HERE):
        assert Arrival.objects.get().pk == id


def test_every_row_is_answered_and_the_good_ones_are_kept(day: Day, tmp_path: Path):
    bad = {
        "到达,15:30,李一,明珠1-1-101,西广场,,,": "unknown_site",
        "到达,昨天,李一,明珠1-1-101,小广场,,,": "unreadable_time",
        "到达,0001-01-01 00:00,李一,明珠1-1-101,小广场,,,": "unreadable_time",
        "到达,15:30,李九,明珠1-1-101,小广场,,,": "nobody_fits",
        "到达,15:30,李一,,小广场,,,": "name_alone",
        "到达,15:30,,,小广场,,,": "nobody_named",
        "采样,15:30,李一,明珠1-1-101,小广场,一号,,": "unreadable_desk",
        "上门,15:30,李一,明珠1-1-101,,,睡着了,": "unknown_result",
        "上门,15:30,,明珠1-1-101,,,空置,": "somebody_behind_door",
        "上门,15:30,李一,明珠1-1-909,,,外出,": "unknown_door",
        "唱歌,15:30,李一,明珠1-1-101,,,,": "unknown_kind",
    }
    answer = record(table(tmp_path, *bad, "到达,15:31,李二,明珠1-1-101,小广场,,,"), exit_code=1)
    assert [(row["row"], row["code"]) for row in answer["rows"][:-1]] == list(enumerate(bad.values(), start=2))
    assert (answer["refused"], answer["stored"], answer["read"], stored()) == (11, 1, 12, (1, 0, 0))
    assert all(row["reason_zh"] and row["reason_en"] for row in answer["rows"] if row["code"])


def test_what_the_round_refuses_is_kept_with_its_reason(day: Day, tmp_path: Path):
    file = table(tmp_path, "上门,15:30,李一,明珠1-1-101,,,睡着了,")
    record(file, exit_code=1)
    with scope_of(HERE):
        assert RefusedFact.objects.get().code == "unknown_result"


def test_a_door_alone_is_recorded_once_nobody_behind_it_is_outstanding(day: Day, tmp_path: Path):
    assert record(table(tmp_path, "上门,15:30,,明珠1-1-103,,,空置,"))["stored"] == 1
    with scope_of(HERE):
        assert Visit.objects.get().target_id is None


def test_rows_of_a_list_that_are_not_filled_in_are_counted_and_left_alone(day: Day, tmp_path: Path):
    file = tmp_path / "missing.csv"
    shown("round", "missing", "--csv", str(file))
    answer = record(file)
    assert (answer["blank"], answer["read"], answer["rows"]) == (6, 6, [])


def test_a_filled_list_without_a_time_is_refused_and_not_guessed(day: Day, tmp_path: Path):
    answer = record(table(tmp_path, "上门,,李一,明珠1-1-101,,,外出,"), exit_code=1)
    assert answer["rows"][0]["code"] == "unreadable_time"


def test_a_line_that_is_no_json_is_answered_by_its_number(day: Day, tmp_path: Path):
    file = tmp_path / "facts.jsonl"
    lines = [
        '{"kind": "arrival"',
        "",
        '{"kind": "arrival", "at": "15:30"}',
        '{"note": "\\ud800"}',
        '{"a":' + "[" * 99_999,
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = record(file, exit_code=1)
    assert {row["row"]: row["code"] for row in answer["rows"]} == {
        1: "unreadable", 3: "nobody_named", 4: "unreadable", 5: "unreadable",
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"name,door\nx,y\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_table_of_facts_is_refused_whole(day: Day, tmp_path: Path, content: bytes):
    file = tmp_path / "facts.csv"
    file.write_bytes(content)
    assert record(file, exit_code=2)["error"]["code"] == "not_a_table"


def test_a_file_that_is_not_there_is_refused(day: Day, tmp_path: Path):
    assert record(tmp_path / "nothing.csv", exit_code=2)["error"]["code"] == "unreadable"


def test_refused_rows_are_shown_to_a_person_with_row_and_reason(day: Day, tmp_path: Path):
    out = io.StringIO()
    file = table(tmp_path, "到达,15:30,李九,明珠1-1-101,小广场,,,")
    with pytest.raises(SystemExit):
        call_command("round", "record", str(file), "--community", str(BALICHA), stdout=out)
    assert "未采纳 refused 1" in out.getvalue()
    assert "名单里没有这个人" in out.getvalue()
