"""Rights and the roles that bundle them. A route or service asks for a right, never for a role."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """What a route or service may ask of its actor."""

    PLACES_READ = "places_read"
    PLACES_WRITE = "places_write"
    LEDGER_READ = "ledger_read"
    LEDGER_IMPORT = "ledger_import"
    LEDGER_EXPORT = "ledger_export"
    PERSON_SEARCH = "person_search"
    IDENTITY_UNMASK = "identity_unmask"
    ROUND_READ = "round_read"
    ROUND_OPEN = "round_open"
    ROUND_CLOSE = "round_close"
    PLAN_WRITE = "plan_write"
    FACT_RECORD = "fact_record"
    SWEEP_RECORD = "sweep_record"
    DRILL_RUN = "drill_run"
    AUDIT_READ = "audit_read"
    USERS_MANAGE = "users_manage"


class Role(models.TextChoices):
    """Who somebody is in a division; stored with each grant."""

    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("community coordinator")
    GRID_WORKER = "grid_worker", _("grid worker")
    DESK_CLERK = "desk_clerk", _("desk clerk")
    SWEEPER = "sweeper", _("sweep team member")
    COMMAND = "command", _("command post")


_READING = frozenset({Right.PLACES_READ, Right.ROUND_READ})
_RUNNING_A_COMMUNITY = frozenset(Right) - {Right.USERS_MANAGE, Right.AUDIT_READ}

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.COORDINATOR: _RUNNING_A_COMMUNITY | {Right.AUDIT_READ},
    Role.GRID_WORKER: _READING | {Right.LEDGER_READ, Right.PERSON_SEARCH, Right.SWEEP_RECORD, Right.FACT_RECORD},
    Role.DESK_CLERK: _READING | {Right.PERSON_SEARCH, Right.FACT_RECORD},
    Role.SWEEPER: _READING | {Right.PERSON_SEARCH, Right.SWEEP_RECORD},
    Role.COMMAND: _READING,
}
