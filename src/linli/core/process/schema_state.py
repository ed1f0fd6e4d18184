"""Bring the database to this version of Linli before the first command that needs it, once, whoever comes first."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psycopg
from psycopg import sql

from linli import __version__
from linli.core.postgres import Urls
from linli.core.problem import Problem
from linli.core.process.database import APP_URL, OWNER_URL, database

SOURCES = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/*.py",
    "core/schema.py",
    "core/management/commands/migrate_all.py",
    "*/packs/**/*",
)
PACKAGES = ("django", "django-allauth", "procrastinate")
_MARK = "linli schema "
_PACKAGE = Path(__file__).parents[2]


def code_fingerprint() -> str:
    """Return a name for everything the schema is made from: it changes when a migration may be due."""
    digest = hashlib.sha256(__version__.encode())
    for name in PACKAGES:
        digest.update(f"{name} {_version_of(name)}".encode())
    for path in sorted({path for pattern in SOURCES for path in _PACKAGE.glob(pattern) if path.is_file()}):
        if path.suffix != ".pyc":
            digest.update(str(path.relative_to(_PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def bring_up_to_date(urls: Urls) -> None:
    """Migrate as the owner when the database was made by other code. Two commands may call this at once."""
    wanted = code_fingerprint()
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        if recorded(connection) == wanted:
            return
        connection.execute("select pg_advisory_lock(hashtext('linli migrate'))")
        if recorded(connection) != wanted:
            make_current(urls)


@contextmanager
def prepared(*, migrated: bool) -> Iterator[Urls]:
    """Give the database for the block, brought to this version of Linli if `migrated`."""
    with database() as urls:
        if migrated and urls.owner:
            bring_up_to_date(urls)
        yield urls


def make_current(urls: Urls) -> None:
    """Run `linli migrate_all` as the owner in a process of its own, and note that it went well. Raises Problem."""
    print("正在准备数据库…… Preparing the database…", file=sys.stderr, flush=True)  # noqa: T201  (the person waits for it)
    env = os.environ | {APP_URL: urls.app, OWNER_URL: urls.owner, "LINLI_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "linli", "migrate_all"]
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if answer.returncode:
        said = (answer.stderr or answer.stdout).strip()
        raise Problem(
            f"数据库没能升级到这个版本，原有数据没有丢失：\n{said}",
            f"The database could not be brought to this version; nothing in it was lost:\n{said}",
            code="migration_failed",
        )
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        _record(connection, code_fingerprint())


def recorded(connection: psycopg.Connection) -> str | None:
    """Return the fingerprint of the code that last prepared this database."""
    row = connection.execute("select obj_description(to_regclass('public.django_migrations'), 'pg_class')").fetchone()
    comment = row[0] if row else None
    return str(comment).removeprefix(_MARK) if comment and str(comment).startswith(_MARK) else None


def _record(connection: psycopg.Connection, fingerprint: str) -> None:
    connection.execute(
        sql.SQL("comment on table public.django_migrations is {}").format(sql.Literal(_MARK + fingerprint))
    )


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
