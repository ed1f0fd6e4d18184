"""A PostgreSQL that was given to Linli (LINLI_DATABASE_URL): nothing is started, the two roles are made or checked."""

import hashlib
import json
import secrets
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from linli.core.home import folder
from linli.core.postgres.binaries import OLDEST_MAJOR
from linli.core.postgres.roles import APP, Urls, check_app_role, make_login_role, with_parts
from linli.core.problem import Problem
from linli.core.secret_file import store

CONNECT_SECONDS = 10


def prepare(url: str, home: Path, owner_url: str | None = None) -> Urls:
    """Return the addresses of both roles on a given server. Raises Problem, saying what to set, when it cannot be used.

    With both addresses they are checked. With one, its role becomes the owner and makes the application's role.
    """
    with _connect(owner_url or url) as connection:
        _check_server(connection)
        if owner_url:
            _check_app(url)
            return Urls(url, owner_url)
        _check_may_make_roles(connection)
        role, password = _app_role(connection, _note(home, url))
        app_url = with_parts(url, user=role, password=password)
    _check_app(app_url)
    return Urls(app_url, url)


def _connect(url: str) -> Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(
            f"连接不上数据库（LINLI_DATABASE_URL）：{reason}",
            f"No connection to the database (LINLI_DATABASE_URL): {reason}",
            code="database_unreachable",
        ) from error


def _check_server(connection: Connection) -> None:
    major, encoding = connection.info.server_version // 10000, connection.info.parameter_status("server_encoding")
    if major < OLDEST_MAJOR:
        raise Problem(
            f"数据库是 PostgreSQL {major}，Linli 需要 {OLDEST_MAJOR} 或更新的版本。",
            f"The database is PostgreSQL {major}; Linli needs {OLDEST_MAJOR} or newer.",
            code="postgresql_version",
        )
    if encoding != "UTF8":
        raise Problem(
            f"数据库编码是 {encoding}，请另建编码为 UTF8 的数据库。",
            f"The database is encoded in {encoding}; make one with ENCODING 'UTF8'.",
            code="database_encoding",
        )


def _check_may_make_roles(connection: Connection) -> None:
    row = connection.execute(
        """
        select current_user, rolsuper or rolcreaterole, has_schema_privilege(current_user, 'public', 'create')
          from pg_roles where rolname = current_user
        """
    ).fetchone()
    assert row is not None
    role, makes_roles, makes_tables = row
    if not makes_roles:
        raise Problem(
            f"数据库角色 {role} 不能建立角色。请设置两个地址：LINLI_DATABASE_URL 为普通应用角色，"
            "LINLI_OWNER_DATABASE_URL 为表的所有者；"
            f"或执行 ALTER ROLE {role} CREATEROLE。",
            f"The database role {role} may not make roles. Set two addresses: LINLI_DATABASE_URL with an "
            "ordinary role for the "
            f"application, LINLI_OWNER_DATABASE_URL with the owner of the tables; or run ALTER ROLE {role} CREATEROLE.",
            code="two_urls_needed",
        )
    if not makes_tables:
        raise Problem(
            f"数据库角色 {role} 不能在 public 模式中建表。请执行 GRANT CREATE ON SCHEMA public TO {role}，"
            "或让它成为数据库所有者。",
            f"The database role {role} may not make tables. Run GRANT CREATE ON SCHEMA public TO {role}, or "
            "make it the owner.",
            code="owner_too_weak",
        )


def _check_app(url: str) -> None:
    with _connect(url) as connection:
        check_app_role(connection)


def _note(home: Path, url: str) -> Path:
    """Return where the application's role for this server and database is remembered."""
    parts = conninfo_to_dict(url)
    where = [str(parts.get(name)) for name in ("host", "hostaddr", "port", "dbname")]
    return folder("keys", home) / f"database-app-{hashlib.sha256(' '.join(where).encode()).hexdigest()[:12]}"


def _app_role(connection: Connection, note: Path) -> tuple[str, str]:
    """Make the application's role, or return the one this home made before.

    Roles are shared by all databases of a server: when another installation has the plain name, ours gets an ending.
    """
    connection.execute("select pg_advisory_lock(hashtext('linli roles'))")
    if not note.exists():
        taken = connection.execute("select 1 from pg_roles where rolname = %s", [APP]).fetchone()
        name = f"{APP}_{secrets.token_hex(3)}" if taken else APP
        store(note, json.dumps({"role": name, "password": secrets.token_urlsafe(32)}))
    kept = json.loads(note.read_text())
    role, password = str(kept["role"]), str(kept["password"])
    if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
        _make(connection, role, password)
    return role, password


def _make(connection: Connection, role: str, password: str) -> None:
    make_login_role(connection, role, password, options="nocreatedb nocreaterole")
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("grant connect, temporary on database {} to {}").format(database, sql.Identifier(role)))
