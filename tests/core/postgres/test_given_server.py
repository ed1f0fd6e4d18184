"""LINLI_DATABASE_URL, with a throw-away server in the part of the city's."""

import psycopg
import pytest

from linli.core.postgres import check_app_role, prepare, test_cluster
from linli.core.postgres.cluster import Cluster
from linli.core.postgres.roles import make_url, with_database, with_parts
from linli.core.problem import Problem


def superuser(cluster: Cluster | None) -> psycopg.Connection:
    assert cluster is not None
    return psycopg.connect(cluster.superuser_url(), autocommit=True)


@pytest.fixture(scope="module")
def server():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LINLI_DATABASE_URL", raising=False)
        with test_cluster() as databases, superuser(databases.cluster) as connection:
            connection.execute("create role city login createrole createdb password 'city'")
            connection.execute("create role clerk login password 'clerk'")
            connection.execute("create role wizard login bypassrls password 'wizard'")
            connection.execute("drop role linli_app")
            yield databases, connection


@pytest.fixture
def url_of(server):
    databases, connection = server
    connection.execute("drop database if exists town with (force)")
    connection.execute("create database town owner city")
    connection.execute("drop owned by linli_app cascade; drop role linli_app") if has_app(connection) else None
    return lambda role: with_parts(databases.urls.owner, user=role, password=role, dbname="town")


def has_app(connection):
    return connection.execute("select 1 from pg_roles where rolname = 'linli_app'").fetchone()


def test_makes_the_application_role_when_it_may(url_of, tmp_path):
    urls = prepare(url_of("city"), tmp_path)
    assert urls.owner == url_of("city")
    with psycopg.connect(urls.app) as connection:
        check_app_role(connection)
        assert connection.execute("select current_user").fetchone() == ("linli_app",)


def test_a_second_start_uses_the_same_role(url_of, tmp_path):
    assert prepare(url_of("city"), tmp_path) == prepare(url_of("city"), tmp_path)


def test_makes_the_role_again_when_it_was_dropped(url_of, server, tmp_path):
    prepare(url_of("city"), tmp_path)
    server[1].execute("drop owned by linli_app cascade; drop role linli_app")
    with psycopg.connect(prepare(url_of("city"), tmp_path).app) as connection:
        check_app_role(connection)


def test_another_installation_does_not_take_the_first_ones_role(url_of, tmp_path):
    first = prepare(url_of("city"), tmp_path / "first")
    second = prepare(url_of("city"), tmp_path / "second")
    for urls in (first, second):
        with psycopg.connect(urls.app) as connection:
            check_app_role(connection)
    assert first.app != second.app


def test_says_which_two_addresses_to_set_when_it_may_not_make_roles(url_of, tmp_path):
    with pytest.raises(Problem) as refused:
        prepare(url_of("clerk"), tmp_path)
    for sentence in (refused.value.zh, refused.value.en):
        assert "LINLI_DATABASE_URL" in sentence
        assert "LINLI_OWNER_DATABASE_URL" in sentence


def test_takes_two_addresses_as_they_are(url_of, tmp_path):
    urls = prepare(url_of("clerk"), tmp_path, url_of("city"))
    assert (urls.app, urls.owner) == (url_of("clerk"), url_of("city"))


@pytest.mark.parametrize(("role", "reason"), [("city", "database owner"), ("wizard", "BYPASSRLS")])
def test_refuses_an_application_role_that_policies_do_not_bind(url_of, tmp_path, role, reason):
    with pytest.raises(Problem, match=reason):
        prepare(url_of(role), tmp_path, url_of("city"))


def test_says_so_when_nobody_answers(tmp_path):
    with pytest.raises(Problem, match="No connection to the database"):
        prepare(make_url("a", "b", "c", "127.0.0.1", 1), tmp_path)


def test_refuses_a_database_that_cannot_hold_chinese(server, url_of, tmp_path):
    server[1].execute("create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0")
    with pytest.raises(Problem, match="UTF8"):
        prepare(with_database(url_of("city"), "latin"), tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p%40ss@db.example:6000/name",
        "postgresql://u:p@/name?host=/run/postgresql&port=5433",
        "postgresql://u:p@[::1]:5432/name?sslmode=require",
    ],
)
def test_changes_only_the_database_of_an_address(url):
    assert with_database(url, "other") == url.replace("/name", "/other")


def test_throw_away_databases_are_copies_of_a_template(server):
    databases, _connection = server
    with psycopg.connect(databases.create_database("pattern").owner) as connection:
        connection.execute("create table marks as select 1 as mark")
    with psycopg.connect(databases.create_database("copy", template="pattern").owner) as connection:
        assert connection.execute("select mark from marks").fetchone() == (1,)
    databases.drop_database("copy")
