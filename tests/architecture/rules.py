"""Our own rules about code, each with lines that keep it and lines that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.rule import Finder, Rule, called_name, calls, functions, imported_names, is_module, nodes
from tests.architecture.words import BANNED, words_of

CLOCKS = {"now", "utcnow", "today", "localdate", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "dt"}
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "copy_rows"}
FUNCTION_LINES = 60


def in_source(path: Path) -> bool:
    return path.parts[0] == "src"


def reads_the_clock(tree: ast.Module) -> Iterator[ast.AST]:
    for call in calls(tree):
        owner, _, name = called_name(call).rpartition(".")
        if (name in CLOCKS and owner.split(".")[-1] in CLOCK_OWNERS) or (owner, name) == ("time", "time"):
            yield call


def calls_one_of(names: set[str]) -> Finder:
    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for call in calls(tree):
            owner, _, name = called_name(call).rpartition(".")
            if name in names and (owner or isinstance(call.func, ast.Attribute) or name == "copy_rows"):
                yield call

    return find


def uses_a_manager(tree: ast.Module) -> Iterator[ast.AST]:
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node


def goes_round_the_scope(tree: ast.Module) -> Iterator[ast.AST]:
    for node in nodes(tree):
        rest = called_name(node).partition(".objects.")[2] if isinstance(node, ast.Call) else ""
        if {"raw", "extra"} & set(rest.split(".")) or (
            isinstance(node, ast.Attribute) and node.attr == "_base_manager"
        ):
            yield node


def imports_from(*modules: str) -> Finder:
    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for node in nodes(tree):
            if any(f"{name}.".startswith(f"{module}.") for name in imported_names(node) for module in modules):
                yield node

    return find


def has_a_force_switch(tree: ast.Module) -> Iterator[ast.AST]:
    for function in functions(tree):
        arguments = function.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            if re.fullmatch(r"force|force_.*|skip_.*permission.*", argument.arg):
                yield argument


def uses_a_banned_word(tree: ast.Module) -> Iterator[ast.AST]:
    for node in nodes(tree):
        name = getattr(node, "name", None) or getattr(node, "arg", None) or getattr(node, "attr", None)
        if isinstance(node, ast.Name):
            name = node.id
        defines = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.arg) or (
            isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store)
        )
        if defines and isinstance(name, str) and words_of(name) & BANNED.keys():
            yield node


def is_longer_than_a_screen(tree: ast.Module) -> Iterator[ast.AST]:
    for function in functions(tree):
        body = function.body
        first = body[1] if ast.get_docstring(function) and len(body) > 1 else body[0]
        if (function.end_lineno or function.lineno) - first.lineno + 1 > FUNCTION_LINES:
            yield function


def is_no_sentence(tree: ast.Module) -> Iterator[ast.AST]:
    for function in functions(tree):
        if function.name.startswith("test") and not re.fullmatch(r"test(_[a-z0-9]+){3,}", function.name):
            yield function


def sleeps(tree: ast.Module) -> Iterator[ast.AST]:
    return (call for call in calls(tree) if called_name(call) in {"time.sleep", "sleep"})


RULES = (
    Rule(
        name="one clock",
        instead="Ask linli.core.clock, which a drill and a test can set; the engine is told the time.",
        holds_in=lambda path: in_source(path) and path.name != "clock.py",
        find=reads_the_clock,
        good=("clock.now()", "time.monotonic()", "self.today(community)"),
        bad=("datetime.now(UTC)", "datetime.datetime.utcnow()", "timezone.now()", "date.today()", "time.time()"),
    ),
    Rule(
        name="views do not write",
        instead="Call a service: it checks, writes and records in one transaction.",
        holds_in=lambda path: is_module(path, "views", "api", "forms"),
        find=calls_one_of(WRITES),
        good=("close_round(request.actor, round_id)", "values.update(more)"),
        bad=("round.save()", "Round.objects.create(name=name)", "dwelling.delete()"),
    ),
    Rule(
        name="views do not query",
        instead="Use access_<noun> for one object and a selector for many; both take the actor.",
        holds_in=lambda path: is_module(path, "views", "api"),
        find=uses_a_manager,
        good=("access_round(request.actor, round_id, right=Right.round_read)",),
        bad=("Round.objects.all()", "Round.objects.get(pk=pk)"),
    ),
    Rule(
        name="reads do not write",
        instead="A selector, a rule and an access function only read; writing is a service's.",
        holds_in=lambda path: is_module(path, "selectors", "rules", "access"),
        find=calls_one_of(WRITES),
        good=("Target.objects.filter(round=round)",),
        bad=("target.save(update_fields=['outcome'])", "copy_rows(Target, rows)"),
    ),
    Rule(
        name="nobody goes round the scope",
        instead="Use `objects`: it adds the actor's ranges and raises outside a scope.",
        holds_in=lambda path: path.parts[:2] == ("src", "linli") and "core" not in path.parts,
        find=goes_round_the_scope,
        good=("Person.objects.filter(household=household)", "row.raw.strip()"),
        bad=("Person._base_manager.all()", "Person.objects.raw('select 1')"),
    ),
    Rule(
        name="rules are pure",
        instead="Take a frozen dataclass and the time, return a decision with its reason.",
        holds_in=lambda path: is_module(path, "rules"),
        find=imports_from("django.db", "django.conf", "django.utils.timezone", "linli.core.clock", "linli.core.scope"),
        good=("from dataclasses import dataclass", "from django.utils.translation import gettext_lazy"),
        bad=("from django.db import models", "from django.conf import settings", "from linli.core import clock"),
    ),
    Rule(
        name="only views know requests",
        instead="Take values and the actor; return rows, objects or raise a LinliError.",
        holds_in=lambda path: is_module(path, "rules", "selectors", "access", "services"),
        find=imports_from("django.http", "django.shortcuts", "django.template", "django.forms", "ninja"),
        good=("from django.db import models",),
        bad=("from django.http import HttpRequest", "import django.shortcuts", "from django import forms"),
    ),
    Rule(
        name="no signals for the flow of work",
        instead="Call the service, or put the work into core.outbox in the same transaction.",
        holds_in=lambda path: in_source(path) and path.name != "apps.py",
        find=imports_from("django.db.models.signals"),
        good=("from django.db import models",),
        bad=("from django.db.models.signals import post_save",),
    ),
    Rule(
        name="no force switch",
        instead="An override is its own service with its own right, reason and audit entry.",
        holds_in=in_source,
        find=has_a_force_switch,
        good=("def close_round(actor, round_id): pass", "def reopen_round(actor, round_id, reason): pass"),
        bad=("def close_round(actor, round_id, *, force=False): pass", "def read(actor, skip_permissions): pass"),
    ),
    Rule(
        name="one word per idea",
        instead="docs/glossary.md has the word.",
        holds_in=lambda path: path.parts[:2] == ("src", "linli"),
        find=uses_a_banned_word,
        good=("dwelling_count = 3", "def record_specimen(actor): pass"),
        bad=("apartment_count = 3", "class Blacklist: pass", "def add(patient): pass", "self.swabs = 4"),
    ),
    Rule(
        name="functions fit on a screen",
        instead=f"Over {FUNCTION_LINES} lines without the docstring: it is several functions.",
        holds_in=lambda path: True,
        find=is_longer_than_a_screen,
        good=("def f():\n" + "    x = 1\n" * FUNCTION_LINES,),
        bad=("def f():\n" + "    x = 1\n" * (FUNCTION_LINES + 1),),
    ),
    Rule(
        name="test names are sentences",
        instead="Say what happens when: test_refuses_scan_when_pass_is_revoked.",
        holds_in=lambda path: path.parts[0] == "tests" and path.name.startswith("test_"),
        find=is_no_sentence,
        good=("def test_refuses_scan_when_pass_is_revoked(): pass",),
        bad=("def test_scan(): pass", "def test_scan_2(): pass", "def testScan(): pass"),
    ),
    Rule(
        name="tests do not sleep",
        instead="Wait for the thing itself, or freeze the clock.",
        holds_in=lambda path: path.parts[0] == "tests",
        find=sleeps,
        good=("page.wait_for_selector('h1')",),
        bad=("time.sleep(1)", "from time import sleep\nsleep(1)"),
    ),
)
