"""The record of who did what: read by who audits, changed by nobody."""

import csv
import io
import re
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import linli
from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.models import AuditEntry, DataKey
from linli.core.rights import RIGHTS_OF, WRITING, Right, Role
from linli.core.scope import installation_scope, scope_of
from linli.situation.audit_words import ACTIONS, action_words
from linli.situation.views.audit import PER_PAGE
from tests.conftest import BALICHA, FAR_AWAY, holder
from tests.rounds.conftest import HERE
from tests.situation.conftest import Phone
from tests.situation.test_board_page import text_of

_seconds = count()
NUMBER = "421303198509169118"


def write(actor: Actor, action: str, community: int = BALICHA, **values: object) -> AuditEntry:
    later = timedelta(seconds=next(_seconds))
    with clock.frozen(clock.now() + later), scope_of(((community, community + 1),)):
        return audit.record(
            actor, action, community=community, right=Right.PERSON_WRITE, object_type="person",
            before={"phone": "13579918134"}, after={"number": NUMBER, "name": "武丹丹", **values}, reason="本人来电",
        )  # fmt: skip


@pytest.fixture
def entry(coordinator: Actor) -> AuditEntry:
    return write(coordinator, "person_edited")


@pytest.fixture
def auditor(phone_of: Phone) -> Client:
    return phone_of(Role.AUDITOR, 421303000000, language="en")


def test_entries_are_listed_newest_first_in_words(auditor: Client, entry: AuditEntry, coordinator: Actor):
    write(coordinator, "round_closed_by_magic")
    text = text_of(auditor, "/audit/")
    assert text.index("round closed by magic") < text.index("person corrected</a>")
    assert "八里岔社区" in text
    assert "+0800" in text


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"day": "2026-04-02"}, True), ({"day": "2026-04-01"}, False), ({"who": "coordinator"}, True),
        ({"who": "somebody"}, False), ({"action": "person_edited"}, True), ({"action": "open_round"}, False),
        ({"community": str(BALICHA)}, True), ({"community": str(BALICHA + 1)}, False),
    ],
)  # fmt: skip
def test_entries_are_chosen_by_day_person_act_and_community(
    auditor: Client, entry: AuditEntry, filters: dict[str, str], found: bool
):
    assert (f"/audit/{entry.pk}/" in text_of(auditor, "/audit/", **filters)) is found


@pytest.mark.parametrize("filters", [{"day": "yesterday"}, {"action": "nothing"}, {"community": str(FAR_AWAY)}])
def test_a_filter_that_cannot_be_read_is_said_at_its_field(auditor: Client, entry: AuditEntry, filters: dict[str, str]):
    response = auditor.get("/audit/", filters)
    assert response.status_code == 422
    assert "l-field__errors" in response.content.decode()


def test_what_is_no_position_is_no_page(auditor: Client):
    assert auditor.get("/audit/", {"older": "芈"}).status_code == 404


def test_an_entry_shows_before_and_after_with_numbers_masked(auditor: Client, entry: AuditEntry):
    text = text_of(auditor, f"/audit/{entry.pk}/")
    assert "本人来电" in text
    assert "武丹丹" in text
    assert "135****8134" in text
    assert NUMBER not in text


def test_older_entries_are_on_further_pages_with_as_many_queries(auditor: Client, coordinator: Actor):
    for number in range(PER_PAGE + 1):
        write(coordinator, f"act_{number}")
    with CaptureQueriesContext(connection) as first:
        text = text_of(auditor, "/audit/")
    last = text[text.rindex("older=") + 6 :][:36]
    assert "act 1<" in text
    assert "act 0<" not in text
    assert "act 0<" in text_of(auditor, "/audit/", older=last)
    assert len(first) < 20


def test_a_whole_record_is_told_whole_and_an_edited_one_is_not(auditor: Client, entry: AuditEntry, coordinator: Actor):
    assert "nothing missing and nothing edited" in auditor.post("/audit/check/").content.decode()
    with scope_of(HERE):
        AuditEntry(
            community=BALICHA, number=9, at=entry.at, actor="x", right="x", action="x", object_type="x", detail=b"x",
            previous_hash=b"x", hash=b"x",
        ).save(force_insert=True)  # fmt: skip
    text = auditor.post("/audit/check/", {"community": BALICHA}).content.decode()
    assert "chain does not hold" in text
    assert "is missing" in text


def test_an_export_is_masked_and_on_record(auditor: Client, entry: AuditEntry):
    write(holder(Role.COORDINATOR, BALICHA, "=cmd"), "person_added")
    response = auditor.post("/audit/export/", {"community": BALICHA})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["Who", "'=cmd", "coordinator"]
    assert NUMBER not in response.content.decode("utf-8-sig")
    with installation_scope():
        (written,) = AuditEntry.objects.filter(action="audit_exported")
        assert audit.details_of([written])[0]["after"]["entries"] == 2


def test_an_export_that_is_too_long_says_what_to_do(
    auditor: Client, entry: AuditEntry, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("linli.core.trail.EXPORTED_AT_MOST", 0)
    response = auditor.post("/audit/export/")
    assert response.status_code == 422
    assert "choose a day" in response.content.decode()


def test_who_audits_elsewhere_sees_nothing_of_it(phone_of: Phone, entry: AuditEntry):
    stranger = phone_of(Role.AUDITOR, FAR_AWAY)
    assert "coordinator" not in text_of(stranger, "/audit/")
    assert stranger.get(f"/audit/{entry.pk}/").status_code == 404
    assert stranger.post("/audit/check/", {"community": BALICHA}).status_code == 422
    assert str(BALICHA) not in stranger.post("/audit/export/").content.decode("utf-8-sig")


@pytest.mark.parametrize("role", [Role.CITY_VIEWER, Role.COMMAND, Role.DISTRICT_VIEWER])
def test_who_only_watches_does_not_read_the_record(phone_of: Phone, entry: AuditEntry, role: Role):
    division = {Role.CITY_VIEWER: 421300000000}.get(role, 421303000000)
    viewer = phone_of(role, division)
    assert viewer.get("/audit/").status_code == 403
    assert viewer.get(f"/audit/{entry.pk}/").status_code == 403


def test_an_auditor_changes_nothing():
    assert not RIGHTS_OF[Role.AUDITOR] & WRITING


def test_values_whose_key_was_destroyed_are_said_to_be_gone(auditor: Client, entry: AuditEntry):
    with scope_of(HERE):
        DataKey.objects.filter(community=BALICHA).delete()
    assert "was destroyed" in text_of(auditor, f"/audit/{entry.pk}/")


def test_an_act_without_words_is_shown_by_its_name():
    assert action_words("some_new_act") == "some new act"


def test_every_act_that_is_written_down_has_words() -> None:
    source = Path(linli.__file__).parent
    act = re.compile(r'record\(\s*\w+,\s*(?:Right\.\w+,\s*|right,\s*)?"(\w+)"')
    written = {name for file in source.rglob("*.py") for name in act.findall(file.read_text("utf-8"))}
    assert len(written) > 80
    assert sorted(written - ACTIONS.keys()) == []
