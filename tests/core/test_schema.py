"""The catalogue against the models: no table of residents may be without its policy, keys and grants."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from linli.core.models import AuditEntry
from linli.core.schema import POLICY, REMOVAL_POLICY, scoped_models, scoped_references
from linli.core.scope import ScopedModel

pytestmark = pytest.mark.django_db

WITHOUT_RESIDENTS = {
    "core_user", "core_grant", "core_signinlink", "core_signin", "core_device", "core_pin", "core_breakglass",
    "places_division", "orders_rulepack",
}  # fmt: skip


def rows(statement: str, *values: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.fixture(params=scoped_models(), ids=lambda model: model._meta.db_table)
def model(request: pytest.FixtureRequest) -> type[ScopedModel]:
    return request.param


def test_every_table_of_ours_is_scoped_or_known_to_hold_no_residents() -> None:
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("linli.")}
    scoped = {model._meta.db_table for model in scoped_models()}
    assert ours - scoped == WITHOUT_RESIDENTS


def test_table_has_the_policy_and_enforces_it(model: type[ScopedModel]) -> None:
    found = rows(
        "select c.relrowsecurity, p.polname, pg_get_expr(p.polqual, p.polrelid), "
        "pg_get_expr(p.polwithcheck, p.polrelid) "
        "from pg_class c join pg_policy p on p.polrelid = c.oid where c.relname = %s",
        model._meta.db_table,
    )
    (first, *others) = sorted(found, key=lambda row: row[1] != POLICY)
    assert first[:2] == (True, POLICY)
    assert "NULLIF" in str(first[2])
    assert first[2] == first[3]
    assert [row[1] for row in others] == ([REMOVAL_POLICY] if model.goes_with else [])


def test_table_can_be_referenced_by_community_and_id(model: type[ScopedModel]) -> None:
    assert rows(
        "select 1 from pg_constraint where conname = %s and contype = 'u'", f"{model._meta.db_table}_community_id"
    )


def test_each_reference_stays_in_the_community(model: type[ScopedModel]) -> None:
    definitions = " ".join(
        str(row[0])
        for row in rows(
            "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'f'",
            model._meta.db_table,
        )
    )
    for field in scoped_references(model):
        assert (
            f"FOREIGN KEY (community, {field.column}) REFERENCES {field.related_model._meta.db_table}(community, id)"
            in definitions
        )


def test_unique_constraints_carry_the_community(model: type[ScopedModel]) -> None:
    for constraint in model._meta.constraints:
        if fields := getattr(constraint, "fields", ()):
            assert fields[0] == "community"


def privileges(table: str) -> Iterator[str]:
    for name in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
        function = "has_table_privilege" if name in ("DELETE", "TRUNCATE") else "has_any_column_privilege"
        if rows(f"select {function}(%s, %s, %s)", settings.LINLI_APP_ROLE, table, name) == [(True,)]:
            yield name


def test_application_role_may_do_what_the_model_says(model: type[ScopedModel]) -> None:
    wanted = {"SELECT", "INSERT"} if model.append_only else {"SELECT", "INSERT", "UPDATE", "DELETE"}
    wanted |= {"DELETE"} if model.goes_with else set()
    assert set(privileges(model._meta.db_table)) == wanted


def test_application_role_cannot_change_under_what_append_only_rows_go() -> None:
    for column, may in (("is_drill", False), ("name", True)):
        question = "select has_column_privilege(%s, 'rounds_round', %s, 'UPDATE')"
        assert rows(question, settings.LINLI_APP_ROLE, column) == [(may,)]


def test_the_chain_of_audit_entries_goes_with_nothing() -> None:
    assert AuditEntry.append_only
    assert AuditEntry.goes_with is None


def test_partitions_are_reached_through_their_parent_only() -> None:
    partitions = rows(
        "select c.relname, c.relrowsecurity from pg_inherits i "
        "join pg_class c on c.oid = i.inhrelid where c.relkind = 'r'"
    )
    assert partitions
    for name, secured in partitions:
        assert secured, name
        assert not set(privileges(str(name))), name


def test_application_role_is_bound_by_the_policies() -> None:
    assert rows("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user") == [
        (False, False, False)
    ]
    assert not rows("select 1 from pg_tables where tableowner = current_user and schemaname = 'public'")


def test_an_index_leads_to_the_rows_of_a_community(model: type[ScopedModel]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("select set_config('linli.scope', '{[421303004001,421303004002)}', true)")
        cursor.execute(f"explain select * from {table} where community = 421303004001")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
