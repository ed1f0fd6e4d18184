"""A whole small live round, worked by commands only: from the office's spreadsheet to a report that adds up."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linli.core import clock
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from tests.conftest import BALICHA
from tests.registry.office import PEOPLE, written

HERE = ((BALICHA, BALICHA + 1),)


class Office:
    """Somebody at the office's terminal, with the clock on the wall."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def at(self, time: str, *arguments: str, exit_code: int = 0) -> dict[str, Any]:
        """Give a command at a time of the day and return the one object it prints."""
        out = io.StringIO()
        with clock.frozen(datetime.fromisoformat(f"2026-04-02T{time}:00+08:00")):
            if exit_code:
                with pytest.raises(SystemExit) as left:
                    call_command(*arguments, "--community", str(BALICHA), "--json", stdout=out)
                assert left.value.code == exit_code
            else:
                call_command(*arguments, "--community", str(BALICHA), "--json", stdout=out)
        return dict(json.loads(out.getvalue()))

    def sheet(self, name: str, *lines: str) -> str:
        file = self.folder / name
        file.write_text("\n".join(lines), encoding="utf-8")
        return str(file)


@pytest.fixture
def office(community: int, tmp_path: Path) -> Office:
    folder = tmp_path / "office"
    folder.mkdir()
    return Office(folder)


def filled(file: Path, time: str, results: dict[str, str]) -> None:
    """Fill in a printed list as a team brings it back: time and result beside each name."""
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        for row in rows:
            result = results.get(row["姓名"], "")
            writer.writerow({**row, "时间": time if result else "", "结果": result})


def prepared(office: Office, folder: Path) -> None:
    office.at("06:00", "ledger", "import", str(written(folder, PEOPLE)))
    office.at("06:05", "venue", "--add", "小广场", "--compound", "明珠华府", "--desks", "4")
    opened = office.at("06:10", "round", "open", "--name", "第一轮", "--deadline", "+12h", "--ordered", "06:00")
    assert (opened["targets"], opened["outstanding"], opened["outcomes"]["away"]) == (5, 4, 1)
    planned = office.at("06:15", "plan", "--opens", "07:00")
    assert (planned["sites"], planned["called"], planned["per_site"][0]["name"]) == (1, 4, "小广场")
    office.at("06:20", "round", "muster")
    assert office.at("06:30", "round", "mobilise", "--building", "1")["buildings_left"] == 1
    assert office.at("06:50", "round", "mobilise")["buildings_left"] == 0


def test_a_live_round_is_worked_by_commands_until_nobody_is_outstanding(office: Office, tmp_path: Path):
    prepared(office, tmp_path)
    assert office.at("06:55", "round", "calls")["people"] == 4

    joined = office.at("07:20", "round", "join", "--name", "周小明", "--phone", "13811112222")
    desk = office.sheet(
        "desk.csv",
        "类型,时间,结束时间,姓名,门牌,后四位,采样点,采样台",
        "到达,07:05,,张伟,明珠华府1栋1单元101室,,小广场,",
        "采样,07:09,07:10,张伟,明珠华府 1-1-101,,小广场,1",
        "到达,07:21,,周小明,,2222,1,",
        "采样,07:25,07:26,周小明,,2222,1号点,2",
    )
    told = office.at("07:30", "round", "record", desk)
    assert (told["stored"], told["refused"]) == (4, 0)
    assert office.at("07:31", "round", "record", desk)["duplicate"] == 4

    office.at("08:00", "round", "state", "王芳", "tested_elsewhere", "--door", "1-1-102", "--reason", "医院电话核实")
    office.at("08:05", "round", "ask-home", "李娜", "--number", "13900000002")
    missing = office.at("08:10", "round", "missing")["missing"]
    assert [(each["name"], each["cannot_come"]) for each in missing] == [("李娜", True), ("陈静", False)]
    assert office.at("08:10", "round", "close", exit_code=2)["error"]["code"] == "outstanding"

    [team] = office.at("08:20", "sweep", "--teams", "1")["teams"]
    listed = office.folder / "team.csv"
    doors = office.at("08:21", "round", "list", str(team["number"]), "--csv", str(listed))["doors"]
    assert [door["room"] for door in doors] == ["101", "201"]
    filled(listed, "08:40", {"陈静": "拒检"})
    told = office.at("08:50", "round", "record", str(listed))
    assert (told["stored"], told["blank"]) == (1, 1)
    filled(listed, "09:10", {"李娜": "已采样", "陈静": "拒检"})
    assert office.at("09:20", "round", "record", str(listed))["stored"] == 2
    assert [team["doors_open"] for team in office.at("09:20", "round", "teams")["teams"]] == [0]

    report = office.at("09:30", "round", "close")
    outcomes = {outcome: count for outcome, count in report["outcomes"].items() if count}
    assert outcomes == {"done": 3, "tested_elsewhere": 1, "away": 1, "refused": 1}
    assert (report["targets"], report["newcomers"], report["leavers"], report["outstanding"]) == (5, 1, 0, 0)
    assert report["adds_up"]
    assert report["wait_minutes"]["measured"] == 2
    assert all(report["timeline"].values())
    assert {joined["target"]} == {row["target"] for row in told_rows(office, desk) if row["row"] > 3}


