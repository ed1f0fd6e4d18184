import json
import zipfile
from datetime import UTC, datetime

import psycopg
import pytest

from linli.core.postgres import Urls, test_cluster
from linli.core.postgres.roles import with_parts
from linli.core.problem import Problem
from linli.core.process.archive import read_manifest
from linli.core.process.backup import back_up
from linli.core.process.restore import check_backup, holds_data, restore

NOW = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
KEY = "a" * 16
HEADS = {0: (17, "ab" * 32)}


@pytest.fixture(scope="module")
def databases():
    with test_cluster() as made:
        yield made


@pytest.fixture
def urls(databases, request):
    name = f"d{abs(hash(request.node.name)) % 10**8}"
    urls = databases.create_database(name)
    with psycopg.connect(urls.owner) as connection:
        connection.execute("create table marks (community bigint, note text)")
        connection.execute("alter table marks enable row level security")
        connection.execute("create policy own on marks using (community = 1)")
        connection.execute("insert into marks select i, '邻里' || i from generate_series(1, 5000) i")
    yield urls
    databases.drop_database(name)


@pytest.fixture
def backup(urls, tmp_path):
    target = tmp_path / "linli.backup"
    back_up(urls.owner, target, key=KEY, now=NOW, audit=HEADS)
    return target


def grant_again(urls: Urls) -> None:
    role = psycopg.conninfo.conninfo_to_dict(urls.app)["user"]
    with psycopg.connect(urls.owner) as connection:
        connection.execute(f'grant select on marks to "{role}"')


def notes(url):
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select note from marks order by community")]


def execute(url, statement):
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def test_what_is_restored_is_what_was_backed_up_and_still_behind_its_policy(urls, backup):
    before = notes(urls.owner)
    execute(urls.owner, "delete from marks")
    restore(backup, urls, finish=grant_again)
    assert notes(urls.owner) == before
    assert notes(urls.app) == ["邻里1"]


def test_only_its_owner_can_read_a_backup_and_it_says_what_it_is(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    manifest = read_manifest(backup)
    assert (manifest.created, manifest.key, manifest.audit) == (NOW.isoformat(), KEY, {"0": [17, "ab" * 32]})


def test_a_failing_backup_leaves_the_earlier_one_alone(urls, backup):
    content = backup.read_bytes()
    with pytest.raises(psycopg.OperationalError):
        back_up(with_parts(urls.owner, user="nobody_there"), backup, key=KEY, now=NOW, audit=HEADS)
    assert backup.read_bytes() == content
    assert list(backup.parent.iterdir()) == [backup]


def test_a_later_backup_takes_the_earlier_ones_place(urls, backup):
    execute(urls.owner, "delete from marks")
    back_up(urls.owner, backup, key=KEY, now=NOW.replace(day=2), audit=HEADS)
    assert read_manifest(backup).created.startswith("2022-03-02")


def test_refuses_to_write_over_a_file_that_is_no_backup(urls, tmp_path):
    thesis = tmp_path / "thesis.odt"
    thesis.write_text("years of work")
    with pytest.raises(Problem, match="not a backup"):
        back_up(urls.owner, thesis, key=KEY, now=NOW, audit=HEADS)
    assert thesis.read_text() == "years of work"


@pytest.mark.parametrize("content", [b"", b"PK", b"years of work" * 1000])
def test_refuses_a_file_that_is_no_backup(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(Problem, match="not a backup"):
        check_backup(file, key=KEY, key_file=tmp_path)


def test_refuses_a_backup_of_another_key_and_says_where_the_right_one_goes(backup, tmp_path):
    with pytest.raises(Problem, match=r"linli\.key does not fit"):
        check_backup(backup, key="b" * 16, key_file=tmp_path / "linli.key")


def test_refuses_a_backup_of_a_newer_version(backup, tmp_path):
    newer = tmp_path / "newer"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(newer, "w") as new:
        new.writestr("manifest.json", json.dumps(json.loads(old.read("manifest.json")) | {"version": "99.0"}))
        new.writestr("database.dump", b"")
    with pytest.raises(Problem, match="newer Linli"):
        check_backup(newer, key=KEY, key_file=tmp_path)


def test_a_damaged_backup_changes_nothing(urls, backup):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    before = notes(urls.owner)
    with pytest.raises(Problem, match="damaged"):
        restore(backup, urls, finish=grant_again)
    assert notes(urls.owner) == before
    assert leftovers(urls) == []


def test_a_restore_that_fails_at_the_end_changes_nothing(urls, backup):
    def fail(_urls):
        raise Problem("不行", "no")

    execute(urls.owner, "delete from marks where community > 3")
    with pytest.raises(Problem):
        restore(backup, urls, finish=fail)
    assert len(notes(urls.owner)) == 3
    assert leftovers(urls) == []


def test_refuses_while_somebody_is_connected(urls, backup):
    with psycopg.connect(urls.app), pytest.raises(Problem, match="linli stop"):
        restore(backup, urls, finish=grant_again)


def test_knows_whether_there_is_data_to_lose(urls):
    assert holds_data(urls.owner)
    execute(urls.owner, "delete from marks")
    assert not holds_data(urls.owner)


def leftovers(urls):
    with psycopg.connect(urls.owner) as connection:
        query = "select datname from pg_database where datname like current_database() || '\\_%'"
        return [row[0] for row in connection.execute(query)]
