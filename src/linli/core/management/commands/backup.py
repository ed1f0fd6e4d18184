"""`linli backup FILE`: everything but the key file, in one file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from linli.core import clock
from linli.core.actors import operator_actor
from linli.core.chains import heads
from linli.core.crypto import key_fingerprint, key_path
from linli.core.process.backup import back_up
from linli.core.process.database import OWNER_URL


class Command(BaseCommand):
    help = "Write a backup of the database into FILE. The key file is not in it: keep it apart."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        target = options["file"].absolute()
        audit = heads(operator_actor())
        back_up(os.environ[OWNER_URL], target, key=key_fingerprint(), now=clock.now(), audit=audit)
        self.stdout.write(_("Backup written: %(file)s (%(size)s MB).") % {"file": target, "size": _megabytes(target)})
        self.stdout.write(
            _(
                "The key file %(file)s is NOT in it. Keep a copy of it in another place: without it no "
                "identity number can be read."
            )
            % {"file": key_path()}
        )


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1_000_000:.1f}"
