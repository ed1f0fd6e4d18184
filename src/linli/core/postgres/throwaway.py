"""Databases for tests: on a server of their own with fsync off, or on that of LINLI_DATABASE_URL."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from linli.core.home import folder
from linli.core.postgres.cluster import Cluster, cluster_of
from linli.core.postgres.config import THROW_AWAY
from linli.core.postgres.given import prepare
from linli.core.postgres.roles import Urls


@dataclass
class TestDatabases:
    """Makes and drops databases as the owner; names get a prefix of their own on a shared server."""

    __test__ = False

    home: Path
    urls: Urls
    cluster: Cluster | None = None
    prefix: str = field(default_factory=lambda: f"linli_test_{secrets.token_hex(4)}_")
    _made: list[str] = field(default_factory=list)

    def create_database(self, name: str, template: str | None = None) -> Urls:
        """Make a database, as a copy of `template` (a name given here before) if named, and return its addresses."""
        target = self._full(name)
        source = sql.Identifier(self._full(template)) if template else sql.Identifier("template0")
        self._execute(sql.SQL("create database {} template {} encoding 'UTF8'").format(sql.Identifier(target), source))
        self._made.append(target)
        return self.urls.with_database(target)

    def drop_database(self, name: str) -> None:
        """Drop a database and everybody's connections to it."""
        target = self._full(name)
        self._execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target)))
        self._made.remove(target)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.cluster:
            self.cluster.stop()
        else:
            for target in self._made:
                self._execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target)))
            self._drop_role()
        shutil.rmtree(self.home, ignore_errors=True)

    def _drop_role(self) -> None:
        """Drop the application's role that was made for these databases; one that was given stays."""
        if "LINLI_OWNER_DATABASE_URL" not in os.environ:
            role, name = conninfo_to_dict(self.urls.app)["user"], conninfo_to_dict(self.urls.owner)["dbname"]
            names = {"role": sql.Identifier(str(role)), "database": sql.Identifier(str(name))}
            self._execute(sql.SQL("revoke all on database {database} from {role}").format(**names))
            self._execute(sql.SQL("drop role {role}").format(**names))

    def _full(self, name: str) -> str:
        return name if self.cluster else f"{self.prefix}{name}"

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.urls.owner, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def test_cluster() -> Iterator[TestDatabases]:
    """Give throw-away databases for the block: on the server of LINLI_DATABASE_URL, else on one of their own."""
    given = os.environ.get("LINLI_DATABASE_URL")
    home = Path(tempfile.mkdtemp(prefix="linli-test-", dir="/tmp"))
    databases = None
    try:
        databases = _on_given_server(given, home) if given else _on_own_server(home)
        yield databases
    finally:
        if databases is not None:
            databases.close()
        shutil.rmtree(home, ignore_errors=True)


test_cluster.__test__ = False  # type: ignore[attr-defined]


def _on_given_server(url: str, home: Path) -> TestDatabases:
    return TestDatabases(home, prepare(url, home, os.environ.get("LINLI_OWNER_DATABASE_URL")))


def _on_own_server(home: Path) -> TestDatabases:
    folder("keys", home)
    made = cluster_of(home)
    cluster = Cluster(home, made.place, made.binaries, tuple(THROW_AWAY.items()))
    cluster.start()
    return TestDatabases(home, cluster.urls(), cluster)
