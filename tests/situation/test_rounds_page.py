"""The list of a community's rounds when there have been many."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from linli.core import clock
from linli.core.scope import scope_of
from linli.orders.models import RulePack
from linli.rounds.models import Round
from linli.rounds.selectors import heads
from linli.situation.views import rounds
from tests.conftest import BALICHA, FAR_AWAY
from tests.situation.conftest import Phone

pytestmark = pytest.mark.django_db
PAGE = f"/c/{BALICHA}/rounds/"


@pytest.fixture(autouse=True)
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "CLOSED_SHOWN", 2)
    monkeypatch.setattr(rounds, "CLOSED_SHOWN", 2)


def closed(number: int, *, community: int = BALICHA, is_drill: bool = False) -> UUID:
    began = clock.now() - timedelta(days=30 - number)
    with scope_of(((community, community + 1),)):
        made = Round.objects.create(
            community=community, name=f"第{number}轮", rule_pack=RulePack.objects.all()[0], t0=began, ordered_at=began,
            deadline=began + timedelta(hours=20), closed_at=began + timedelta(hours=9), state=Round.State.CLOSED,
            opened_by="somebody", is_drill=is_drill, report={"expected": 3, "outstanding": 0},
        )  # fmt: skip
    return made.pk


def names(phone: Client, address: str) -> list[str]:
    return re.findall(r"第\d轮", phone.get(address).content.decode())


def test_earlier_rounds_are_a_step_away(phone: Client) -> None:
    for number in range(1, 5):
        closed(number)
    closed(9, is_drill=True)
    assert names(phone, PAGE) == ["第4轮", "第3轮", "第9轮"]
    (step,) = re.findall(r'href="(\?before=[^"]+)"', phone.get(PAGE).content.decode())
    assert names(phone, PAGE + step) == ["第2轮", "第1轮"]
    (last,) = re.findall(r'href="(\?before=[^"]+)"', phone.get(PAGE + step).content.decode())
    assert "没有更早的了" in phone.get(PAGE + last).content.decode()


def test_a_round_of_elsewhere_or_none_is_not_found(phone: Client, phone_of: Phone) -> None:
    theirs = closed(1, community=FAR_AWAY)
    for before in (theirs, UUID(int=7), "nonsense"):
        assert phone.get(f"{PAGE}?before={before}").status_code == 404
