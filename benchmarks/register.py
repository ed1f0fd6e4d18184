"""The register at work: 300 people changed at once and taken back, and everybody handed out as a workbook.

The register is made up by rule, 60,000 people three behind each door. The yardstick for the workbook runs in the same process:
openpyxl writing as many rows of the same width cell by cell, without a register, decryption or guards. Bounds: a change of 300 people
in at most 2 s, its taking back too, the pairs that may be one person in at most 1 s, and 60,000 rows handed out in at most 10 s.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks._database import throw_away_database
from benchmarks.forms import COMMUNITY, PEOPLE, _populate, _write_plainly

MANY, REPEATS = 300, 5
EDIT_BOUND_SECONDS, PAIRS_BOUND_SECONDS, EXPORT_BOUND_SECONDS = 2.0, 1.0, 10.0


def main(arguments: list[str]) -> None:
    """Print seconds; exit 1 when something takes longer than its bound."""
    options = argparse.ArgumentParser(prog="register", description=__doc__)
    options.add_argument("--people", type=int, default=PEOPLE)
    people = options.parse_args(arguments).people
    with throw_away_database():
        _populate(people)
        edits, undoes = zip(*(_edited(f"名单{at}") for at in range(REPEATS)), strict=True)
        pairs = max(_timed(_pairs)[0] for _again in range(REPEATS))
        handed_out = _timed(_hand_out)[0]
        plainly = _timed(lambda: _write_plainly(people))[0]
    rows = (
        (f"change {MANY} of {people:,} people at once", max(edits), EDIT_BOUND_SECONDS),
        ("take that change back", max(undoes), EDIT_BOUND_SECONDS),
        ("list the pairs that may be one person", pairs, PAIRS_BOUND_SECONDS * max(1, people / PEOPLE)),
        (f"hand {people:,} people out as .xlsx", handed_out, EXPORT_BOUND_SECONDS * max(1, people / PEOPLE)),
    )
    for words, seconds, bound in rows:
        print(f"  {words:<52} {seconds:6.2f} s   bound {bound:.0f} s")
    print(
        f"  {'openpyxl writes as many cells (yardstick)':<52} {plainly:6.2f} s   Linli takes {handed_out / plainly:.2f} of it"
    )
    slow = [words for words, seconds, bound in rows if seconds > bound]
    if slow:
        sys.exit(f"Too slow: {'; '.join(slow)}")


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    made = act()
    return time.perf_counter() - started, made


def _edited(need: str) -> tuple[float, float]:
    from linli.core.actors import cli_actor
    from linli.core.scope import scope_of
    from linli.registry.models import Person
    from linli.registry.services.bulk import edit_many, undo_many

    actor = cli_actor(COMMUNITY)
    with scope_of(((COMMUNITY, COMMUNITY + 1),)):
        people = list(Person.objects.order_by("id").values_list("id", flat=True)[:MANY])
    seconds, made = _timed(lambda: edit_many(actor, COMMUNITY, people, "add_need", need))
    return seconds, _timed(lambda: undo_many(actor, made.pk))[0]


def _pairs() -> None:
    from linli.core.actors import cli_actor
    from linli.registry.selectors.alike import pairs_that_look_alike

    pairs_that_look_alike(cli_actor(COMMUNITY), COMMUNITY)


def _hand_out() -> None:
    from linli.core.actors import cli_actor
    from linli.registry.services.ledger_export import export_ledger

    Path(export_ledger(cli_actor(COMMUNITY), COMMUNITY, "xlsx").path).unlink()
