import csv
import io
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from linli.core import crypto
from linli.core.scope import scope_of
from linli.registry.intake.write import phone_rows, sealed_id_number
from linli.registry.models import Person, PersonPhone
from linli.rounds.models import Target
from linli.rounds.services import close_round
from tests.registry.office import id_number
from tests.rounds.conftest import HERE, HERE_NOW, Day
from tests.rounds.terminal import shown, told

ID_NUMBER = id_number("19800101")
TAIL = ID_NUMBER[-4:]
PHONE = "13900000007"


def run(*arguments: str, exit_code: int = 0) -> dict[str, Any]:
    return told("round", *arguments, exit_code=exit_code)


def give_numbers(day: Day, name: str) -> None:
    with scope_of(HERE):
        person = day.village.people[name]
        Person.objects.filter(pk=person.pk).update(**sealed_id_number(ID_NUMBER))
        PersonPhone.objects.bulk_create(phone_rows(person, (PHONE,)))


@pytest.mark.parametrize(
    "words",
    [
        ("李二", "--door", "明珠 1-1-101"), ("李二", "--door", "明珠1栋1单元101室"), ("李二", "--number", "0007"),
        ("李二", "--number", TAIL), (PHONE,), (ID_NUMBER,), ("李二", "--door", "101"),
    ],
)  # fmt: skip
def test_finds_a_target_as_people_name_each_other(day: Day, words: tuple[str, ...]):
    give_numbers(day, "李二")
    answer = run("state", *words[:1], "exempt", "--reason", "婴儿", *words[1:])
    assert (answer["target"], answer["outcome"]) == (str(day.targets["李二"]), "exempt")


@pytest.mark.parametrize(
    "words",
    [
        ("李二",), ("李二", "--door", "明珠 1-1-102"), ("李九", "--door", "明珠 1-1-101"), ("李二", "--door", "明珠 9-9-999"),
        ("李二", "--number", "9999"), (str(uuid4()),), (TAIL, "--door", "金域 1-1-101"),
    ],
)  # fmt: skip
def test_states_nothing_of_anybody_who_is_not_clearly_meant(day: Day, words: tuple[str, ...]):
    give_numbers(day, "李二")
    answer = run("state", *words[:1], "away", "--reason", "电话", *words[1:], exit_code=2)
    assert answer["error"]["code"] == "target_unclear"
    assert words[0] in answer["error"]["message_zh"]
    with scope_of(HERE):
        assert not Target.objects.filter(outcome="away", evidence="statement").exists()


def test_a_statement_may_be_given_in_the_words_of_the_office(day: Day):
    assert (
        run("state", str(day.targets["王三"]), "已搬走", "--reason", "房东电话", "--at", "09:00")["outcome"] == "moved"
    )
    assert run("state", str(day.targets["王三"]), "back", "--reason", "又回来了")["outcome"] is None


def test_a_walk_in_without_card_or_door_joins_and_is_recorded_by_name(day: Day):
    target = day_joined("周小明")
    with scope_of(HERE):
        found = Target.objects.get(pk=target)
        assert (found.joined, found.dwelling_id, found.join_reason) == ("newcomer", None, "walk_in")
    assert run("state", "周小明", "exempt", "--reason", "出差路过")["target"] == str(target)


def test_a_walk_in_with_a_door_lives_behind_it_and_joins_once(day: Day):
    target = day_joined("郑九", "--door", "明珠 1-1-103", "--number", ID_NUMBER, "--phone", PHONE)
    with scope_of(HERE):
        assert Target.objects.get(pk=target).dwelling_id == day.village.dwellings["明珠 1-1-103"].pk
        person = Person.objects.get(name="郑九")
        assert crypto.unseal(bytes(person.id_number or b""), "id_number") == ID_NUMBER
    assert day_joined("郑九", "--number", ID_NUMBER) == target


def day_joined(name: str, *more: str) -> UUID:
    return UUID(run("join", "--name", name, *more)["target"])


def test_a_walk_in_with_an_unknown_door_or_a_wrong_number_is_refused(day: Day):
    assert run("join", "--name", "郑九", "--door", "明珠 7-7-777", exit_code=2)["error"]["code"] == "unknown_door"
    assert run(
        "join", "--name", "郑九", "--number", ID_NUMBER[:-1] + ("1" if ID_NUMBER[-1] == "0" else "0"), exit_code=2
    )["error"]["message_zh"]
    with scope_of(HERE):
        assert not Person.objects.filter(name="郑九").exists()


def test_asking_for_home_sampling_twice_asks_once(day: Day):
    assert run("ask-home", "孙六", "--door", "金域1-1-101")["is_new"] is True
    assert run("ask-home", "孙六", "--door", "金域1-1-101")["is_new"] is False
    assert run("missing", "--compound", "金域")["missing"][0]["cannot_come"] is True


def test_the_missing_are_listed_by_door_for_all_a_compound_or_a_building(day: Day):
    assert run("missing")["outstanding"] == len(HERE_NOW)
    assert [each["name"] for each in run("missing", "--compound", "金域")["missing"]] == ["孙六", "吴八"]
    answer = run("missing", "--compound", "明珠", "--building", "2")
    assert [(each["door"], each["name"]) for each in answer["missing"]] == [("明珠 2-1-101", "赵四")]
    assert run("missing", "--building", "1", exit_code=2)["error"]["code"] == "unknown_building"
    assert "尚未采样" in shown("round", "missing")


def test_the_call_list_names_who_is_still_to_come_by_time_and_door(day: Day, tmp_path: Path):
    day.finish("李一")
    file = tmp_path / "calls.csv"
    answer = run("calls", "--csv", str(file))
    assert answer["people"] == len(HERE_NOW) - 1
    [group] = answer["groups"]
    assert (group["site_name"], group["size"], group["homes"][0]["names"]) == ("小广场", 6, ["李二"])
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [rows[0][name] for name in ("时间", "采样点", "小区", "房号", "姓名")] == [
        "04-02 17:00", "1 小广场", "明珠", "101", "李二",
    ]  # fmt: skip
    assert "明珠 1栋、明珠 2栋、金域 1栋" in shown("round", "calls")


def test_lists_written_for_people_open_in_a_spreadsheet_and_carry_no_formula(day: Day, tmp_path: Path):
    with scope_of(HERE):
        Target.objects.filter(pk=day.targets["李一"]).update(name="=HYPERLINK(1)")
    for act in ("missing", "calls"):
        file = tmp_path / f"{act}.csv"
        run(act, "--csv", str(file))
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert file.stat().st_mode & 0o777 == 0o600
        assert "'=HYPERLINK(1)" in content.decode("utf-8-sig")
        assert ",=HYPERLINK(1)" not in content.decode("utf-8-sig")


def test_a_closed_round_takes_no_more_statements(day: Day):
    day.finish(*HERE_NOW)
    close_round(day.actor, day.round.pk)
    answer = run("state", "李一", "away", "--door", "明珠 1-1-101", "--reason", "电话", exit_code=2)
    assert answer["error"]["code"] == "round_closed"
