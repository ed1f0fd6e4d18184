"""The departments of the administration (R49): which of them somebody acts for in a division, and what they read there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.rights import Department, Right, Role, rights_of

READS: dict[Right, Promise] = {
    Right.FIGURES_READ: _("the figures of every round"),
    Right.PLACES_READ: _("communities with their compounds, buildings and doors"),
    Right.PERSON_SEARCH: _("people by name, within a community"),
}
"""What the rights that a department may hold open, in words. A list that departments read adds the right that opens it."""


@dataclass(frozen=True)
class DepartmentHere:
    """A department that somebody acts for, and what it reads."""

    name: str
    reads: tuple[Promise, ...]
    names_people: bool


def departments_at(actor: Actor, division: int) -> list[DepartmentHere]:
    """Return the departments that an actor acts for in all of a division, in the order in which the roles were given."""
    here = [each for each in actor.present if each.role is Role.DEPARTMENT and each.covers(division)]
    return [_told(Department(each.department)) for each in here if each.department]


def _told(department: Department) -> DepartmentHere:
    held = rights_of(Role.DEPARTMENT, department)
    reads = tuple(words for right, words in READS.items() if right in held)
    return DepartmentHere(str(department.label), reads, Right.PERSON_SEARCH in held)
