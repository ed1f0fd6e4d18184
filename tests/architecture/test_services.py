"""Every public service of an app writes its audit entry, itself or through a helper of the same app.

One that is only ever a part of another service's act says so in its docstring: "no audit entry of its own".
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.rule import ROOT, apps, called_name, functions, is_module, python_files

Function = ast.FunctionDef | ast.AsyncFunctionDef
PART_OF_ANOTHER = "no audit entry of its own"


def functions_of(app: Path) -> dict[str, Function]:
    trees = [ast.parse((ROOT / path).read_text("utf-8")) for path in python_files(str(app.relative_to(ROOT)))]
    return {function.name: function for tree in trees for function in functions(tree)}


def writes_an_entry(function: Function, helpers: dict[str, Function], seen: frozenset[str] = frozenset()) -> bool:
    names = [called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)]
    if "audit.record" in names or PART_OF_ANOTHER in " ".join((ast.get_docstring(function) or "").split()):
        return True
    own = [name.split(".")[-1] for name in names]
    reached = [name for name in own if name in helpers and name not in seen]
    return any(writes_an_entry(helpers[name], helpers, seen | {name}) for name in reached)


def public_services(app: Path) -> list[Function]:
    paths = [path for path in python_files(str(app.relative_to(ROOT))) if is_module(path, "services")]
    found = [node for path in paths for node in ast.parse((ROOT / path).read_text("utf-8")).body]
    return [node for node in found if isinstance(node, Function) and not node.name.startswith("_")]


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_each_service_writes_its_audit_entry(app: Path):
    helpers = functions_of(app)
    assert [service.name for service in public_services(app) if not writes_an_entry(service, helpers)] == []


def test_a_service_without_an_entry_is_found():
    tree = ast.parse(
        "def close(actor):\n    _store(actor)\ndef _store(actor):\n    pass\ndef good(actor):\n    audit.record()"
    )
    known = {function.name: function for function in functions(tree)}
    assert [writes_an_entry(known[name], known) for name in ("close", "good")] == [False, True]
