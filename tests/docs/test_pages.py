from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture.rule import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


@each_page
def test_links_and_pictures_lead_somewhere(page: Path):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text_of(page))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@each_page
def test_make_commands_on_the_page_exist(page: Path):
    known = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(page), flags=re.MULTILINE))
    assert named - known == set()


@each_page
def test_linli_commands_on_the_page_exist_with_their_acts_and_options(page: Path):
    typed = re.findall(r"(?:^ *|`|bin/)linli ([a-z_]+)([^`#\n]*)", text_of(page), flags=re.MULTILINE)
    assert [part for name, rest in typed for part in unknown_parts(name, rest)] == []


@pytest.mark.parametrize(
    ("name", "rest", "unknown"),
    [
        ("serve", " --bind 0.0.0.0:8000 [--workers N]", []),
        ("serve", " --port 8000", ["--port"]),
        ("ledger", " export --community CODE --format xlsx", []),
        ("ledger", " export --dry-run", ["--dry-run"]),
        ("ledger", " burn", ["burn"]),
        ("nonsense", "", ["nonsense"]),
    ],
)
def test_a_mistake_in_a_command_is_found(name: str, rest: str, unknown: list[str]):
    assert unknown_parts(name, rest) == unknown


def unknown_parts(name: str, rest: str) -> list[str]:
    """What of a command as a page shows it the command does not know: itself, its act, its options."""
    if name not in get_commands():
        return [name]
    parser: argparse.ArgumentParser = load_command_class(get_commands()[name], name).create_parser("linli", name)
    act = re.match(r" ([a-z-]+)\b", rest)
    for action in parser._actions:
        if act and isinstance(action, argparse._SubParsersAction):
            if act[1] not in action.choices:
                return [act[1]]
            parser = action.choices[act[1]]
    return [
        option for option in re.findall(r"(?<![\w-])--[a-z-]+", rest) if option not in parser._option_string_actions
    ]


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_readme_begins_with_the_two_commands(readme: Path):
    start = re.match(r"# .+\n\n```\n(make demo).*\n(make test).*\n```\n", text_of(readme))
    assert start, "make demo and make test come first"


def test_both_readmes_have_the_same_sections_and_pictures():
    english, chinese = (text_of(readme) for readme in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert re.findall(r"docs/img/\w+\.png", english) == re.findall(r"docs/img/\w+\.png", chinese)
    assert re.findall(r"^(?:\.venv/bin/)?linli \w+", english, re.M) == re.findall(
        r"^(?:\.venv/bin/)?linli \w+", chinese, re.M
    )


def test_every_target_of_make_has_its_line_of_help():
    makefile = text_of(ROOT / "Makefile")
    phony = set(re.findall(r"[a-z]+", makefile.split(".PHONY:")[1].splitlines()[0]))
    assert set(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)) == phony


def test_every_decision_is_listed_and_has_its_parts():
    index = text_of(ROOT / "docs/adr/README.md")
    for page in sorted((ROOT / "docs/adr").glob("0*.md")):
        assert f"({page.name})" in index
        assert [part for part in ("Context", "Decision", "Consequences") if f"## {part}" not in text_of(page)] == []
