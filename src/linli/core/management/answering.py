"""Commands about one community: who acts, how they answer, how they refuse.

A command acts as `cli:<operating-system user>` in its `--community` and nowhere else. It answers with a table for a
person or, with `--json`, with exactly one object; it refuses with a sentence in Chinese and in English. Exit codes:
0 done, 1 done in part, 2 refused.
"""

import argparse
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import BaseCommand
from rich import box
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from linli.core.actors import Actor, cli_actor, operator_actor
from linli.core.clock import local_zone
from linli.core.errors import LinliError
from linli.core.management.reading import community_code
from linli.core.scope import NO_COMMUNITY

IN_PART, REFUSED = 1, 2
_COLUMNS_OF_A_FILE = 160
Options = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a command found or did: as plain data, and as what a person is shown."""

    data: dict[str, Any]
    show: Callable[[Console], None]
    exit_code: int = 0


@dataclass(frozen=True)
class Act:
    """One act of a command: what it is called, what it takes and what it does."""

    name: str
    about: str
    run: Callable[[Actor, int, Options], Answer]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None


class CommunityCommand(BaseCommand, ABC):
    """A command about one community with a single act."""

    needs_community: ClassVar[bool] = True
    """False for a command that without `--community` is about the installation."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_usual_arguments(parser, needs_community=self.needs_community)

    @abstractmethod
    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        """Do what was asked. Raises LinliError."""

    def refusal(self, error: LinliError) -> tuple[dict[str, Any], list[str]]:
        """Return what is told besides the error's own sentences: as data and as lines."""
        del error
        return {}, []

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            answer = self.answer(*_who_and_where(options["community"]), options)
        except LinliError as error:
            self._refuse(error, as_json=options["json"])
            sys.exit(REFUSED)
        if options["json"]:
            self._print_json(answer.data)
        else:
            answer.show(self._console())
        if answer.exit_code:
            sys.exit(answer.exit_code)

    def _refuse(self, error: LinliError, *, as_json: bool) -> None:
        data, lines = self.refusal(error)
        told = error.as_dict()
        if as_json:
            self._print_json({"error": told, **data})
        else:
            self.stderr.write("\n".join([told["message_zh"], told["message_en"], *lines]))

    def _print_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))

    def _console(self) -> Console:
        width = None if self.stdout.isatty() else _COLUMNS_OF_A_FILE
        return Console(file=self.stdout, highlight=False, width=width)  # type: ignore[arg-type]  # it has write()


class ActsCommand(CommunityCommand):
    """A command about one community with several acts, each with arguments of its own."""

    acts: ClassVar[tuple[Act, ...]]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        chosen = parser.add_subparsers(dest="act", required=True, metavar="|".join(act.name for act in self.acts))
        for act in self.acts:
            one = chosen.add_parser(act.name, help=act.about)
            add_usual_arguments(one, needs_community=self.needs_community)
            act.arguments(one)

    def answer(self, actor: Actor, community: int, options: Options) -> Answer:
        act = next(act for act in self.acts if act.name == options["act"])
        return act.run(actor, community, options)


def _who_and_where(code: str | None) -> tuple[Actor, int]:
    """Return a coordinator of the community, or without one an administrator of the installation."""
    if code is None:
        return operator_actor(), NO_COMMUNITY
    community = community_code(code)
    return cli_actor(community), community


def add_usual_arguments(parser: argparse.ArgumentParser, *, needs_community: bool = True) -> None:
    """Add what every command about a community takes."""
    parser.add_argument("--community", required=needs_community, metavar="CODE", help="12 digits")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Show a person at a terminal what takes a while, and how long it has taken."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bar.add_task(words, total=None)
        yield


def line(text: str, style: str = "") -> Text:
    """Return a line in which nothing is read as markup, whatever the names in it contain."""
    return Text(text, style)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> Table:
    """Return an aligned table; the columns in `right` hold numbers."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, header in enumerate(headers):
        made.add_column(header, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return made


def clock_time(at: datetime | None) -> str:
    """Return a moment as people write it, by the community's clock: 04-02 09:05."""
    return f"{at.astimezone(local_zone()):%m-%d %H:%M}" if at else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
