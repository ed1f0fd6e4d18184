"""Scope: the division ranges that a query may see, enforced by the manager here and by row-level security below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.db import connection, models, transaction
from django.db.models import Q

from linli.core.actors import Actor, Ranges
from linli.core.divisions import EVERYWHERE, range_of
from linli.core.errors import OutsideScope, Refused
from linli.core.ids import uuid7
from linli.core.rights import Right

NO_COMMUNITY = 0
"""The chain and rows that belong to the installation and to no community."""

_scope: ContextVar[Ranges | None] = ContextVar("linli_scope", default=None)


def current_scope() -> Ranges:
    """Return the ranges in force. Raises OutsideScope when there are none."""
    ranges = _scope.get()
    if ranges is None:
        raise OutsideScope("A query on residents' data ran outside a scope. Use scoped(actor, right).")
    return ranges


@contextmanager
def scope_of(ranges: Ranges) -> Iterator[None]:
    """Open or join a transaction and let its queries see these ranges and nothing else; the scope before comes back.

    What the database was told ends with its transaction, which begins with nothing in sight.
    """
    before = _scope.get()
    token = _scope.set(ranges)
    try:
        begins = not connection.in_atomic_block
        in_force = (before == ranges and not begins) or not (before or ranges)
        with transaction.atomic():
            if not in_force:
                _tell_database(ranges)
            yield
            if not in_force and not begins and not transaction.get_rollback():
                _tell_database(before or ())
    finally:
        _scope.reset(token)


@contextmanager
def scoped(actor: Actor, right: Right) -> Iterator[None]:
    """Run a transaction in which the actor sees the divisions where it holds the right.

    Raises Refused when the actor holds the right nowhere.
    """
    ranges = actor.ranges(right)
    if not ranges:
        raise Refused
    with scope_of(ranges):
        yield


@contextmanager
def installation_scope() -> Iterator[None]:
    """Run a transaction that sees the rows which belong to no community."""
    with scope_of(((NO_COMMUNITY, NO_COMMUNITY + 1),)):
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """Run a transaction that sees every community, for Linli's own upkeep only: nobody asked, nobody is answered."""
    with scope_of((range_of(EVERYWHERE),)):
        yield


def _tell_database(ranges: Ranges) -> None:
    value = "{" + ",".join(f"[{low},{high})" for low, high in ranges) + "}"
    with connection.cursor() as cursor:
        cursor.execute("select set_config('linli.scope', %s, true)", [value])


def within(ranges: Ranges, field: str = "community") -> Q:
    """Return the condition that a division code lies in one of the ranges."""
    condition = Q(pk__in=[])
    for low, high in ranges:
        one = Q(**{field: low}) if high - low == 1 else Q(**{f"{field}__gte": low, f"{field}__lt": high})
        condition |= one
    return condition


class ScopedManager(models.Manager[Any]):
    """The only manager of rows about a community: raises outside a scope and narrows every query to it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(within(current_scope()))


class ScopedModel(models.Model):
    """A row about one community. `core.schema` derives keys, policies and grants from its metadata."""

    append_only: ClassVar[bool] = False
    """True for facts and audit entries: the application may insert and read, nothing else."""
    goes_with: ClassVar[tuple[str, str] | None] = None
    """The one way out of an append-only table: a reference of the row, and the flag of what it refers to under which the row
    may be removed all the same. A drill has no live effect and is discarded as a whole: ("round", "is_drill")."""
    undigested: ClassVar[frozenset[str]] = frozenset()
    """Columns that a row's digest leaves out, by attribute."""
    partitioned: ClassVar[bool] = False
    """True for tables split by the day inside the UUIDv7."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.BigIntegerField()

    objects: ClassVar[models.Manager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class ScopedForeignKey(models.ForeignKey[Any, Any]):
    """A reference within one community; the database's own constraint is (community, x_id), made by `core.schema`."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)
