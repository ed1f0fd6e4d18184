from __future__ import annotations

import re
import shlex

import pytest
from django.core.management import get_commands, load_command_class

from linli.rounds.management.commands.round import Command as RoundCommand
from tests.architecture.rule import ROOT

PAGE = (ROOT / "docs/operations/round.md").read_text("utf-8")
LINES = re.findall(r"^    linli (.+)$", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("line", LINES)
def test_every_command_on_the_page_may_be_typed_like_that(line: str):
    name, *arguments = shlex.split(line)
    load_command_class(get_commands()[name], name).create_parser("linli", name).parse_args(arguments)


def test_the_page_shows_every_act_of_a_round():
    acts = {act.name for act in RoundCommand.acts}
    assert {line.split()[1] for line in LINES if line.startswith("round ")} == acts
