import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from linli.core import clock
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.rounds.models import Round, Target
from linli.rounds.services import state_outcome
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, make_day


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("round", *arguments, "--community", str(BALICHA), "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_command_opens_a_round_of_some_compounds_as_its_system_user(village: Village):
    told = run("open", "--name", "第一轮", "--deadline", "+24h", "--compound", "明珠")
    assert (told["targets"], told["outstanding"], told["outcomes"]["away"]) == (5, 4, 1)
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
    with pytest.raises(CommandError, match=time):
        run("open", "--name", "第一轮", "--deadline", time)


def test_command_names_an_unknown_compound_as_an_error_with_both_languages(village: Village, capsys):
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "round", "open", "--name", "一", "--deadline", "+1h", "--compound", "无", "--community", str(BALICHA), "--json",
            stdout=out,
        )  # fmt: skip
    assert stopped.value.code == 2
    error = json.loads(out.getvalue())["error"]
    assert error["code"] == "unknown_compound"
    assert error["message_en"] == "One of the compounds does not exist in this community."


def test_status_says_who_is_outstanding_and_follows_the_register(day: Day):
    day.finish(*HERE_NOW[:4])
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
    told = run("status")
    assert (told["newcomers"], told["outstanding"]) == (1, 3)
    assert [(person["door"], person["name"]) for person in told["missing"]] == [
        ("明珠 1-1-103", "新人"),
        ("金域 1-1-101", "孙六"),
        ("金域 1-1-102", "吴八"),
    ]


def test_close_refuses_with_names_and_then_closes(day: Day):
    day.finish(*HERE_NOW[1:])
    with pytest.raises(CommandError, match="李一"):
        call_command("round", "close", "--community", str(BALICHA))
    state_outcome(day.actor, day.round.pk, day.targets["李一"], "exempt", "婴儿")
    out = io.StringIO()
    call_command("round", "close", "--community", str(BALICHA), stdout=out)
    assert "第一轮" in out.getvalue()
    with scope_of(HERE):
        assert Round.objects.get().state == "closed"


def test_command_without_a_round_says_there_is_none(village: Village, coordinator):
    make_day(village, coordinator, is_drill=True)
    with pytest.raises(CommandError):
        call_command("round", "status", "--community", str(BALICHA))
    with scope_of(HERE):
        assert Target.objects.exists()
