"""The words that docs/glossary.md bans from names, read from its own table."""

from __future__ import annotations

import re

from tests.architecture.rule import ROOT

GLOSSARY = ROOT / "docs/glossary.md"


def words_of(name: str) -> set[str]:
    """Split a name into its lower-case words, plurals as singulars: `SwabCounts` into swab and count."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    words = set(filter(None, spaced.split("_")))
    return words | {word.removesuffix("s") for word in words}


def banned_words() -> dict[str, str]:
    """Map each word in backticks in the last column to the Chinese term of its row."""
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return {word: row[0] for row in rows for word in re.findall(r"`(\w+)`", row[-1])}


BANNED = banned_words()
