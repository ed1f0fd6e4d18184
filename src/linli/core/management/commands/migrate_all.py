"""`linli migrate_all`: migrations, what `core.schema` derives, what Linli ships. Runs as the owner of the tables."""

import shlex
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from linli.core import schema
from linli.core.process.key_state import check_key


class Command(BaseCommand):
    help = "Bring the database to this version of Linli (run with LINLI_DATABASE_ROLE=owner)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            schema.apply(str(settings.LINLI_APP_ROLE))
        connection.ensure_connection()
        check_key(connection.connection)
        for command in settings.LINLI_SETUP_COMMANDS:
            call_command(*shlex.split(command), verbosity=0)
