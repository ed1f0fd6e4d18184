"""The cast and the database: a throw-away PostgreSQL, reached as the application's role under row-level security."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import translation
from psycopg.conninfo import conninfo_to_dict

from linli.core.actors import Actor, HeldRole
from linli.core.models import Grant, User
from linli.core.postgres import TestDatabases, Urls, test_cluster
from linli.core.rights import Role
from linli.places.models import Division

BALICHA = 421303004001
NEIGHBOUR = 421303004002
FAR_AWAY = 510107061001

DIVISIONS = {
    420000000000: "湖北省", 421300000000: "随州市", 421303000000: "曾都区", 421303004000: "北郊街道",
    510000000000: "四川省", 510100000000: "成都市", 510107000000: "武侯区", 510107061000: "芳草街街道",
    BALICHA: "八里岔社区", NEIGHBOUR: "邻近社区", FAR_AWAY: "芳草社区",
}  # fmt: skip


def connect_to(url: str) -> None:
    """Point Django's connection at another address."""
    parts = conninfo_to_dict(url)
    connection = connections["default"]
    connection.close()
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    connection.settings_dict.update({key: str(parts.get(name, "")) for key, name in names.items()})


@pytest.fixture(scope="session")
def databases() -> Iterator[TestDatabases]:
    with test_cluster() as made:
        yield made


@pytest.fixture(scope="session")
def pattern(databases: TestDatabases, django_db_blocker: Any) -> str:
    """Name a database with all tables, what Linli ships and a few communities; others are copies, nobody is connected to it."""
    name = "linli_pattern"
    urls = databases.create_database(name)
    settings.LINLI_APP_ROLE = conninfo_to_dict(urls.app)["user"]
    with django_db_blocker.unblock():
        connect_to(urls.owner)
        call_command("migrate_all")
        rows = [Division(code=code, name=name) for code, name in DIVISIONS.items()]
        Division.objects.bulk_create(rows, ignore_conflicts=True)
        connections["default"].close()
    return name


@pytest.fixture(scope="session")
def database_urls(databases: TestDatabases, pattern: str, django_db_blocker: Any) -> Iterator[Urls]:
    urls = databases.create_database("linli_tests", template=pattern)
    connect_to(urls.app)
    yield urls
    with django_db_blocker.unblock():
        connections["default"].close()


@pytest.fixture(scope="session")
def django_db_setup(database_urls: Any) -> None:
    """The database is made and migrated as its owner above; tests run as the application's role."""


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """At full strength each password costs a third of a second; test_accounts holds the installed strength."""
    with override_settings(PASSWORD_HASHERS=["tests.passwords.QuickArgon2PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test begins in the default language, whatever the one before it left."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def community(db: None) -> int:
    return BALICHA


def holder(role: Role, division: int, name: str = "") -> Actor:
    """An actor with one role in one division."""
    return Actor(name or f"{role}@{division}", "user", held=(HeldRole(role, division),))


@pytest.fixture
def coordinator(request: pytest.FixtureRequest) -> Actor:
    """Who works in Balicha; with a database also an account there, which background jobs ask for."""
    actor = holder(Role.COORDINATOR, BALICHA, "coordinator")
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        user, _made = User.objects.get_or_create(username=actor.name)
        Grant.objects.get_or_create(user=user, role=Role.COORDINATOR, division=BALICHA)
    return actor


@pytest.fixture
def desk_clerk() -> Actor:
    return holder(Role.DESK_CLERK, BALICHA, "desk clerk")


@pytest.fixture
def sweeper() -> Actor:
    return holder(Role.SWEEPER, BALICHA, "sweeper")


@pytest.fixture
def command_post() -> Actor:
    return holder(Role.COMMAND, 421303000000, "district command")


@pytest.fixture
def stranger() -> Actor:
    return holder(Role.COORDINATOR, FAR_AWAY, "coordinator of another community")


@pytest.fixture
def nobody() -> Actor:
    return Actor("nobody", "user")
