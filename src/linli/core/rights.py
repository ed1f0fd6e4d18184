"""Rights and the roles that bundle them. A route or service asks for a right, never for a role."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core.divisions import Level


class Right(StrEnum):
    """What a route or service may ask of its actor."""

    PLACES_READ = "places_read"
    PLACES_WRITE = "places_write"
    LEDGER_READ = "ledger_read"
    LEDGER_IMPORT = "ledger_import"
    LEDGER_EXPORT = "ledger_export"
    PERSON_SEARCH = "person_search"
    PERSON_WRITE = "person_write"
    IDENTITY_UNMASK = "identity_unmask"
    KEY_LIST_READ = "key_list_read"
    KEY_LIST_WRITE = "key_list_write"
    KEY_LIST_RECORD = "key_list_record"
    FIGURES_READ = "figures_read"
    ROUND_READ = "round_read"
    ROUND_OPEN = "round_open"
    ROUND_CLOSE = "round_close"
    PLAN_WRITE = "plan_write"
    FACT_RECORD = "fact_record"
    SWEEP_RECORD = "sweep_record"
    DRILL_RUN = "drill_run"
    AUDIT_READ = "audit_read"
    USERS_MANAGE = "users_manage"


NAMING = frozenset(
    {
        Right.LEDGER_READ, Right.LEDGER_IMPORT, Right.LEDGER_EXPORT, Right.PERSON_SEARCH, Right.PERSON_WRITE,
        Right.IDENTITY_UNMASK, Right.KEY_LIST_READ, Right.KEY_LIST_WRITE, Right.KEY_LIST_RECORD, Right.ROUND_READ, Right.FACT_RECORD,
        Right.SWEEP_RECORD, Right.AUDIT_READ,
    }
)  # fmt: skip
"""Whoever holds one of these sees people by name, or what is behind a single door."""

WRITING = frozenset(
    {
        Right.PLACES_WRITE, Right.LEDGER_IMPORT, Right.PERSON_WRITE, Right.KEY_LIST_WRITE, Right.KEY_LIST_RECORD, Right.ROUND_OPEN,
        Right.ROUND_CLOSE, Right.PLAN_WRITE, Right.FACT_RECORD, Right.SWEEP_RECORD, Right.DRILL_RUN, Right.USERS_MANAGE,
    }
)  # fmt: skip
"""Whoever holds one of these changes something."""


class Role(models.TextChoices):
    """Who somebody is in a division; stored with each grant."""

    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("community coordinator")
    GRID_WORKER = "grid_worker", _("grid worker")
    DESK_CLERK = "desk_clerk", _("desk clerk")
    SAMPLER = "sampler", _("sampler")
    SWEEPER = "sweeper", _("sweep team member")
    GATE_KEEPER = "gate_keeper", _("gate keeper")
    CARE_WORKER = "care_worker", _("care worker")
    STOREKEEPER = "storekeeper", _("storekeeper")
    ENTRY_CLERK = "entry_clerk", _("entry clerk")
    VOLUNTEER = "volunteer", _("volunteer")
    COMMAND = "command", _("command post")
    SUBDISTRICT_VIEWER = "subdistrict_viewer", _("sub-district viewer")
    DISTRICT_VIEWER = "district_viewer", _("district viewer")
    CITY_VIEWER = "city_viewer", _("city viewer")
    DEPARTMENT = "department", _("department")
    AUDITOR = "auditor", _("auditor")


class Department(models.TextChoices):
    """A department of the administration that has a part in the response (R49); stored with its grant."""

    ORGANISATION = "organisation", _("organisation department")
    CIVIL_AFFAIRS = "civil_affairs", _("civil affairs")
    DEVELOPMENT = "development", _("development and reform")
    FINANCE = "finance", _("finance")
    HOUSING = "housing", _("housing")
    HUMAN_RESOURCES = "human_resources", _("human resources")
    JUSTICE = "justice", _("justice")


_FIGURES = frozenset({Right.FIGURES_READ})
_READING = _FIGURES | {Right.PLACES_READ, Right.ROUND_READ}
_PEOPLE = _READING | {Right.PERSON_SEARCH}
_KEY_LISTS = frozenset({Right.KEY_LIST_READ, Right.KEY_LIST_RECORD})
_DEPARTMENT = _FIGURES | {Right.KEY_LIST_READ}
"""Of a department: counts, and by name only who is on a key list that was opened to it."""

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.COORDINATOR: frozenset(Right),
    Role.GRID_WORKER: _PEOPLE
    | _KEY_LISTS
    | {Right.LEDGER_READ, Right.PERSON_WRITE, Right.KEY_LIST_WRITE, Right.SWEEP_RECORD, Right.FACT_RECORD},
    Role.DESK_CLERK: _PEOPLE | {Right.FACT_RECORD},
    Role.SAMPLER: _PEOPLE | {Right.FACT_RECORD},
    Role.SWEEPER: _PEOPLE | {Right.SWEEP_RECORD},
    Role.GATE_KEEPER: frozenset({Right.PLACES_READ}),
    Role.CARE_WORKER: _KEY_LISTS | {Right.PLACES_READ, Right.PERSON_SEARCH},
    Role.STOREKEEPER: frozenset({Right.PLACES_READ}),
    Role.ENTRY_CLERK: frozenset(
        {Right.PLACES_READ, Right.LEDGER_READ, Right.LEDGER_IMPORT, Right.PERSON_SEARCH, Right.PERSON_WRITE}
    ),
    Role.VOLUNTEER: _READING,
    Role.COMMAND: _READING,
    Role.SUBDISTRICT_VIEWER: _FIGURES,
    Role.DISTRICT_VIEWER: _FIGURES,
    Role.CITY_VIEWER: _FIGURES,
    Role.DEPARTMENT: _FIGURES,
    Role.AUDITOR: _PEOPLE | {Right.LEDGER_READ, Right.KEY_LIST_READ, Right.AUDIT_READ},
}

NEEDING_SECOND_FACTOR = frozenset(
    {Role.ADMINISTRATOR, Role.COMMAND, Role.DISTRICT_VIEWER, Role.CITY_VIEWER, Role.AUDITOR}
)
"""Roles that a password alone does not open."""

LEVEL_OF: dict[Role, Level] = {
    Role.SUBDISTRICT_VIEWER: Level.SUBDISTRICT,
    Role.DISTRICT_VIEWER: Level.DISTRICT,
    Role.CITY_VIEWER: Level.CITY,
}
"""Roles that are given in a division of their level and in no other."""

FOR_A_TIME = frozenset({Role.VOLUNTEER})
"""Roles that nobody holds without an end."""

RIGHTS_OF_DEPARTMENT: dict[Department, frozenset[Right]] = {
    Department.ORGANISATION: _DEPARTMENT,
    Department.CIVIL_AFFAIRS: _DEPARTMENT | {Right.PLACES_READ, Right.PERSON_SEARCH},
    Department.DEVELOPMENT: _DEPARTMENT,
    Department.FINANCE: _DEPARTMENT,
    Department.HOUSING: _DEPARTMENT | {Right.PLACES_READ},
    Department.HUMAN_RESOURCES: _DEPARTMENT,
    Department.JUSTICE: _DEPARTMENT | {Right.PLACES_READ},
}
"""What a department may do where it has a grant."""


def rights_of(role: Role, department: str = "") -> frozenset[Right]:
    """Return what a role may do; of a department's grant, what that department may."""
    if role is Role.DEPARTMENT and department:
        return RIGHTS_OF_DEPARTMENT[Department(department)]
    return RIGHTS_OF[role]
