"""A table row as plain JSON and back, a keyed digest of it, and removal of many: what an act that can be undone needs."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from psycopg import sql

from linli.core import crypto
from linli.core.scope import ScopedModel

Row = TypeVar("Row", bound=models.Model)
DIGEST_BYTES = 16


def as_plain(row: models.Model) -> dict[str, Any]:
    """Return every column of a row in a form that JSON can carry."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
    }


def from_plain(model: type[Row], plain: dict[str, Any]) -> Row:
    """Return the row that `as_plain` was given."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: None if value is None else fields[name].to_python(value) for name, value in plain.items()})


def digester(model: type[ScopedModel]) -> Callable[[models.Model], bytes]:
    """Return what turns a row of this table into 16 bytes that change when any column does; only the key can make them."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in model.undigested]
    columns = attrgetter(*names)
    key = crypto.blind_index("text", f"digest of {model._meta.db_table}")

    def digest(row: models.Model) -> bytes:
        text = "\x1f".join(str(bytes(value) if isinstance(value, memoryview) else value) for value in columns(row))
        return hashlib.blake2b(text.encode(), digest_size=DIGEST_BYTES, key=key).digest()

    return digest


def references_to(model: type[ScopedModel]) -> Iterator[tuple[type[Any], str]]:
    """Yield each table that refers to this one, with the name of the reference."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            yield relation.related_model, relation.field.name


def delete_rows(model: type[ScopedModel], community: int, ids: Collection[UUID]) -> int:
    """Remove rows by id in one statement and return how many; the database refuses what others still refer to."""
    if not ids:
        return 0
    statement = sql.SQL("delete from {} where community = %s and id = any(%s)").format(
        sql.Identifier(model._meta.db_table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), [community, list(ids)])
        return int(cursor.rowcount)
