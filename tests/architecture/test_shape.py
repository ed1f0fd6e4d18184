from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.rule import ROOT, apps, is_module, python_files

LINES_PER_FILE = 400
SOURCES = python_files("src")
APPS = [app for app in apps() if app.name != "web"]
each_app = pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)


def public_functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def in_modules(*names: str) -> list[tuple[Path, ast.FunctionDef]]:
    return [(path, function) for path in SOURCES if is_module(path, *names) for function in public_functions(path)]


def test_no_file_is_longer_than_the_cap():
    long = {
        str(path): lines
        for path in python_files("src", "tests", "tools", "benchmarks")
        if (lines := len((ROOT / path).read_text("utf-8").splitlines())) > LINES_PER_FILE
    }
    assert long == {}, f"over {LINES_PER_FILE} lines: a file that needs sections is a folder"


@each_app
def test_app_says_what_it_owns_and_which_requirements_it_serves(app: Path):
    tree = ast.parse((app / "__init__.py").read_text("utf-8"))
    says = ast.get_docstring(tree) or ""
    assert re.search(r"\bR\d+\b", says), "its docstring names no requirement"
    assert len(says.split()) >= 20, "its docstring is too short to say what it owns"
    assert len(tree.body) == 1, "__init__.py holds a docstring and no code"


def test_services_selectors_rules_and_access_say_what_they_do():
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, function in in_modules("services", "selectors", "rules", "access")
        if not ast.get_docstring(function)
    ]
    assert silent == []


def test_services_and_selectors_take_the_actor_first():
    without = [
        f"{path}:{function.lineno} {function.name}"
        for path, function in in_modules("services", "selectors", "access")
        if not function.args.args or function.args.args[0].arg != "actor"
    ]
    assert without == []


def test_access_functions_are_named_after_what_they_reach():
    others = [
        f"{path}:{function.lineno} {function.name}"
        for path, function in in_modules("access")
        if not function.name.startswith("access_")
    ]
    assert others == []


def test_migrations_have_names_and_one_line_of_numbers():
    for folder in sorted((ROOT / "src/linli").glob("*/migrations")):
        names = sorted(path.stem for path in folder.glob("0*.py"))
        assert not [name for name in names if "_auto_" in name], f"{folder.parent.name}: name what the migration does"
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), folder.parent.name


def test_each_app_with_texts_has_its_chinese_catalogue():
    for app in apps():
        texts = [path for path in app.rglob("*.py") if "gettext" in path.read_text("utf-8")]
        if texts:
            assert (app / "locale/zh_Hans/LC_MESSAGES/django.po").is_file(), app.name
