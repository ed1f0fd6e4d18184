import pytest

from linli.core.actors import Actor
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.places.addresses import Address
from linli.places.services import add_dwellings
from tests.conftest import BALICHA
from tests.rounds.terminal import shown, told


@pytest.fixture(autouse=True)
def compound(coordinator: Actor, community: int) -> None:
    add_dwellings(coordinator, BALICHA, {Address("明珠华府", "1", "1", "101"): {}})


def test_a_venue_is_added_and_then_changed_under_its_name():
    told("venue", "--add", "小广场", "--compound", "明珠华府", "--desks", "4")
    told("venue", "--add", "小学操场")
    [field, square] = told("venue", "--add", "小广场", "--desks", "6")["venues"]
    assert (field["name"], field["desks_at_most"]) == ("小学操场", None)
    assert (square["name"], square["compound"], square["desks_at_most"]) == ("小广场", None, 6)
    with scope_of(((BALICHA, BALICHA + 1),)):
        assert AuditEntry.objects.filter(action="venue_set", actor__startswith="cli:").count() == 3


def test_venues_are_shown_in_a_table_and_their_absence_in_a_sentence():
    assert "还没有场地" in shown("venue")
    assert "小广场" in shown("venue", "--add", "小广场", "--compound", "明珠华府")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--desks", "4"), "venue_missing"),
        (("--add", "小广场", "--desks", "0"), "desks"),
        (("--add", "小广场", "--desks", "100000"), "desks"),
        (("--add", "小广场", "--compound", "无此小区"), "unknown_compound"),
        (("--add", "  "), "name_missing"),
    ],
)
def test_a_venue_that_cannot_be_is_refused_in_both_languages(arguments: tuple[str, ...], code: str):
    error = told("venue", *arguments, exit_code=2)["error"]
    assert error["code"] == code
    assert error["message_zh"] != error["message_en"]
    assert told("venue")["venues"] == []
