from tests.core.process.conftest import linli


def test_a_database_in_use_refuses_a_missing_key_and_another_one(home):
    assert linli(home, "users", "list").returncode == 0
    key = home / "keys" / "linli.key"
    kept = key.read_bytes()
    key.unlink()
    missing = linli(home, "users", "list")
    assert missing.returncode == 2
    assert "找不到密钥文件" in missing.stderr
    assert "is not there" in missing.stderr
    assert not key.exists()
    key.write_bytes(b"A" * 43 + b"=\n")
    other = linli(home, "backup", str(home / "copy"))
    assert other.returncode == 2
    assert "不是这个数据库的" in other.stderr
    assert not (home / "copy").exists()
    key.write_bytes(kept)
    assert linli(home, "users", "list").returncode == 0
