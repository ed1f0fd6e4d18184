import pytest
from django.db import Error, connection, transaction

from linli.core import audit, crypto
from linli.core.actors import Actor
from linli.core.models import AuditEntry, DataKey
from linli.core.rights import Right
from linli.core.scope import scoped
from tests.conftest import BALICHA

pytestmark = pytest.mark.django_db


def write(actor: Actor, action: str, **values: object) -> AuditEntry:
    return audit.record(
        actor, action, community=BALICHA, right=Right.LEDGER_IMPORT, object_type="person", after=dict(values)
    )


def test_chain_of_several_entries_holds(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        for step in range(3):
            write(coordinator, f"step {step}")
        assert list(audit.breaks(BALICHA)) == []


def test_keeps_values_sealed_and_readable_with_the_key(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        entry = write(coordinator, "edit", name="武丹丹")
        assert "武丹丹".encode() not in bytes(entry.detail)
        assert audit.detail_of(entry)["after"] == {"name": "武丹丹"}


def test_destroying_the_key_leaves_the_chain_whole(coordinator: Actor) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        entry = write(coordinator, "edit", name="武丹丹")
        DataKey.objects.all().delete()
        assert list(audit.breaks(BALICHA)) == []
        with pytest.raises(crypto.KeyUnusable):
            audit.detail_of(entry)


@pytest.fixture
def three_entries(coordinator: Actor) -> list[AuditEntry]:
    with scoped(coordinator, Right.AUDIT_READ):
        return [write(coordinator, f"step {step}") for step in range(3)]


def test_shows_where_an_entry_was_edited(three_entries: list[AuditEntry]) -> None:
    three_entries[1].actor = "somebody else"
    assert list(audit.breaks_in(three_entries)) == [audit.Break(2, "edited")]


def test_shows_where_an_entry_is_missing(three_entries: list[AuditEntry]) -> None:
    del three_entries[1]
    assert list(audit.breaks_in(three_entries)) == [audit.Break(2, "missing")]


@pytest.mark.parametrize("statement", ["update core_auditentry set actor = 'x'", "delete from core_auditentry"])
def test_application_role_can_not_change_an_entry(coordinator: Actor, statement: str) -> None:
    with scoped(coordinator, Right.AUDIT_READ):
        write(coordinator, "edit")
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
