import os

import pytest

from linli.core.home import ROOT_HOME, home, home_path
from linli.core.problem import Problem


def test_home_is_what_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_HOME", str(tmp_path / "here"))
    assert home() == tmp_path / "here"
    assert home().stat().st_mode & 0o777 == 0o700


def test_home_of_root_is_the_systems_and_of_others_their_own(monkeypatch, tmp_path):
    monkeypatch.delenv("LINLI_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert home_path() == ROOT_HOME
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert home_path() == tmp_path / "linli"


def test_refuses_a_folder_that_holds_other_things(monkeypatch, tmp_path):
    (tmp_path / "thesis.odt").touch()
    monkeypatch.setenv("LINLI_HOME", str(tmp_path))
    mode = tmp_path.stat().st_mode
    with pytest.raises(Problem, match="holds other files"):
        home()
    assert tmp_path.stat().st_mode == mode


def test_refuses_the_home_of_another_user(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(Problem) as refused:
        home()
    assert "请换用该用户运行" in refused.value.in_language("zh-hans")