def told_rows(office: Office, file: str) -> list[dict[str, Any]]:
    return list(office.at("09:40", "round", "record", file)["rows"])


def test_every_act_of_a_live_round_is_audited_as_the_person_at_the_terminal(office: Office, tmp_path: Path):
    prepared(office, tmp_path)
    with scope_of(HERE):
        entries = AuditEntry.objects.filter(community=BALICHA).order_by("number")
        acted = list(entries.values_list("action", "actor"))
    assert {"venue_set", "open_round", "plan_round", "mark_mustered", "mark_mobilised"} <= {
        action for action, _ in acted
    }
    assert all(actor.startswith("cli:") for _, actor in acted)


def test_a_day_can_be_planned_again_with_fewer_desks(office: Office, tmp_path: Path):
    prepared(office, tmp_path)
    again = office.at("06:40", "plan", "--desks", "1", "--opens", "07:30")
    assert (again["desks"], again["per_site"][0]["opens_at"]) == (1, "2026-04-01T23:30:00+00:00")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("plan",), "no_round"),
        (("sweep",), "no_round"),
        (("round", "calls"), "no_round"),
        (("round", "list", "1"), "no_round"),
    ],
)
def test_acts_on_a_round_say_when_there_is_none(office: Office, arguments: tuple[str, ...], code: str):
    error = office.at("06:00", *arguments, exit_code=2)["error"]
    assert error["code"] == code
    assert "linli round open" in error["message_zh"]


def test_a_sweep_knocks_where_people_live_now(office: Office, tmp_path: Path):
    prepared(office, tmp_path)
    office.at("07:00", "person", "move", "张伟", "--to", "明珠华府 2-1-202")
    office.at("07:05", "person", "left", "王芳", "--reason", "moved")
    office.at("07:10", "sweep", "--teams", "1")
    listed = office.at("07:11", "round", "list", "1")["doors"]
    names = {door["room"]: sorted(person["name"] for person in door["people"]) for door in listed}
    assert names == {"201": ["陈强", "陈静"], "202": ["张伟", "李娜"]}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--desks", "0"), "desks"), (("--desks", "-2"), "desks"), (("--opens", "+20h"), "opens_too_late"),
        (("--opens", "later"), "no_time"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(office: Office, tmp_path: Path, arguments: tuple[str, ...], code: str):
    prepared(office, tmp_path)
    assert office.at("07:00", "plan", *arguments, exit_code=2)["error"]["code"] == code


def test_a_sweep_without_teams_is_refused(office: Office, tmp_path: Path):
    prepared(office, tmp_path)
    assert office.at("07:00", "sweep", "--teams", "0", exit_code=2)["error"]["code"] == "no_team"
