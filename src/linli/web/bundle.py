"""The front-end bundle: which file the build made of which source, read from Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core import checks
from django.templatetags.static import static

MANIFEST = Path(__file__).parent / "static" / "linli" / "manifest.json"
SPRITE = "icons.svg"
MARK = "linli.svg"


def css_urls(entry: str = "main") -> tuple[str, ...]:
    """Return the addresses of an entry's style sheets."""
    files = _chunk(f"src/{entry}.ts").get("css") or [f"{entry}.css"]
    return tuple(static(f"linli/{file}") for file in files)


def js_url(entry: str = "main") -> str:
    """Return the address of an entry's module."""
    return asset_url(f"src/{entry}.ts", fallback=f"{entry}.js")


def asset_url(source: str, *, fallback: str = "") -> str:
    """Return the address of what the build made of a source; without a build, an address that stays the same."""
    return static(f"linli/{_chunk(source).get('file') or fallback or source}")


def is_built() -> bool:
    """Tell whether the front end has been built into the package."""
    return MANIFEST.is_file()


@checks.register
def check_bundle(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Say what to do when pages would come without look and scripts."""
    if is_built():
        return []
    return [checks.Warning("The front-end bundle has not been built.", hint="Run `make frontend`.", id="linli.W001")]


def _chunk(source: str) -> dict[str, Any]:
    chunk: dict[str, Any] = _manifest(_changed_at()).get(source, {})
    return chunk


def _changed_at() -> int:
    try:
        return MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=1)
def _manifest(changed_at: int) -> dict[str, dict[str, Any]]:
    if changed_at == 0:
        return {}
    manifest: dict[str, dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest
