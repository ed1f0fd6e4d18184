"""`linli serve`: the server of this installation, until `linli stop` or Ctrl-C."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from linli.core import clock
from linli.core.accounts import first_administrator_link
from linli.core.home import home
from linli.core.postgres import check_app_role
from linli.core.process.banner import show
from linli.core.process.database import APP_URL
from linli.core.process.listening import demand_this_machine_only, read_address
from linli.core.process.serving import Ready, Serving, serve


class Command(BaseCommand):
    help = "Run Linli: web pages, background jobs and, without LINLI_DATABASE_URL, its own database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="ADDR:PORT", help="default 127.0.0.1:8000; with --local-ca 0.0.0.0:8443")
        parser.add_argument("--cert", type=Path, metavar="FILE", help="certificate (PEM)")
        parser.add_argument("--key", type=Path, metavar="FILE", help="its key (PEM)")
        parser.add_argument(
            "--local-ca", action="store_true", help="HTTPS in the local network by an authority of our own"
        )
        parser.add_argument(
            "--plain-port", type=int, default=8080, metavar="N",
            help="with --local-ca: HTTP port where phones first come for the certificate (8080; 0 for none)",
        )  # fmt: skip
        parser.add_argument("--workers", type=int, metavar="N", help="processes of the web server")

    def handle(self, *_args: Any, **options: Any) -> None:
        bind = options["bind"] or ("0.0.0.0:8443" if options["local_ca"] else "127.0.0.1:8000")
        address = read_address(bind)
        if settings.DEMO_ACCOUNTS_FILE.is_file():
            demand_this_machine_only(address)
        with psycopg.connect(os.environ[APP_URL]) as connection:
            check_app_role(connection)
        serving = Serving(
            home=home(),
            address=address,
            workers=options["workers"],
            given=(options["cert"], options["key"]),
            local_ca=options["local_ca"],
            plain_port=options["plain_port"] or None,
        )
        serve(serving, clock.now(), _tell)


def _tell(ready: Ready) -> bool:
    """Show the operator where the pages are; False when the database went away meanwhile."""
    try:
        link = first_administrator_link()
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    show(ready, link)
    return True
