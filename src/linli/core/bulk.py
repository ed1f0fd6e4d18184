"""Loading many rows at once.

PostgreSQL refuses COPY into a table with row-level security, so rows are copied into a temporary table and inserted
from there: the policies check every row, and 6,000 persons take a fraction of a second. Once the load is committed the
planner's statistics are refreshed: a plan made for an empty table takes minutes on a full one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, cast

from django.db import connection, models, transaction
from psycopg import sql

WORTH_ANALYSING = 500
"""Rows; smaller loads wait for the database's own turn."""


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Insert rows in one go and return how many. Call inside a scope; a row outside it is refused by the database."""
    fields = model._meta.concrete_fields
    count = 0
    with connection.cursor() as cursor:
        raw = cast(Any, cursor.cursor)
        target = sql.Identifier(model._meta.db_table)
        loading = sql.Identifier(f"loading_{model._meta.db_table}")
        columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
        raw.execute(sql.SQL("create temporary table {} (like {}) on commit drop").format(loading, target))
        with raw.copy(sql.SQL("copy {} ({}) from stdin").format(loading, columns)) as copy:
            columns_of = _reader(fields)
            for row in rows:
                copy.write_row(columns_of(row))
                count += 1
        raw.execute(sql.SQL("insert into {} ({}) select {} from {}").format(target, columns, columns, loading))
        raw.execute(sql.SQL("drop table {}").format(loading))
    if count >= WORTH_ANALYSING:
        transaction.on_commit(partial(_analyse, str(model._meta.db_table)), robust=True)
    return count


def _analyse(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select linli_analyze(%s)", [table])


def _reader(fields: Sequence[Any]) -> Callable[[models.Model], Sequence[Any]]:
    """Return what gives the columns of a row; where no column needs Django's conversions, psycopg's own are enough."""
    if any(isinstance(field, models.JSONField) or getattr(field, "auto_now", False) for field in fields):
        return lambda row: [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    return attrgetter(*(field.attname for field in fields))
