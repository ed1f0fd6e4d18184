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
from tests.permissions.world import SECRETS, one_in_every_table, one_of_everything

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedModel))

_COMMUNITIES = sql.SQL("select distinct community from {}")


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
        for community in (FAR_AWAY, BALICHA):
            one_in_every_table(community)
        connect_to(database_urls.app)
    with ConnectionPool(urls.app, min_size=1, max_size=1, open=True) as shared:
        yield shared


def shown(connection: psycopg.Connection) -> set[str]:
    """The tables of which a connection shows a row about a community."""
    statement = sql.SQL("select 1 from {} where community <> 0 limit 1")
    return {table for table in TABLES if connection.execute(statement.format(sql.Identifier(table))).fetchone()}


def test_no_table_shows_a_row_on_a_new_connection(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        assert shown(connection) == set()


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_no_table_shows_a_row_on_a_connection_that_somebody_has_just_used(pool: ConnectionPool, ending: str) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [f"{{[{BALICHA},{BALICHA + 1})}}"])
        assert shown(connection) == set(TABLES)
        getattr(connection, ending)()
    with pool.connection() as connection:
        assert shown(connection) == set()


def test_a_scope_shows_its_own_community_and_no_other(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [f"{{[{BALICHA},{BALICHA + 1})}}"])
        seen = [connection.execute(_COMMUNITIES.format(sql.Identifier(table))).fetchall() for table in TABLES]
    assert seen == [[(BALICHA,)]] * len(TABLES)


@pytest.mark.parametrize("scope", ["", "{}", "{[0,1)}"])
def test_an_empty_scope_shows_nobody(pool: ConnectionPool, scope: str) -> None:
    with pool.connection() as connection:
        connection.execute("select set_config('linli.scope', %s, true)", [scope])
        assert shown(connection) == set()
