import logging

from linli.core.scrub import Formatter, scrubbed, traceback_of


def test_long_numbers_and_quoted_rows_are_left_out() -> None:
    said = """duplicate key
DETAIL:  Failing row contains (张三, 421303199212175415).
CONTEXT:  COPY registry_person, line 3, column name: "李四"
at line 1234, phone 13812345678"""
    kept = scrubbed(said)
    assert "张三" not in kept
    assert "李四" not in kept
    assert "13812345678" not in kept
    assert "line 1234" in kept


def test_a_traceback_says_where_without_the_value() -> None:
    try:
        int("13812345678x")
    except ValueError as error:
        told = traceback_of(error)
    assert "test_scrub.py" in told
    assert "13812345678" not in told


def test_a_line_of_the_log_is_scrubbed_with_its_traceback() -> None:
    record = logging.LogRecord("linli", logging.ERROR, __file__, 1, "number %s", ("421303199212175415",), None)
    assert Formatter("%(message)s").format(record) == "number #####"
