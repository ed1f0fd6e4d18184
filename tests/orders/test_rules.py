import copy
import tomllib
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.errors import LinliError
from linli.orders.rules import DeskTeam, RulePackRules, RulePackUnusable, pack_is_in_force
from linli.orders.shipped import read_pack, shipped_packs

FILE = resources.files("linli.orders").joinpath("packs/covid-2022-regional.v1.toml").read_text("utf-8")
RULES = tomllib.loads(FILE)["rules"]


def test_reads_balicha_practice_as_the_field_tells_it():
    rules = RulePackRules.read(RULES)
    assert (rules.call_group_at_most, rules.desk_rate_per_hour, rules.wait_at_most_minutes) == (20, 130, 30)
    assert rules.desk_team == DeskTeam(medic=1, cadre=2, community_worker=4)
    assert rules.desk_team.size == 7
    assert rules.service_seconds == pytest.approx(27.69, abs=0.01)


@pytest.mark.parametrize("field", [field for field in RULES if field != "desk_team"])
@pytest.mark.parametrize("wrong", [None, 0, -1, 1.5, "20", True])
def test_refuses_number_that_cannot_be(field: str, wrong: object):
    with pytest.raises(RulePackUnusable) as error:
        RulePackRules.read({**RULES, field: wrong})
    assert field in error.value.in_language("en")


def test_refuses_desk_without_a_medic():
    rules = copy.deepcopy(RULES)
    del rules["desk_team"]["medic"]
    with pytest.raises(RulePackUnusable):
        RulePackRules.read(rules)


def test_refuses_rule_it_does_not_know():
    with pytest.raises(RulePackUnusable):
        RulePackRules.read({**RULES, "curfew": 22})


@given(st.tuples(*[st.integers(1, 90)] * 3))
def test_takes_waits_only_when_they_rise(waits: tuple[int, int, int]):
    names = ("wait_target_minutes", "wait_alarm_minutes", "wait_at_most_minutes")
    rules = {**RULES, **dict(zip(names, waits, strict=True))}
    try:
        RulePackRules.read(rules)
        taken = True
    except LinliError:
        taken = False
    assert taken == (waits == tuple(sorted(waits)))


def test_refuses_pack_whose_number_has_no_source():
    without = "\n".join(line for line in FILE.splitlines() if not line.startswith('pool_size = "'))
    with pytest.raises(RulePackUnusable):
        read_pack(without)


def test_every_shipped_pack_is_usable_and_named_after_its_file():
    names = {f"{pack.code}.v{pack.version}.toml" for pack in shipped_packs()}
    assert names == {file.name for file in resources.files("linli.orders").joinpath("packs").iterdir()}


def test_pack_ends_before_its_last_day():
    assert pack_is_in_force(date(2022, 3, 22), date(2023, 1, 8), date(2023, 1, 7))
    assert not pack_is_in_force(date(2022, 3, 22), date(2023, 1, 8), date(2023, 1, 8))
    assert not pack_is_in_force(date(2022, 3, 22), None, date(2022, 3, 21))
