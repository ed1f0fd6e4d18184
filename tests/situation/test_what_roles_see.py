"""Pages of people who see figures and nobody by name, or people and no figures: nothing on them leads to a refusal."""

import re

import pytest
from django.test import Client

from linli.core.rights import Role
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE_NOW, Day
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)"')


def refused(phone: Client, start: str) -> list[str]:
    """Follow every link from a page on, each once, and return those that are not answered."""
    seen, waiting, bad = {start}, [start], []
    while waiting:
        url = waiting.pop()
        response = phone.get(url.replace("&amp;", "&"))
        if response.status_code not in (200, 302):
            bad.append(url)
        new = set(LINK.findall(response.getvalue().decode(errors="replace"))) - seen
        seen |= new
        waiting += sorted(url for url in new if not url.startswith(("/account/", "/static/")))
    return bad


@pytest.mark.parametrize("role", [Role.ENTRY_CLERK, Role.GATE_KEEPER, Role.CARE_WORKER, Role.AUDITOR])
def test_every_link_on_the_pages_of_a_role_is_answered(phone_of: Phone, day: Day, role: Role):
    assert refused(phone_of(role), "/") == []


@pytest.mark.parametrize(
    ("role", "division"),
    [
        (Role.SUBDISTRICT_VIEWER, 421303004000),
        (Role.CITY_VIEWER, 421300000000),
        (Role.COMMAND, 421303000000),
        (Role.AUDITOR, 421303000000),
    ],
)
def test_every_link_from_a_wall_is_answered(phone_of: Phone, day: Day, role: Role, division: int):
    assert refused(phone_of(role, division), f"/wall/{division}/") == []


def test_a_viewer_sees_the_figures_of_a_board_and_nobody_by_name(phone_of: Phone, day: Day):
    viewer = phone_of(Role.SUBDISTRICT_VIEWER, 421303004000)
    board = text_of(viewer, f"/rounds/{day.round.pk}/")
    assert "户未完成" in board
    assert "李一" in text_of(phone_of(Role.COORDINATOR), f"/rounds/{day.round.pk}/")
    assert "李*" not in board
    assert "李一" not in board
    assert viewer.get(f"/rounds/{day.round.pk}/targets/").status_code == 403


def test_a_viewer_reads_the_closing_report_without_its_lists(phone_of: Phone, day: Day):
    day.finish(*HERE_NOW)
    report = text_of(phone_of(Role.CITY_VIEWER, 421300000000), f"/rounds/{day.round.pk}/report/")
    assert "/targets/" not in report


def test_an_entry_clerk_sees_no_round(phone_of: Phone, day: Day):
    clerk = phone_of(Role.ENTRY_CLERK)
    assert clerk.get(f"/rounds/{day.round.pk}/").status_code == 403
    assert str(day.round.pk) not in text_of(clerk, f"/c/{BALICHA}/")
