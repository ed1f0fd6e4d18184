"""Whom a key list's rule fits, and who joins and leaves a list on a day."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.registry.key_kinds import KINDS
from linli.registry.key_rules import Facts, On, Rule, age_on, fits, turnover

TODAY = date(2026, 4, 2)
SOMEBODY = Facts(
    needs=frozenset({"透析"}), kind="tenant", birth=date(1940, 4, 3), hukou="河南省信阳市", came_on=date(2026, 3, 30),
    came_from="信阳 火车", said=frozenset({"unwell"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "fitting"),
    [
        ({"needs": ("孕妇", "透析")}, True), ({"needs": ("孕妇",)}, False),
        ({"kinds": ("tenant",)}, True), ({"kinds": ("resident", "away")}, False),
        ({"age_from": 85}, True), ({"age_from": 86}, False), ({"age_to": 85}, True), ({"age_to": 84}, False),
        ({"age_from": 80, "age_to": 90}, True),
        ({"hukou_not": ("随州", "4213")}, True), ({"hukou_not": ("河南",)}, False), ({"hukou_in": ("信阳", "郑州")}, True),
        ({"came_within_days": 4}, True), ({"came_within_days": 3}, False),
        ({"came_from": ("信阳",)}, True), ({"came_from": ("武汉",)}, False),
        ({"said": ("unwell", "met_a_case")}, True), ({"said": ("met_a_case",)}, False),
        ({"needs": ("透析",), "kinds": ("resident",)}, False), ({}, False),
    ],
)  # fmt: skip
def test_everything_that_a_rule_asks_for_has_to_hold(rule: dict[str, Any], fitting: bool):
    assert fits(Rule(**rule), SOMEBODY, TODAY) is fitting


def test_what_is_not_known_fits_no_condition():
    unknown = Facts()
    asked: list[dict[str, Any]] = [
        {"age_to": 200},
        {"hukou_not": ("随州",)},
        {"came_within_days": 300},
        {"kinds": ("resident",)},
        {"hukou_in": ("随州",)},
    ]
    assert not any(fits(Rule(**each), unknown, TODAY) for each in asked)


def test_a_code_begins_a_registration_and_is_nowhere_else_in_it():
    rule = Rule(hukou_in=("4213",))
    assert fits(rule, Facts(hukou="421303001000"), TODAY)
    assert not fits(rule, Facts(hukou="410142130000"), TODAY)


def test_whoever_comes_later_than_today_has_not_come_yet():
    assert not fits(Rule(came_within_days=14), Facts(came_on=TODAY + timedelta(days=1)), TODAY)


def test_counts_a_birthday_on_the_day_and_a_leap_day_the_day_after():
    assert age_on(date(1940, 4, 2), TODAY) == 86
    assert age_on(date(1940, 4, 3), TODAY) == 85
    assert (age_on(date(2000, 2, 29), date(2026, 2, 28)), age_on(date(2000, 2, 29), date(2026, 3, 1))) == (25, 26)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_rule_is_the_same_after_storing(kind):
    assert Rule.from_json({**kind.rule.as_json(), "unknown": 1}) == kind.rule


PEOPLE = st.sets(st.integers(1, 12).map(lambda n: UUID(int=n)))
ON = st.dictionaries(
    st.integers(1, 12).map(lambda n: UUID(int=n)),
    st.builds(On, st.booleans(), st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2))),
)


@given(ON, PEOPLE, PEOPLE, PEOPLE)
def test_nobody_joins_twice_leaves_twice_or_is_forgotten(
    on: dict[UUID, On], held_off: set[UUID], fitting: set[UUID], here: set[UUID]
):
    held_off -= on.keys()
    turned = turnover(on, held_off, fitting, here, TODAY)
    leaving = [turned.gone, turned.over, turned.fit_no_longer]
    assert sum(map(len, leaving)) == len(frozenset().union(*leaving))
    assert not turned.join & on.keys()
    after = (on.keys() - frozenset().union(*leaving)) | turned.join
    assert after <= here
    assert (fitting & here) - held_off - after <= turned.over
    assert {id for id in after if id in on and on[id].by_rule} <= fitting
    again = turnover(
        {id: on.get(id, On(by_rule=True)) for id in after},
        (held_off - turned.may_return) | (turned.over & fitting),
        fitting, here, TODAY,
    )  # fmt: skip
    assert not again
