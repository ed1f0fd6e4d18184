from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from linli.core import clock
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.rounds.models import Round, Target
from linli.rounds.services import state_outcome
from tests.conftest import NEIGHBOUR
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, make_day
from tests.rounds.terminal import shown, told


def run(*arguments: str) -> dict[str, Any]:
    return told("round", *arguments)


def refused(*arguments: str) -> dict[str, Any]:
    return told("round", *arguments, exit_code=2)


def test_command_opens_a_round_of_some_compounds_as_its_system_user(village: Village):
    answer = run("open", "--name", "第一轮", "--deadline", "+24h", "--compound", "明珠")
    assert (answer["targets"], answer["outstanding"], answer["outcomes"]["away"]) == (5, 4, 1)
    with scope_of(HERE):
        round = Round.objects.get()
        assert round.deadline == clock.now() + timedelta(hours=24)
        assert AuditEntry.objects.get(action="open_round").actor.startswith("cli:")


def test_command_reads_a_deadline_by_the_clock_of_the_community(village: Village):
    run("open", "--name", "第一轮", "--deadline", "2026-04-02T18:00")
    with scope_of(HERE):
        assert Round.objects.get().deadline.isoformat() == "2026-04-02T10:00:00+00:00"


@pytest.mark.parametrize("time", ["soon", "2026-13-01T00:00"])
def test_command_refuses_what_is_no_time(village: Village, time: str):
    answer = refused("open", "--name", "第一轮", "--deadline", time)
    assert answer["error"]["code"] == "no_time"
    assert time in answer["error"]["message_zh"]
    assert time in answer["error"]["message_en"]


def test_command_names_an_unknown_compound_as_an_error_with_both_languages(village: Village):
    error = refused("open", "--name", "一", "--deadline", "+1h", "--compound", "无")["error"]
    assert error["code"] == "unknown_compound"
    assert error["message_en"] == "One of the places chosen does not exist in this community."


def test_command_refuses_what_is_no_community_in_both_languages(village: Village, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        call_command("round", "status", "--community", "4213")
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "社区代码是 12 位数字" in said
    assert "12 digits" in said


def test_status_says_who_is_outstanding_and_follows_the_register(day: Day):
    day.finish(*HERE_NOW[:4])
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
    answer = run("status")
    assert (answer["newcomers"], answer["outstanding"]) == (1, 3)
    assert [(person["door"], person["name"]) for person in answer["missing"]] == [
        ("明珠 1-1-103", "新人"),
        ("金域 1-1-101", "孙六"),
        ("金域 1-1-102", "吴八"),
    ]


def test_close_refuses_with_names_and_then_closes(day: Day):
    day.finish(*HERE_NOW[1:])
    assert [person["name"] for person in refused("close")["missing"]] == ["李一"]
    state_outcome(day.actor, day.round.pk, day.targets["李一"], "exempt", "婴儿")
    assert "第一轮" in shown("round", "close")
    with scope_of(HERE):
        assert Round.objects.get().state == "closed"


def test_command_without_a_round_says_there_is_none(village: Village, coordinator):
    make_day(village, coordinator, is_drill=True)
    assert refused("status")["error"]["code"] == "no_round"
    with scope_of(HERE):
        assert Target.objects.exists()


def test_a_round_of_another_community_is_answered_like_one_that_does_not_exist(day: Day):
    foreign, unknown = (
        told("round", "status", "--round", str(id), exit_code=2, community=NEIGHBOUR) for id in (day.round.pk, uuid4())
    )
    assert foreign == unknown
    assert foreign["error"]["code"] == "no_round"


def test_buildings_are_told_one_by_one_and_then_all_the_others(day: Day):
    assert run("mobilise", "--compound", "明珠", "--building", "1栋", "--at", "2026-04-02T10:00")["buildings_left"] == 2
    assert refused("mobilise", "--building", "1")["error"]["code"] == "unknown_building"
    assert run("mobilise", "--compound", "明珠")["buildings_left"] == 1
    assert run("mobilise")["buildings_left"] == 0
    with scope_of(HERE):
        assert Round.objects.get().mobilised_at == clock.now()


def test_mustering_counts_the_first_time_only(day: Day):
    first = run("muster", "--at", "2026-04-02T09:00")["mustered_at"]
    assert run("muster")["mustered_at"] == first == "2026-04-02T01:00:00+00:00"


def test_status_shows_a_person_a_table_without_english_only_words(day: Day):
    lines = shown("round", "status").splitlines()
    assert lines[0].startswith("第一轮")
    assert "未完成 outstanding 6 / 应检 expected 8" in lines
    assert "  明珠 1-1-101  李一" in lines
