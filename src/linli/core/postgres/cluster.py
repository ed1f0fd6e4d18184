"""The embedded server of one LINLI_HOME: started when needed, its roles and database made, its addresses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import sql

from linli.core import secret_file
from linli.core.home import folder
from linli.core.postgres import server
from linli.core.postgres.binaries import Binaries
from linli.core.postgres.config import DURABLE, SUPERUSER
from linli.core.postgres.locks import exclusive
from linli.core.postgres.place import PORT, Place, place_of
from linli.core.postgres.roles import APP, DATABASE, OWNER, Urls, make_login_role, make_url
from linli.core.postgres.waiting import until
from linli.core.problem import Problem

ANSWER_SECONDS = 30
_CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Cluster:
    """An embedded server; `url()` does not need it to run."""

    home: Path
    place: Place
    binaries: Binaries
    durability: tuple[tuple[str, str], ...] = tuple(DURABLE.items())

    def url(self, role: Literal["app", "owner"], database: str = DATABASE) -> str:
        """Return the address for a role."""
        name = OWNER if role == "owner" else APP
        password, _made = secret_file.secret(self.home, f"database-{role}")
        return make_url(name, password, database, str(self.place.socket_folder), PORT)

    def urls(self, database: str = DATABASE) -> Urls:
        return Urls(self.url("app", database), self.url("owner", database))

    def superuser_url(self, database: str = "postgres") -> str:
        """Return the launcher's own address: peer authentication, no password, only for whoever started the server."""
        return make_url(SUPERUSER, None, database, str(self.place.socket_folder), PORT)

    def answers(self) -> bool:
        """Tell whether both roles get an answer now."""
        return self.is_alive() and _answers(self.url("app")) and _answers(self.url("owner"))

    def is_alive(self) -> bool:
        """Tell whether any process of the server is left."""
        return server.is_alive(self.place)

    def start(self) -> None:
        """Start the server if it does not answer, and make what is missing. Two processes may call this at once."""
        with exclusive(self.place.start_lock):
            if self.answers():
                return
            if not self._comes_up():
                durability = dict(self.durability)
                server.make_data(self.place, self.binaries, durability)
                server.start(self.place, self.binaries, durability)
                if not until(self._ready, ANSWER_SECONDS):
                    raise self._silent()
            self._make_roles()

    def stop(self) -> None:
        """Stop the server, whoever uses it, and return when its last process is gone."""
        with exclusive(self.place.start_lock):
            server.stop(self.place, self.binaries)

    def _comes_up(self) -> bool:
        """Wait while a server is there that is still starting, recovering or stopping; tell whether it answers."""
        until(lambda: self._ready() or not server.has_postmaster(self.place), server.RECOVERY_SECONDS)
        return self._ready()

    def _ready(self) -> bool:
        return self.is_alive() and _answers(self.superuser_url())

    def _make_roles(self) -> None:
        with psycopg.connect(self.superuser_url(), autocommit=True, connect_timeout=_CONNECT_SECONDS) as connection:
            make_login_role(
                connection, OWNER, secret_file.secret(self.home, "database-owner")[0], options="createdb nocreaterole"
            )
            make_login_role(
                connection, APP, secret_file.secret(self.home, "database-app")[0], options="nocreatedb nocreaterole"
            )
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )

    def _silent(self) -> Problem:
        said = server.last_log_lines(self.place)
        return Problem(
            f"内置数据库已启动，但没有应答。日志最后几行：\n{said}",
            f"The embedded database was started but does not answer. The last lines of its log:\n{said}",
            code="database_silent",
        )


def cluster_of(home: Path) -> Cluster:
    """Return the cluster of a home without starting it."""
    place = place_of(home)
    return Cluster(home, place, server.binaries_for(place))


def ensure_running(home: Path) -> Cluster:
    """Return the home's cluster, started when it was not. Raises Problem."""
    folder("keys", home)
    cluster = cluster_of(home)
    if not cluster.answers():
        cluster.start()
    return cluster


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS) as connection:
            return connection.execute("select 1").fetchone() is not None
    except psycopg.Error:
        return False
