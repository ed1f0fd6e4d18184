"""The rule packs that come with Linli: one TOML file a version, each number with its source."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

from linli.orders.models import RulePack
from linli.orders.rules import RulePackRules, RulePackUnusable


def shipped_packs() -> Iterator[RulePack]:
    """Yield the shipped packs, unsaved, in the order of their files. Raises RulePackUnusable."""
    files = sorted(resources.files("linli.orders").joinpath("packs").iterdir(), key=lambda file: file.name)
    for file in files:
        if file.name.endswith(".toml"):
            yield read_pack(file.read_text(encoding="utf-8"))


def read_pack(text: str) -> RulePack:
    """Read one pack. Raises RulePackUnusable when a number cannot be or has no source."""
    told: dict[str, Any] = tomllib.loads(text)
    sources = told.pop("sources")
    RulePackRules.read(told["rules"])
    for field in told["rules"]:
        if not sources.get(field):
            raise RulePackUnusable(field=f"sources.{field}", read=sources.get(field))
    return RulePack(sources=sources, **told)
