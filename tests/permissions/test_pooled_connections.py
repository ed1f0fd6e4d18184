"""The database's own wall: what a connection shows that no scope was opened on, new or handed on by somebody else."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from psycopg import sql
from psycopg_pool import ConnectionPool

from linli.core.postgres import TestDatabases
from linli.core.scope import ScopedModel
from tests.conftest import BALICHA, FAR_AWAY, connect_to
from tests.permissions.world import SECRETS, one_of_everything

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedModel))
PEOPLE = {
    "registry_person", "registry_personphone", "registry_residency", "registry_household", "places_dwelling",
    "rounds_target", "rounds_round", "core_work",
}  # fmt: skip


@pytest.fixture(scope="module")
def pool(
    databases: TestDatabases, pattern: str, database_urls: Any, django_db_blocker: Any
) -> Iterator[ConnectionPool]:
    """One connection that everybody shares, to a database where two communities have committed rows."""
    urls = databases.create_database("linli_pooled", template=pattern)
    with django_db_blocker.unblock():
        connect_to(urls.app)
        person, compound, number, phone = SECRETS
        one_of_everything(FAR_AWAY, person=person, compound=compound, id_number=number, phone=phone)
        one_of_everything(
            BALICHA, person="张三", compound="明珠华府", id_number="421303199212175415", phone="13871311858"
        )
        connect_to(database_urls.app)
    with ConnectionPool(urls.app, min_size=1, max_size=1, open=True) as shared:
        yield shared


def counts(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for table in TABLES:
        row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
        assert row is not None
        found[table] = row[0]
    return found


def test_no_table_shows_a_row_on_a_new_connection(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        assert {table for table, rows in counts(connection).items() if rows} == set()


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_no_table_shows_a_row_on_a_connection_that_somebody_has_just_used(pool: ConnectionPool, ending: str) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [f"{{[{BALICHA},{BALICHA + 1})}}"])
        seen = counts(connection)
        getattr(connection, ending)()
    assert {table for table, rows in seen.items() if rows} >= PEOPLE
    with pool.connection() as connection:
        assert {table for table, rows in counts(connection).items() if rows} == set()


def test_a_scope_shows_its_own_community_and_no_other(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [f"{{[{BALICHA},{BALICHA + 1})}}"])
        names = connection.execute("select name from registry_person").fetchall()
    assert names == [("张三",)]


@pytest.mark.parametrize("scope", ["", "{}", "{[0,1)}"])
def test_an_empty_scope_shows_nobody(pool: ConnectionPool, scope: str) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [scope])
        assert {table for table, rows in counts(connection).items() if rows} & PEOPLE == set()
