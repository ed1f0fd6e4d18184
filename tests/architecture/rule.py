"""The frame of our own rules about code: a rule reads one file's syntax tree and names the lines that break it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Finder = Callable[[ast.Module], Iterator[ast.AST]]


@dataclass(frozen=True)
class Rule:
    """One rule: where it holds, what breaks it, what to do instead, and examples that prove it."""

    name: str
    instead: str
    holds_in: Callable[[Path], bool]
    find: Finder
    good: tuple[str, ...]
    bad: tuple[str, ...]

    def breaches(self, tree: ast.Module) -> list[int]:
        return sorted({getattr(node, "lineno", 1) for node in self.find(tree)})


def python_files(*folders: str) -> list[Path]:
    """List the project's Python files below some folders, migrations left out, relative to its root."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in found if not {"migrations", "node_modules"} & set(path.parts))


def apps() -> list[Path]:
    """List the folders of the Django apps and of the composition on top of them."""
    return sorted(path.parent for path in (ROOT / "src/linli").glob("*/__init__.py"))


@lru_cache(maxsize=1)
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """List a file's nodes once for all the rules that look at it one after the other."""
    return tuple(ast.walk(tree))


def called_name(call: ast.Call) -> str:
    """Spell the dotted name that a call calls, as far as it is a name: `datetime.now`, `.save`."""
    parts: list[str] = []
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    parts.insert(0, node.id if isinstance(node, ast.Name) else "")
    return ".".join(parts)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in nodes(tree) if isinstance(node, ast.Call))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported_names(node: ast.AST) -> list[str]:
    """Spell what an import statement imports, in full: `from django import forms` gives django.forms."""
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def is_module(path: Path, *names: str) -> bool:
    """Whether a file is one of an app's modules, as a file (`views.py`) or as a folder (`views/board.py`)."""
    return path.parts[:2] == ("src", "linli") and (path.stem in names or bool(set(names) & set(path.parts[3:-1])))
