"""`linli restore`: into a new database beside the present one, which takes its place only when it is whole."""

import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from linli import __version__
from linli.core.postgres import Urls
from linli.core.postgres.roles import with_database
from linli.core.problem import Problem
from linli.core.process.archive import Manifest, read_manifest, reading
from linli.core.process.client_programs import CHUNK, converted, input_of, newest_program

_UNKNOWN_TO_OLDER_SERVERS = b"SET transaction_timeout"
_END_OF_HEAD = b"SET row_security"
_MAINTENANCE = ("postgres", "template1")


def check_backup(source: Path, *, key: str, key_file: Path) -> Manifest:
    """Return the manifest. Raises Problem when it is no backup, of a newer Linli, or of another key."""
    manifest = read_manifest(source)
    if _order(manifest.version) > _order(__version__):
        raise Problem(
            f"{source} 由更新的 Linli（{manifest.version}）备份，请先升级 Linli（现为 {__version__}）。",
            f"{source} was made by a newer Linli ({manifest.version}); upgrade this one ({__version__}) first.",
            code="newer_backup",
        )
    if manifest.key != key:
        raise Problem(
            f"密钥文件 {key_file} 与这份备份不匹配，身份证号和电话将无法解密。请放入备份时的密钥文件后重试。",
            f"The key file {key_file} does not fit this backup: identity and phone numbers could not be read. "
            "Put the key file "
            "of that time there and try again.",
            code="other_key",
        )
    return manifest


def holds_data(owner_url: str) -> bool:
    """Tell whether any table has a row about a community (0 is the installation itself, which every start fills)."""
    query = (
        "select table_name from information_schema.columns where column_name = 'community' and table_schema = 'public'"
    )
    a_row = sql.SQL("select 1 from public.{} where community <> 0 limit 1")
    with psycopg.connect(owner_url) as connection:
        tables = [str(row[0]) for row in connection.execute(query)]
        return any(connection.execute(a_row.format(sql.Identifier(table))).fetchone() for table in tables)


def restore(source: Path, urls: Urls, finish: Callable[[Urls], None]) -> None:
    """Restore into a new database, let `finish` migrate it and grant, then swap: all or nothing. Raises Problem."""
    name = str(conninfo_to_dict(urls.owner)["dbname"])
    fresh = f"{name[:40]}_restore_{secrets.token_hex(4)}"
    with _maintenance(urls.owner) as connection:
        _check_nobody_there(connection, name)
        _make_database(connection, fresh)
        try:
            _load(source, with_database(urls.owner, fresh))
            finish(urls.with_database(fresh))
            former = _swap(connection, name, fresh)
        except BaseException:
            _drop(connection, fresh)
            raise
        _drop(connection, former)


def _load(source: Path, url: str) -> None:
    as_script = [newest_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    run_script = [
        newest_program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--file=-",
    ]
    with reading(source) as dump, converted(as_script, dump) as script, input_of(run_script, url) as database:
        _hand_over(script, database)


def _hand_over(script: IO[bytes], database: IO[bytes]) -> None:
    """Copy the script but for the settings of its head that an older server does not know."""
    for line in script:
        if not line.startswith(_UNKNOWN_TO_OLDER_SERVERS):
            database.write(line)
        if line.startswith(_END_OF_HEAD):
            break
    shutil.copyfileobj(script, database, CHUNK)


def _swap(connection: psycopg.Connection, name: str, fresh: str) -> str:
    former = f"{name[:40]}_before_{secrets.token_hex(4)}"
    try:
        with connection.transaction():
            _rename(connection, name, former)
            _rename(connection, fresh, name)
    except psycopg.errors.ObjectInUse as error:
        raise _in_use() from error
    return former


def _rename(connection: psycopg.Connection, old: str, new: str) -> None:
    connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(old), sql.Identifier(new)))


def _make_database(connection: psycopg.Connection, name: str) -> None:
    try:
        connection.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8'").format(sql.Identifier(name))
        )
    except psycopg.errors.InsufficientPrivilege as error:
        role = connection.info.user
        raise Problem(
            f"恢复需要新建数据库，角色 {role} 没有这个权限。请执行 ALTER ROLE {role} CREATEDB 后重试。",
            f"A restore makes a new database, which the role {role} may not. Run ALTER ROLE {role} CREATEDB "
            "and try again.",
            code="may_not_make_databases",
        ) from error


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _check_nobody_there(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("select 1 from pg_stat_activity where datname = %s", [name]).fetchone():
        raise _in_use()


@contextmanager
def _maintenance(url: str) -> Iterator[psycopg.Connection]:
    """Connect to a database beside ours, from which ours can be renamed."""
    for name in _MAINTENANCE:
        try:
            connection = psycopg.connect(with_database(url, name), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError:
            continue
        with connection:
            yield connection
        return
    raise Problem(
        "所有者角色连不上 postgres 数据库，无法交换数据库。请授予它 CONNECT 权限。",
        "The owner's role cannot connect to the database postgres, from which databases are swapped. Grant it CONNECT.",
        code="no_maintenance_database",
    )


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _in_use() -> Problem:
    return Problem(
        "数据库正在使用中。请先停止 Linli（linli stop），再恢复。",
        "The database is in use. Stop Linli first (linli stop), then restore.",
        code="database_in_use",
    )
