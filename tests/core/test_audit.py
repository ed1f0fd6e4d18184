import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from linli.core import audit, crypto
from linli.core.actors import Actor
from linli.core.chains import Break, Chain, Head, breaks_in, check_chains, heads
from linli.core.models import AuditEntry, DataKey
from linli.core.process.archive import Manifest, writing
from linli.core.rights import Right
from linli.core.scope import scoped
from tests.conftest import BALICHA
from tests.rounds.terminal import told

pytestmark = pytest.mark.django_db


def write(actor: Actor, action: str, **values: object) -> AuditEntry:
    return audit.record(
        actor, action, community=BALICHA, right=Right.LEDGER_IMPORT, object_type="person", after=dict(values)
    )


def test_chain_of_several_entries_holds(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        for step in range(3):
            write(coordinator, f"step {step}")
    assert check_chains(coordinator, {}) == [Chain(BALICHA, 3, ())]


def test_keeps_values_sealed_and_readable_with_the_key(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        entry = write(coordinator, "edit", name="武丹丹")
        assert "武丹丹".encode() not in bytes(entry.detail)
        assert audit.details_of([entry])[0]["after"] == {"name": "武丹丹"}


def test_destroying_the_key_leaves_the_chain_whole(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        entry = write(coordinator, "edit", name="武丹丹")
        DataKey.objects.all().delete()
        with pytest.raises(crypto.KeyUnusable):
            audit.details_of([entry])
    assert check_chains(coordinator, {}) == [Chain(BALICHA, 1, ())]


@pytest.fixture
def three_entries(coordinator: Actor) -> list[AuditEntry]:
    with scoped(coordinator, Right.AUDIT_READ):
        return [write(coordinator, f"step {step}") for step in range(3)]


def test_shows_where_an_entry_was_edited(three_entries: list[AuditEntry]) -> None:
    three_entries[1].actor = "somebody else"
    assert list(breaks_in(three_entries)) == [Break(2, "edited")]


def test_shows_where_an_entry_is_missing(three_entries: list[AuditEntry]) -> None:
    del three_entries[1]
    assert list(breaks_in(three_entries)) == [Break(2, "missing")]


def test_nobody_without_the_key_file_can_write_a_chain_that_holds(
    three_entries: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypto, "_derived", lambda _purpose: b"a key of somebody else".ljust(32))
    assert [each.number for each in breaks_in(three_entries)] == [1, 2, 3]


def test_shows_what_was_cut_off_the_end_against_heads_kept_elsewhere(
    three_entries: list[AuditEntry], coordinator: Actor
) -> None:
    kept = heads(coordinator)
    assert check_chains(coordinator, kept) == [Chain(BALICHA, 3, ())]
    cut = {BALICHA: Head(4, kept[BALICHA].hash)}
    assert check_chains(coordinator, cut) == [Chain(BALICHA, 3, (Break(4, "missing"),))]
    rewritten = {BALICHA: Head(3, "00" * 32)}
    assert check_chains(coordinator, rewritten) == [Chain(BALICHA, 3, (Break(3, "edited"),))]


def test_commands_check_and_list_what_is_on_record(three_entries: list[AuditEntry], tmp_path: Path) -> None:
    assert told("audit", "verify")["chains"] == [{"community": str(BALICHA), "entries": 3, "breaks": []}]
    assert [each["action"] for each in told("audit", "list", "--limit", "2")["entries"]] == ["step 2", "step 1"]
    backup = tmp_path / "linli.backup"
    manifest = Manifest("0", "", "", "18", "", {str(BALICHA): (4, "00" * 32)})
    with writing(backup, manifest):
        pass
    answer = told("audit", "verify", "--against", str(backup), exit_code=1)
    assert (answer["whole"], answer["chains"][0]["breaks"]) == (False, [{"number": 4, "what": "missing"}])


def test_chains_of_the_whole_installation_are_checked_without_a_community(three_entries: list[AuditEntry]) -> None:
    audit.record_refusal(Actor("somebody", "user"), "/", "refused")
    out = StringIO()
    call_command("audit", "verify", "--json", stdout=out)
    checked = {chain["community"]: chain["breaks"] for chain in json.loads(out.getvalue())["chains"]}
    assert checked == {"000000000000": [], str(BALICHA): []}


@pytest.mark.parametrize("statement", ["update core_auditentry set actor = 'x'", "delete from core_auditentry"])
def test_application_role_can_not_change_an_entry(coordinator: Actor, statement: str) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        write(coordinator, "edit")
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
