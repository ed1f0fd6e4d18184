from __future__ import annotations

import pytest

from tests.architecture.rule import ROOT, Rule, python_files
from tests.architecture.rules import RULES

FILES = python_files("src", "tests", "tools", "benchmarks")
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_code_keeps_the_rule(rule: Rule):
    found = [
        f"{path}:{line}"
        for path in FILES
        if rule.holds_in(path)
        for line in rule.breaches((ROOT / path).read_text("utf-8"))
    ]
    assert not found, f"{rule.name}. {rule.instead}\n" + "\n".join(found)


@each_rule
def test_rule_lets_its_good_lines_pass(rule: Rule):
    assert [line for line in rule.good if rule.breaches(line)] == []


@each_rule
def test_rule_catches_its_bad_lines(rule: Rule):
    assert [line for line in rule.bad if not rule.breaches(line)] == []


@each_rule
def test_rule_holds_somewhere_in_the_tree(rule: Rule):
    assert any(rule.holds_in(path) for path in FILES)
