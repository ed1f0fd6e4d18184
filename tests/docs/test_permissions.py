from __future__ import annotations

from tests.architecture.rule import ROOT
from tools import permissions


def test_permission_table_is_what_the_views_declare():
    written = (ROOT / "docs/permissions.md").read_text("utf-8")
    assert written == permissions.render(), "make docs ARGS=--write"


def test_permission_table_knows_no_undeclared_route():
    assert "undeclared" not in permissions.render().split("## Pages")[1].split("##")[0]
