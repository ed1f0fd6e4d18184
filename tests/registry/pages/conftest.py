"""People of the office at their browsers, and a worker that does what was asked when told to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.ids import uuid7
from linli.core.models import Work
from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry import tasks
from linli.registry.models import LedgerImport
from tests.conftest import BALICHA, FAR_AWAY
from tests.registry.office import HEADERS, PEOPLE, TITLE, written

LEDGER = f"/c/{BALICHA}/ledger/"
SEARCH = f"/c/{BALICHA}/search/"
TASKS = {"ledger_check": tasks.run_check, "ledger_import": tasks.run_import, "ledger_undo": tasks.run_undo}
Sign = Callable[..., Client]


@pytest.fixture
def signed_in(db: None) -> Sign:
    """Return a browser of somebody who holds this role in this division."""

    def sign(role: Role, division: int = BALICHA, language: str = "zh-hans") -> Client:
        user = accounts.add_user(operator_actor(), f"{role}-{uuid7()}")
        accounts.grant(operator_actor(), user, role, division)
        client = Client()
        speak(client, language)
        client.force_login(user)
        return client

    return sign


@pytest.fixture
def office(signed_in: Sign) -> Client:
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def stranger_office(signed_in: Sign) -> Client:
    return signed_in(Role.COORDINATOR, FAR_AWAY)


def speak(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


def work_off() -> None:
    """Do every piece of work that waits, as the worker would."""
    with scope_of(((0, 10**12),)):
        waiting = list(Work.objects.filter(state=Work.State.WAITING).order_by("id"))
    for work in waiting:
        TASKS[work.kind](work.community, str(work.pk))


def send(office: Client, name: str, content: bytes, url: str = LEDGER) -> Any:
    """Upload a file."""
    return office.post(url, {"file": SimpleUploadedFile(name, content)})


def latest() -> LedgerImport:
    with scope_of(((0, 10**12),)):
        found: LedgerImport = LedgerImport.objects.order_by("-id")[0]
        return found


def page(import_: LedgerImport, name: str = "") -> str:
    return f"/imports/{import_.pk}/{name}"


@pytest.fixture
def upload(office: Client, tmp_path: Path) -> Callable[..., LedgerImport]:
    """Upload rows as a workbook and have it checked."""

    def act(rows: Any = PEOPLE, *, title: str = TITLE, headers: Any = HEADERS, name: str = "台账.xlsx") -> LedgerImport:
        send(office, name, written(tmp_path, rows, title, headers).read_bytes())
        work_off()
        return latest()

    return act


@pytest.fixture
def taken_in(office: Client, upload: Callable[..., LedgerImport]) -> Callable[..., LedgerImport]:
    """Upload, check and import rows through the pages."""

    def act(rows: Any = PEOPLE, **options: Any) -> LedgerImport:
        one = upload(rows, **options)
        office.post(page(one, "confirm/"))
        work_off()
        return latest()

    return act


def text_of(response: Any) -> str:
    """Return an answer as text."""
    content: bytes = response.getvalue() if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return content.decode()
