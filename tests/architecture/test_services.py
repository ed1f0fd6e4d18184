"""Every public service of an app writes its audit entry, itself or through a function of the same app that it really calls.

One that is only ever a part of another service's act says so in its docstring: "no audit entry of its own".
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.rule import ROOT, apps, called_name, is_module, python_files

Function = ast.FunctionDef | ast.AsyncFunctionDef
Trees = dict[str, ast.Module]
"""The modules of an app by their dotted names."""
PART_OF_ANOTHER = "no audit entry of its own"


def trees_of(app: Path) -> Trees:
    paths = python_files(str(app.relative_to(ROOT)))
    return {dotted(path): ast.parse((ROOT / path).read_text("utf-8")) for path in paths}


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__")


def defined_in(tree: ast.Module) -> dict[str, Function]:
    return {node.name: node for node in tree.body if isinstance(node, Function)}


def imported_in(tree: ast.Module) -> dict[str, tuple[str, str]]:
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: (node.module or "", alias.name) for node in froms for alias in node.names}


def reached(trees: Trees, module: str, call: str) -> tuple[str, Function] | None:
    """The function of the app that a call in a module means, with the module it is in; None for any other."""
    tree, (head, _dot, tail) = trees.get(module), call.partition(".")
    if tree is None:
        return None
    if not tail and head in defined_in(tree):
        return module, defined_in(tree)[head]
    source, name = imported_in(tree).get(head, ("", ""))
    return reached(trees, f"{source}.{name}", tail) if tail else reached(trees, source, name)


def writes_an_entry(trees: Trees, module: str, function: Function, seen: frozenset[str] = frozenset()) -> bool:
    calls = {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
    if "audit.record" in calls or PART_OF_ANOTHER in " ".join((ast.get_docstring(function) or "").split()):
        return True
    found = [(where, what) for call in calls if (one := reached(trees, module, call)) for where, what in [one]]
    further = [(where, what) for where, what in found if f"{where}.{what.name}" not in seen]
    seen |= {f"{where}.{what.name}" for where, what in further}
    return any(writes_an_entry(trees, where, what, seen) for where, what in further)


def without_entry(trees: Trees, module: str) -> list[str]:
    public = [one for name, one in defined_in(trees[module]).items() if not name.startswith("_")]
    return [service.name for service in public if not writes_an_entry(trees, module, service)]


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_each_service_writes_its_audit_entry(app: Path):
    trees = trees_of(app)
    services = [dotted(path) for path in python_files(str(app.relative_to(ROOT))) if is_module(path, "services")]
    assert [name for module in services for name in without_entry(trees, module)] == []


def test_a_service_without_an_entry_is_found():
    lines = "from app.parts import keep\ndef close(actor):\n    _store(actor)\ndef _store(actor):\n    pass\n"
    trees = {
        "app.services": ast.parse(lines + "def good(actor):\n    audit.record()\ndef other(actor):\n    keep()\n"),
        "app.parts": ast.parse("def keep():\n    audit.record()\n"),
        "app.elsewhere": ast.parse("def _store(actor):\n    audit.record()\n"),
    }
    assert without_entry(trees, "app.services") == ["close"]
