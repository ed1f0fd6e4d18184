"""A ledger's way through the pages: upload, columns, check, import, result, undo."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.registry.models import LedgerImport
from tests.registry.office import PEOPLE, whole_register, person_named
from tests.registry.pages.conftest import LEDGER, latest, page, send, text_of, work_off

pytestmark = pytest.mark.django_db
Act = Callable[..., LedgerImport]


def test_walks_from_upload_to_result_and_back(office: Client, upload: Act) -> None:
    before = whole_register()
    one = upload()
    assert one.state == "checked"
    assert "身份证号码" in text_of(office.get(page(one, "columns/")))
    checked = text_of(office.get(page(one, "check/")))
    assert "5 人" in checked
    assert whole_register() == before
    answer = office.post(page(one, "confirm/"))
    assert answer.headers["Location"] == page(one)
    assert "upload-progress" in text_of(office.get(page(one)))
    work_off()
    assert "5 人" in text_of(office.get(page(one)))
    assert office.post(page(one, "undo/")).status_code == 302
    assert whole_register() == before
