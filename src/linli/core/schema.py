"""What the models say and Django cannot: derived from their metadata after each migrate, idempotently.

For every `ScopedModel`: unique (community, id); foreign keys (community, x_id) so that no row can belong to another
community than its parent; row-level security with one policy, and a second one where append-only rows may go with what they
belong to; the application role's grants; and for `partitioned` models a default partition and day partitions. A catalogue
test proves that no table was forgotten.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from linli.core.ids import first_uuid7_at
from linli.core.scope import ScopedForeignKey, ScopedModel

POLICY = "linli_scope"
REMOVAL_POLICY = "linli_removal"
IN_SCOPE = "community <@ (select nullif(current_setting('linli.scope', true), '')::int8multirange)"
"""The condition of every policy. In a subquery the setting is read once a statement; bare it was read for every row,
which made counting 6,000 targets take 34 ms instead of 2.
"""


def scoped_models() -> tuple[type[ScopedModel], ...]:
    """Return every model of rows about a community."""
    return tuple(model for model in apps.get_models() if issubclass(model, ScopedModel))


def apply(app_role: str) -> None:
    """Bring the database to what the models say. Run as the owner of the tables, after migrate."""
    for model in scoped_models():
        if model.partitioned:
            _split_by_day(model)
    _grant_everything(app_role)
    for model in scoped_models():
        _unique_with_community(model)
        _row_level_security(model)
        _removal_policy(model)
        _grant_scoped(model, app_role)
        if model.partitioned:
            _close_partitions(model, app_role)
    for model in scoped_models():
        for field in scoped_references(model):
            _reference_with_community(model, field)
    _partition_maker(app_role)
    _statistics_maker(app_role)


def scoped_references(model: type[models.Model]) -> Iterator[ScopedForeignKey]:
    """Yield the fields of `model` that point at other rows of the same community."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ScopedForeignKey):
            yield field


def _run(statement: str, **names: str) -> None:
    identifiers = {key: sql.Identifier(value) for key, value in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**identifiers).as_string(cursor.connection))


def _has_constraint(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_constraint where conname = %s", [name])
        return cursor.fetchone() is not None


def _unique_with_community(model: type[ScopedModel]) -> None:
    table = model._meta.db_table
    name = f"{table}_community_id"
    if not _has_constraint(name):
        _run("alter table {table} add constraint {name} unique (community, id)", table=table, name=name)


def _reference_with_community(model: type[ScopedModel], field: ScopedForeignKey) -> None:
    table, column = model._meta.db_table, field.column
    name = f"{table}_{column}_community"[:63]
    if not _has_constraint(name):
        _run(
            "alter table {table} add constraint {name} foreign key (community, {column}) "
            "references {target} (community, id) deferrable initially deferred",
            table=table, name=name, column=column, target=field.related_model._meta.db_table,
        )  # fmt: skip


def _row_level_security(model: type[ScopedModel]) -> None:
    table = model._meta.db_table
    _run("alter table {table} enable row level security", table=table)
    _run("drop policy if exists {policy} on {table}", policy=POLICY, table=table)
    _run(
        f"create policy {{policy}} on {{table}} using ({IN_SCOPE}) with check ({IN_SCOPE})", policy=POLICY, table=table
    )


def _removal_policy(model: type[ScopedModel]) -> None:
    """Let rows of an append-only table go only while what they go with bears its flag."""
    _run("drop policy if exists {policy} on {table}", policy=REMOVAL_POLICY, table=model._meta.db_table)
    if model.goes_with:
        reference, flag = _goes_with(model, *model.goes_with)
        _run(
            "create policy {policy} on {table} as restrictive for delete using (exists (select from {parent} parent "
            "where parent.community = {table}.community and parent.id = {table}.{column} and parent.{flag}))",
            policy=REMOVAL_POLICY, table=model._meta.db_table, parent=reference.related_model._meta.db_table,
            column=reference.column, flag=flag,
        )  # fmt: skip


def _goes_with(model: type[ScopedModel], name: str, flag: str) -> tuple[ScopedForeignKey, str]:
    reference = model._meta.get_field(name)
    assert isinstance(reference, ScopedForeignKey)
    return reference, flag


def _grant_everything(app_role: str) -> None:
    _run("grant usage on schema public to {role}", role=app_role)
    _run("grant select, insert, update, delete on all tables in schema public to {role}", role=app_role)
    _run("grant usage, select on all sequences in schema public to {role}", role=app_role)
    _run("revoke all on table django_migrations from {role}", role=app_role)
    _run("grant select on table django_migrations to {role}", role=app_role)


def _grant_scoped(model: type[ScopedModel], app_role: str) -> None:
    if model.append_only:
        _run("revoke update, truncate on {table} from {role}", table=model._meta.db_table, role=app_role)
    if model.append_only and not model.goes_with:
        _run("revoke delete on {table} from {role}", table=model._meta.db_table, role=app_role)
    if model.goes_with:
        _settle_flag(*_goes_with(model, *model.goes_with), app_role)


def _settle_flag(reference: ScopedForeignKey, flag: str, app_role: str) -> None:
    """Let nobody change a flag under which append-only rows may go: it is set once, when its row is made."""
    parent = reference.related_model._meta
    columns = [str(field.column) for field in parent.concrete_fields if field.column != flag]
    _run("revoke update on {table} from {role}", table=parent.db_table, role=app_role)
    statement = sql.SQL("grant update ({}) on {} to {}").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(parent.db_table), sql.Identifier(app_role)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))


