"""What every template knows."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from linli.core.rights import Role


def linli(_request: HttpRequest) -> dict[str, Any]:
    """Add `linli_version`, `demo` (is this the demo?) and `DEMO_ACCOUNTS` (read only where a page asks for it)."""
    file = getattr(settings, "DEMO_ACCOUNTS_FILE", "")
    return {
        "linli_version": getattr(settings, "LINLI_VERSION", ""),
        "demo": bool(file) and Path(file).is_file(),
        "DEMO_ACCOUNTS": lambda: demo_accounts(file),
    }


def demo_accounts(file: Path | str) -> list[dict[str, str]]:
    """Return the demo's accounts (`name`, `role`, `username`, `password`); none outside a demo."""
    if not file or not Path(file).is_file():
        return []
    accounts: list[dict[str, str]] = json.loads(Path(file).read_text(encoding="utf-8"))
    return [account | {"role": _in_words(account["role"])} for account in accounts]


def _in_words(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role
