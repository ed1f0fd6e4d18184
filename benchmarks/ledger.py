"""Taking in Balicha's ledger of 5,969 people: dry run, import, the same file again, beside two plain ways to do less.

The yardsticks run in the same process on the same machine: openpyxl reading every cell of the file, and Django's
`bulk_create` storing as many persons without encryption, flags, changes or audit. Bound: import in at most 10 s.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BALICHA = Path(__file__).parent.parent / "tests/data/registry/balicha.xlsx"
COMMUNITY = 421303004001
BOUND_SECONDS = 10.0


def main(arguments: list[str]) -> None:
    """Print seconds and ratios; exit 1 when the import takes longer than its bound."""
    options = argparse.ArgumentParser(prog="ledger", description=__doc__)
    options.add_argument("--file", type=Path, default=BALICHA)
    file = options.parse_args(arguments).file
    os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-bench-", dir="/tmp")
    from linli.core.postgres import test_cluster

    with test_cluster() as databases:
        urls = databases.create_database("ledger_bench")
        _set_up(urls)
        rows = [
            ("openpyxl reads every cell (yardstick)", _timed(lambda: _read_plainly(file))),
            ("Linli: dry run", _timed(lambda: _import(file, is_dry_run=True))),
            ("Linli: import", _timed(lambda: _import(file))),
            ("Linli: the same file again", _timed(lambda: _import(file))),
            ("Django bulk_create of as many persons (yardstick)", _timed(_store_plainly)),
        ]
        _leave()
    _show(rows)


def _set_up(urls: Any) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "linli.web.settings", "LINLI_APP_DATABASE_URL": urls.app}
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from tests.conftest import connect_to

    connect_to(urls.owner)
    call_command("migrate_all")
    connection.close()
    connect_to(urls.app)


def _leave() -> None:
    from django.db import connection

    connection.close()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _read_plainly(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file, data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for _ in row)


def _import(file: Path, *, is_dry_run: bool = False) -> object:
    from linli.core.actors import cli_actor
    from linli.registry.services.ledger_import import import_ledger

    return import_ledger(cli_actor(COMMUNITY), COMMUNITY, file, name="八里岔社区", dry_run=is_dry_run)


def _store_plainly() -> int:
    from linli.core.scope import scope_of
    from linli.registry.models import Person

    with scope_of(((COMMUNITY, COMMUNITY + 1),)):
        return len(Person.objects.bulk_create([Person(community=COMMUNITY, name="某人") for _ in range(5969)]))


def _show(rows: list[tuple[str, float]]) -> None:
    seconds = dict(rows)
    imported, yardstick = seconds["Linli: import"], rows[0][1]
    for name, taken in rows:
        print(f"{name:52s} {taken:7.2f} s  {taken / yardstick:6.2f} x openpyxl")
    print(f"bound {BOUND_SECONDS:.0f} s: {'kept' if imported <= BOUND_SECONDS else 'NOT KEPT'}")
    raise SystemExit(imported > BOUND_SECONDS)
