"""`linli restore FILE`: take the place of the present data with a backup."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from linli.core.crypto import key_fingerprint, key_path
from linli.core.errors import Conflict, Refused
from linli.core.postgres import Urls
from linli.core.process.database import APP_URL, OWNER_URL
from linli.core.process.restore import check_backup, holds_data, restore
from linli.core.process.schema_state import make_current


class Command(BaseCommand):
    help = "Restore a backup. Needs the key file of that time; refuses to replace data unless told."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace the data that is there")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        source, urls = options["file"].absolute(), Urls(os.environ[APP_URL], os.environ[OWNER_URL])
        manifest = check_backup(source, key=key_fingerprint(), key_file=key_path())
        if holds_data(urls.owner):
            self._agree(replace=options["replace"], yes=options["yes"])
        restore(source, urls, finish=make_current)
        self.stdout.write(_("Restored: the state of %(created)s.") % {"created": manifest.created})

    def _agree(self, *, replace: bool, yes: bool) -> None:
        if not replace:
            raise Conflict(
                _("There is data here already. To replace it with the backup, add --replace."), code="data_exists"
            )
        if yes:
            return
        if not sys.stdin.isatty():
            raise Refused(
                _("Nobody is here to ask. Add --yes to replace the data without a question."), code="not_asked"
            )
        self.stdout.write(_("All present data will be replaced by the backup. Type yes to go on: "), ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("yes", "是"):
            raise Refused(_("Nothing was changed."), code="not_agreed")
