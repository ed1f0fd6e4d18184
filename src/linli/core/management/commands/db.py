"""`linli db url`: print the address of the database in use."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.core.process.database import urls_in_use


class Command(BaseCommand):
    help = "Print the address of the database in use, password included."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        url = actions.add_parser("url", help="print the address")
        url.add_argument("--role", choices=["app", "owner"], default="app")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(urls_in_use().of(options["role"]))
