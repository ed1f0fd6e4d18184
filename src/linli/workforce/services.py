"""Adding people: one member, or a whole list of helpers. What they may do is decided by `core.grants`."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock
from linli.core.accounts import add_user, grant
from linli.core.actors import Actor, HeldRole
from linli.core.errors import Invalid, Refused
from linli.core.grants import may_give
from linli.core.links import make_link
from linli.core.models import User
from linli.core.rights import Role
from linli.places.csv_table import RowProblem
from linli.workforce.helpers import COLUMNS, Helper, HelpersRefused

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that cannot be taken for one another."""


@dataclass(frozen=True)
class WantedRole:
    """A role as it is asked for."""

    role: Role
    division: int
    department: str = ""
    ends_at: datetime | None = None
    ends_with: str = ""


def add_member(actor: Actor, wanted: WantedRole, *, name: str, username: str, phone: str = "") -> tuple[User, str]:
    """Make an account with a role and return it with the path of its one-time link.

    For who may give the role there. Writes what core's services write, no audit entry of its own. Raises Refused,
    Invalid, Conflict when the user name is taken.
    """
    with transaction.atomic():
        user = add_user(actor, username, name=name, phone=phone)
        give_role(actor, user, wanted)
        return user, make_link(actor, user)


def give_role(actor: Actor, user: User, wanted: WantedRole) -> None:
    """Give a role, or change when it ends; the end lies ahead.

    For who may give the role there. Writes what `core.grants` writes, no audit entry of its own. Raises Refused, Invalid.
    """
    if wanted.ends_at is not None and wanted.ends_at <= clock.now():
        raise Invalid(_("The end of a role must lie ahead."), code="end_is_past")
    grant(
        actor, user, wanted.role, wanted.division, department=wanted.department, ends_at=wanted.ends_at,
        ends_with=wanted.ends_with,
    )  # fmt: skip


def add_helpers(actor: Actor, division: int, helpers: list[Helper], *, ends_with: str = "") -> list[User]:
    """Make an account for each helper, with its role until its end, all or none.

    For who may give each of these roles there until then. Writes what core's services write, no audit entry of its own
    but of an attempt at more than the actor may give. Raises HelpersRefused naming each row, Refused, Invalid.
    """
    _refuse_rows(actor, division, helpers, ends_with)
    with transaction.atomic():
        return [_add_helper(actor, division, helper, ends_with) for helper in helpers]


def _refuse_rows(actor: Actor, division: int, helpers: list[Helper], ends_with: str) -> None:
    now = clock.now()
    past = [each for each in helpers if each.ends_at is not None and each.ends_at <= now]
    endless = [each for each in helpers if each.ends_at is None and not ends_with]
    above = [
        each for each in helpers if not may_give(actor, HeldRole(each.role, division, each.ends_at, "", ends_with))
    ]
    problems = [
        *(_problem(each, "until", str(each.ends_at), _("an end that lies ahead")) for each in past),
        *(_problem(each, "until", "", _("an end")) for each in endless),
        *(_problem(each, "role", str(each.role.label), _("a role that you may give until then")) for each in above),
    ]
    if above:
        audit.record_refusal(actor, "helpers", Refused.code)
    if problems:
        raise HelpersRefused(sorted(problems, key=lambda problem: problem.row))


def _problem(helper: Helper, field: str, read: str, what: Promise) -> RowProblem:
    return RowProblem(helper.name, helper.row, COLUMNS[field][0], read, what)


def _add_helper(actor: Actor, division: int, helper: Helper, ends_with: str) -> User:
    username = "helper-" + "".join(secrets.choice(_LETTERS) for _letter in range(8))
    user = add_user(actor, username, name=helper.name, phone=helper.phone)
    give_role(actor, user, WantedRole(helper.role, division, "", helper.ends_at, ends_with))
    return user