def _split_by_day(model: type[ScopedModel]) -> None:
    """Turn the ordinary, still empty table that Django made into one partitioned by the time inside its UUIDv7."""
    table, plain = model._meta.db_table, f"{model._meta.db_table}_plain"
    with connection.cursor() as cursor:
        cursor.execute("select relkind::text from pg_class where oid = to_regclass(%s)", [table])
        if cursor.fetchone() != ("r",):
            return
        cursor.execute(
            "select i.indexdef from pg_indexes i join pg_class c on c.relname = i.indexname "
            "join pg_index x on x.indexrelid = c.oid where i.tablename = %s and not x.indisprimary",
            [table],
        )
        indexes = [row[0] for row in cursor.fetchall()]
    _run("alter table {table} rename to {plain}", table=table, plain=plain)
    _run(
        "create table {table} (like {plain} including defaults including constraints) partition by range (id)",
        table=table, plain=plain,
    )  # fmt: skip
    _run("drop table {plain}", plain=plain)
    _run("alter table {table} add primary key (id)", table=table)
    with connection.cursor() as cursor:
        for definition in indexes:
            cursor.execute(definition)


def _close_partitions(model: type[ScopedModel], app_role: str) -> None:
    """Make the default partition; all are reached through their parent only and get no grants of their own."""
    table = model._meta.db_table
    _run("create table if not exists {part} partition of {table} default", table=table, part=f"{table}_default")
    with connection.cursor() as cursor:
        cursor.execute("select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass", [table])
        partitions = [row[0] for row in cursor.fetchall()]
    for partition in partitions:
        _run("alter table {part} enable row level security", part=partition)
        _run("revoke all on {part} from {role}", part=partition, role=app_role)


def partition_name(table: str, day: date) -> str:
    """Return the name of a day's partition."""
    return f"{table}_{day:%Y%m%d}"


def make_partition(model: type[ScopedModel], day: date) -> None:
    """Make the partition of one day (UTC) if it is not there. The application role may call this."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "select linli_make_partition(%s, %s, %s, %s)",
            [
                model._meta.db_table,
                partition_name(model._meta.db_table, day),
                first_uuid7_at(start),
                first_uuid7_at(start + timedelta(days=1)),
            ],
        )


def _partition_maker(app_role: str) -> None:
    """A function of the owner's that the application may call: it makes partitions of our tables and nothing else."""
    tables = ", ".join(f"'{model._meta.db_table}'" for model in scoped_models() if model.partitioned) or "''"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            create or replace function linli_make_partition(parent text, child text, low uuid, high uuid) returns void
            language plpgsql security definer set search_path = public, pg_temp as $body$
            begin
                if parent not in ({tables}) or child !~ ('^' || parent || '_[0-9]{{8}}$') then
                    raise exception 'not a partitioned table of Linli: %, %', parent, child;
                end if;
                perform pg_advisory_xact_lock(hashtext(child));
                if to_regclass(child) is null then
                    execute format('create table %I partition of %I for values from (%L) to (%L)',
                                   child, parent, low, high);
                    execute format('alter table %I enable row level security', child);
                end if;
            end $body$
            """  # noqa: S608  # these names are our own models'
        )
    _run("revoke all on function linli_make_partition(text, text, uuid, uuid) from public")
    _run("grant execute on function linli_make_partition(text, text, uuid, uuid) to {role}", role=app_role)


def _statistics_maker(app_role: str) -> None:
    """A function of the owner's that lets the application refresh the planner's statistics of our tables."""
    tables = ", ".join(f"'{model._meta.db_table}'" for model in scoped_models())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            create or replace function linli_analyze(target text) returns void
            language plpgsql security definer set search_path = public, pg_temp as $body$
            begin
                if target not in ({tables}) then
                    raise exception 'not a table of Linli: %', target;
                end if;
                execute format('analyze %I', target);
            end $body$
            """  # these names are our own models'
        )
    _run("revoke all on function linli_analyze(text) from public")
    _run("grant execute on function linli_analyze(text) to {role}", role=app_role)
