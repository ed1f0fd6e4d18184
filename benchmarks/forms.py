"""Filling an agency's form with 60,000 people: the register made up by rule, the form tests/data/paperwork/civil.xlsx.

The yardstick runs in the same process on the same machine: openpyxl writing as many rows of the same width cell by cell, without
a register, decryption or looks. Bound: 60,000 rows in at most 10 s, with identity numbers, phones and ticks.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.ledger import _leave, _set_up, _timed

BLANK = Path(__file__).parent.parent / "tests/data/paperwork/civil.xlsx"
COMMUNITY = 421303004001
PEOPLE, PER_DOOR = 60_000, 3
BOUND_SECONDS = 10.0


def main(arguments: list[str]) -> None:
    """Print seconds; exit 1 when filling takes longer than its bound."""
    options = argparse.ArgumentParser(prog="forms", description=__doc__)
    options.add_argument("--people", type=int, default=PEOPLE)
    people = options.parse_args(arguments).people
    os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-bench-", dir="/tmp")
    from linli.core.postgres import test_cluster

    with test_cluster() as databases:
        _set_up(databases.create_database("forms_bench"))
        from linli.core.crypto import make_key

        make_key()
        _populate(people)
        form = _add_form()
        plainly = _timed(lambda: _write_plainly(people))
        seconds = _timed(lambda: _fill(form, people))
        _leave()
    print(f"  {'openpyxl writes as many cells (yardstick)':<52} {plainly:6.2f} s")
    print(f"  {f'Linli: fill a form with {people:,} people':<52} {seconds:6.2f} s")
    if seconds > BOUND_SECONDS * people / PEOPLE:
        sys.exit(f"Filling took {seconds:.1f} s; the bound is {BOUND_SECONDS} s for {PEOPLE:,} people.")


def _populate(people: int) -> None:
    """Store people with sealed numbers, three behind each door."""
    from datetime import date

    from linli.core import crypto
    from linli.core.bulk import copy_rows
    from linli.core.scope import scope_of
    from linli.places.addresses import Address
    from linli.places.doors import make_doors
    from linli.places.models import Division
    from linli.registry.models import Household, Person, PersonPhone, Residency

    Division.objects.get_or_create(code=COMMUNITY, defaults={"name": "八里岔社区"})
    wanted: dict[Any, dict[str, Any]] = {_address(number, Address): {} for number in range(people // PER_DOOR)}
    with scope_of(((COMMUNITY, COMMUNITY + 1),)):
        doors = list(make_doors(COMMUNITY, wanted).ids.values())
        households = [Household(community=COMMUNITY, dwelling_id=door) for door in doors]
        copy_rows(Household, households)
        persons: list[Any] = []
        phones: list[Any] = []
        stays: list[Any] = []
        for number in range(people):
            household = households[number // PER_DOOR % len(households)]
            identity, phone = f"421303{1930 + number % 90}0101{number % 10_000:04d}", f"139{number:08d}"
            person = Person(
                community=COMMUNITY, name=f"居民{number}", sex="male", birth=date(1930 + number % 90, 1, 1),
                id_number=crypto.seal(identity, "id_number"), id_index=number.to_bytes(16, "big"), id_tail=b"0" * 16,
            )  # fmt: skip
            persons.append(person)
            phones.append(
                PersonPhone(
                    community=COMMUNITY, person=person, number=crypto.seal(phone, "phone"), number_index=b"0" * 16, number_tail=b"0" * 16
                )
            )  # fmt: skip
            relation = "户主" if number % PER_DOOR == 0 else "子女"
            stays.append(Residency(community=COMMUNITY, person=person, household=household, relation=relation))
        for model, rows in ((Person, persons), (PersonPhone, phones), (Residency, stays)):
            copy_rows(model, rows)


def _address(number: int, make: Any) -> Any:
    building, door = divmod(number, 100)
    return make(
        f"小区{building // 20}", str(building % 20 + 1), str(door // 50 + 1), f"{door % 50 // 2 + 1}{door % 2 + 1:02d}"
    )


def _add_form() -> Any:
    from linli.core.actors import cli_actor
    from linli.paperwork.services.keeping import add_form

    return add_form(cli_actor(COMMUNITY), COMMUNITY, BLANK.name, [BLANK.read_bytes()])


def _fill(form: Any, people: int) -> None:
    from linli.core import clock
    from linli.core.actors import cli_actor
    from linli.core.ids import uuid7
    from linli.paperwork.content.wish import Wish
    from linli.paperwork.services.filling import fill

    arguments = {"form_id": str(form.pk), **Wish(clock.today()).as_arguments()}
    done = fill(cli_actor(COMMUNITY), arguments, lambda _done, _total: True, uuid7())
    assert done["rows"] == people, done


def _write_plainly(people: int) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(1, people + 1):
        for column in range(1, 14):
            sheet.cell(number, column, f"居民{number}")
    with tempfile.TemporaryFile() as file:
        book.save(file)
