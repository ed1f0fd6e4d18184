"""What every template knows."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from linli.core.rights import Role


def is_demo() -> bool:
    """Tell whether this installation is the demo."""
    return bool(settings.DEMO_ACCOUNTS_FILE.is_file())


def linli(_request: HttpRequest) -> dict[str, Any]:
    """Add `linli_version`, `demo` (is this the demo?) and `DEMO_ACCOUNTS` (read only where a page asks for it)."""
    return {
        "linli_version": settings.LINLI_VERSION,
        "demo": is_demo(),
        "DEMO_ACCOUNTS": demo_accounts,
    }


def demo_accounts() -> list[dict[str, str]]:
    """Return the demo's accounts (`name`, `role`, `username`, `password`); none outside a demo, none to other machines."""
    file: Path = settings.DEMO_ACCOUNTS_FILE
    if not settings.DEMO_ACCOUNTS_SHOWN or not file.is_file():
        return []
    accounts: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return [account | {"role": _in_words(account["role"])} for account in accounts]


def _in_words(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role
