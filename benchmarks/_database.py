"""A throw-away database and home for a benchmark that needs the whole of Linli."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def throw_away_database(urlconf: str = "linli.web.urls") -> Iterator[None]:
    """Make a migrated database, point Django at it as the application's role, and leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-", dir="/tmp") as home:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "linli.web.settings", "LINLI_HOME": home}
        from linli.core import crypto
        from linli.core.postgres import test_cluster

        crypto.make_key()
        with test_cluster() as databases:
            urls = databases.create_database("bench")
            os.environ["LINLI_APP_DATABASE_URL"] = urls.app
            _set_up(urls.owner, urls.app, urlconf)
            yield
            _disconnect()


def _set_up(owner: str, app: str, urlconf: str) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from psycopg.conninfo import conninfo_to_dict

    django.setup()
    settings.ROOT_URLCONF = urlconf
    settings.LINLI_APP_ROLE = conninfo_to_dict(app)["user"]
    _connect_to(owner)
    call_command("migrate_all")
    for command in settings.LINLI_SETUP_COMMANDS:
        call_command(*command.split())
    _connect_to(app)


def _connect_to(url: str) -> None:
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    connection.close()
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    connection.settings_dict.update({key: str(parts.get(name, "")) for key, name in names.items()})


def _disconnect() -> None:
    from django.db import connection

    connection.close()
