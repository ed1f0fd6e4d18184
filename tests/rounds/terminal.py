"""Somebody at the terminal of the office in Balicha."""

import io
import json
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.management import call_command

from tests.conftest import BALICHA


def told(*arguments: str, exit_code: int = 0, community: int = BALICHA) -> dict[str, Any]:
    """Give a command with --json; return the one object it prints."""
    out = io.StringIO()
    with pytest.raises(SystemExit) if exit_code else nullcontext() as left:
        call_command(*arguments, "--community", str(community), "--json", stdout=out)
    if left is not None:
        assert left.value.code == exit_code
    return dict(json.loads(out.getvalue()))


def shown(*arguments: str) -> str:
    """Give a command; return what a person reads."""
    out = io.StringIO()
    call_command(*arguments, "--community", str(BALICHA), stdout=out)
    return out.getvalue()
