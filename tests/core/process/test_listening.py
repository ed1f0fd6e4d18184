import pytest

from linli.core.problem import Problem
from linli.core.process.listening import Address, read_address
from linli.core.process.supervisor import FIRST_PAUSE_SECONDS, Child


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
        ("0.0.0.0:443", Address("0.0.0.0", 443)),
        ("[::1]:8000", Address("::1", 8000)),
        (":8000", Address("127.0.0.1", 8000)),
        ("8000", Address("127.0.0.1", 8000)),
        ("localhost:8000", Address("127.0.0.1", 8000)),
    ],
)
def test_reads_the_usual_ways_of_writing_an_address(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize("text", ["", "here", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "300.1.1.1:80", "a b:80"])
def test_refuses_what_is_no_address(text):
    with pytest.raises(Problem, match="no address"):
        read_address(text)


def test_shows_an_address_as_a_browser_takes_it():
    assert Address("0.0.0.0", 443).url(https=True) == "https://localhost"
    assert Address("0.0.0.0", 8443).url(https=True, host="192.168.1.20") == "https://192.168.1.20:8443"
    assert Address("::1", 80).url(https=False) == "http://[::1]"


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses(capfd):
    child = Child("short", ["false"])
    pauses: list[float] = []
    while len(pauses) < 3:
        child.tend()
        if child.process is not None:
            child.process.wait()
            child.tend()
            pauses.append(child._pause_seconds)
            child._start_after = 0.0
    assert pauses == [FIRST_PAUSE_SECONDS * 2, FIRST_PAUSE_SECONDS * 4, FIRST_PAUSE_SECONDS * 8]
    assert "short: exit 1" in capfd.readouterr().err
