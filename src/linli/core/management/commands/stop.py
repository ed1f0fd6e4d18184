"""`linli stop`: end this installation's server, and its database when nobody else uses it."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from linli.core.home import home
from linli.core.postgres.waiting import until
from linli.core.process.database import is_in_use, stop_if_unused
from linli.core.process.running import stop_server

LEAVE_SECONDS = 5
"""How long the server that has just stopped may take to let go of the database."""


class Command(BaseCommand):
    help = "Stop the running server and its database."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        stopped = stop_server(home())
        self.stdout.write(_("The server has stopped.") if stopped else _("No server is running."))
        until(lambda: not is_in_use(home()), LEAVE_SECONDS)
        if not stop_if_unused(home()):
            self.stdout.write(_("Another command is still using the database; it stops when that command ends."))
