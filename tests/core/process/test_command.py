import json

import pytest

from linli import __main__ as command
from linli import __version__
from linli.core.errors import Conflict, NotFound
from linli.core.postgres.cluster import cluster_of
from linli.core.problem import Problem
from tests.core.process.conftest import linli


def test_version_and_help_start_no_database(home):
    assert linli(home, "--version").stdout.split() == ["linli", __version__]
    assert "backup" in linli(home, "help", "--commands").stdout
    assert linli(home, "backup", "--help").returncode == 0
    assert not (home / "postgres" / "data").exists()


@pytest.mark.parametrize("role", ["app", "owner"])
def test_db_url_prints_the_address_of_each_role(home, role):
    answer = linli(home, "db", "url", "--role", role)
    assert answer.stdout.startswith(f"postgresql://linli_{role}:")
    assert answer.stdout.strip() == cluster_of(home).url(role)


@pytest.mark.parametrize("error", [Problem("不行", "no"), Conflict()])
def test_an_expected_failure_is_two_sentences_and_exit_2(monkeypatch, capsys, error):
    monkeypatch.setattr(command, "_run", _raising(error))
    assert command.run(["serve"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [error.in_language("zh-hans"), error.in_language("en")]


def test_with_json_an_expected_failure_is_one_object(monkeypatch, capsys):
    monkeypatch.setattr(command, "_run", _raising(Problem("不行", "no", code="never")))
    assert command.run(["ledger", "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {"error": {"code": "never", "message_zh": "不行", "message_en": "no"}}


def test_whoever_looks_for_the_demo_in_another_installation_is_told_where_it_is(monkeypatch, capsys, tmp_path):
    demo = tmp_path / "linli-demo"
    monkeypatch.setattr("linli.core.home.demo_home", lambda: demo)
    monkeypatch.setenv("LINLI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(command, "_run", _raising(NotFound()))
    command.run(["drill"])
    assert str(demo) not in capsys.readouterr().err
    demo.mkdir()
    command.run(["drill"])
    assert f"LINLI_HOME={demo}" in capsys.readouterr().err
    monkeypatch.setenv("LINLI_HOME", str(demo))
    command.run(["drill"])
    assert "LINLI_HOME=" not in capsys.readouterr().err


def test_an_unexpected_failure_is_written_down_and_not_thrown_at_the_reader(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("LINLI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(command, "_run", _raising(ZeroDivisionError("by nought")))
    assert command.run(["serve"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert "by nought" in (tmp_path / "home" / "logs" / "errors.log").read_text()


def test_debugging_shows_the_traceback(monkeypatch):
    monkeypatch.setenv("LINLI_DEBUG", "1")
    monkeypatch.setattr(command, "_run", _raising(Problem("不行", "no")))
    with pytest.raises(Problem):
        command.run(["serve"])


def test_a_home_of_another_kind_is_refused_in_both_languages(tmp_path):
    (tmp_path / "thesis.odt").touch()
    answer = linli(tmp_path, "stop")
    assert answer.returncode == 2
    assert "不能用作 LINLI_HOME" in answer.stderr
    assert "cannot be LINLI_HOME" in answer.stderr


def _raising(error):
    def run(_arguments):
        raise error

    return run
