"""The key file and the database that knows which one is its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from linli import __main__ as command
from linli.core import crypto
from linli.core.process.key_state import check_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another place for the key file, with the right one in it."""
    path = tmp_path / "linli.key"
    path.write_bytes(crypto.key_path().read_bytes())
    monkeypatch.setenv("LINLI_KEY_FILE", str(path))
    crypto.forget_keys()
    yield path
    monkeypatch.undo()
    crypto.forget_keys()


def check() -> None:
    connection.ensure_connection()
    check_key(connection.connection)


def test_a_database_takes_its_own_key(key_file: Path) -> None:
    check()


def test_a_database_in_use_refuses_a_missing_key_and_makes_none(key_file: Path) -> None:
    key_file.unlink()
    with pytest.raises(crypto.KeyUnusable) as caught:
        check()
    assert caught.value.error_code == "key_missing"
    assert "找不到密钥文件" in caught.value.in_language("zh-hans")
    assert not key_file.exists()


def test_a_database_in_use_refuses_another_key(key_file: Path) -> None:
    key_file.write_bytes(b"A" * 43 + b"=\n")
    with pytest.raises(crypto.KeyUnusable) as caught:
        check()
    assert caught.value.error_code == "key_differs"
    assert "不是这个数据库的" in caught.value.in_language("zh-hans")


def test_every_command_with_data_checks_the_key_before_it_runs() -> None:
    without = command.WITHOUT_DATABASE | command.WITHOUT_KEY
    assert not without & {"serve", "worker", "ledger", "backup", "users", "drill", "round", "person"}
