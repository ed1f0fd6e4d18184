from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache

import pytest

from tests.architecture.rule import ROOT, Rule, python_files
from tests.architecture.rules import RULES

FILES = python_files("src", "tests", "tools", "benchmarks")
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@cache
def breaches() -> Mapping[str, list[str]]:
    """Read each file once and say where it breaks which rule."""
    found: dict[str, list[str]] = {rule.name: [] for rule in RULES}
    for path in FILES:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        for rule in RULES:
            if rule.holds_in(path):
                found[rule.name] += [f"{path}:{line}" for line in rule.breaches(tree)]
    return found


@each_rule
def test_code_keeps_the_rule(rule: Rule):
    found = breaches()[rule.name]
    assert not found, f"{rule.name}. {rule.instead}\n" + "\n".join(found)


@each_rule
def test_rule_lets_its_good_lines_pass(rule: Rule):
    assert [line for line in rule.good if rule.breaches(ast.parse(line))] == []


@each_rule
def test_rule_catches_its_bad_lines(rule: Rule):
    assert [line for line in rule.bad if not rule.breaches(ast.parse(line))] == []


@each_rule
def test_rule_holds_somewhere_in_the_tree(rule: Rule):
    assert any(rule.holds_in(path) for path in FILES)
