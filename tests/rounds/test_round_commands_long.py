import pytest

from tests.rounds.conftest import Day
from tests.rounds.terminal import told

LONG = "长" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("round", "open", "--name", LONG, "--deadline", "+3h", "--another"),
        ("round", "open", "--name", " ", "--deadline", "+3h", "--another"),
        ("round", "join", "--name", LONG),
        ("round", "join", "--name", "周小明", "--reason", LONG),
        ("round", "join", "--name", "周小明", "--number", LONG),
        ("round", "join", "--name", "周小明", "--number", LONG, "--id-kind", "other"),
        ("round", "state", "李一", "away", "--door", "明珠 1-1-101", "--reason", LONG),
        ("venue", "--add", LONG),
    ],
)
def test_what_is_too_long_to_be_kept_is_refused_in_words(day: Day, arguments: tuple[str, ...]):
    assert told(*arguments, exit_code=2)["error"]["message_zh"]
