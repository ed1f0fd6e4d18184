"""`linli users`: the same rules as the pages."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from linli.core import accounts, clock
from linli.core.errors import Invalid, NotFound
from linli.core.models import Grant, User
from linli.core.rights import Right
from tests.conftest import BALICHA

pytestmark = pytest.mark.django_db


def users(*arguments: Any) -> str:
    out = StringIO()
    call_command("users", *map(str, arguments), stdout=out)
    return out.getvalue()


def add(*more: Any, role: str = "sampler") -> str:
    return users("add", "chen", "--role", role, "--division", BALICHA, *more)


def test_adds_somebody_with_a_role_and_prints_the_link() -> None:
    assert add("--name", "陈一").startswith("/welcome/")
    assert f"chen\tsampler\t{BALICHA}" in users("list")


def test_lists_accounts_without_a_role_and_closed_ones_too() -> None:
    add()
    users("close", "chen")
    User.objects.create(username="zhao")
    assert [line.split("\t")[::4] for line in users("list").splitlines()] == [["chen", "closed"], ["zhao", ""]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "department"},
        {"role": "volunteer"},
        {"more": ("--department", "housing")},
        {"more": ("--until", "sometime")},
    ],
)
def test_a_role_that_is_incomplete_leaves_no_account(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        add(*wrong.get("more", ()), role=wrong.get("role", "sampler"))
    assert not User.objects.exists()


def test_a_department_is_given_and_ended_by_its_name() -> None:
    add("--department", "housing", role="department")
    assert "department:housing" in users("list")
    mine = ("chen", "--role", "department", "--division", BALICHA, "--department")
    with pytest.raises(NotFound):
        users("end", *mine, "finance")
    users("end", *mine, "housing")
    assert not accounts.job_actor("chen", BALICHA).has_anywhere(Right.FIGURES_READ)


def test_an_end_is_a_time_of_today_or_hours_from_now() -> None:
    add("--until", "+8h", role="volunteer")
    [given] = Grant.objects.all()
    assert given.ends_at is not None
    assert timedelta(hours=7.9) < given.ends_at - clock.now() <= timedelta(hours=8)
