"""From the id of a person or import in a request to the row. Missing and forbidden are the same: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import within
from linli.places.access import access_dwelling as access_dwelling
from linli.registry.models import BulkEdit, Household, LedgerImport, Person, SelfReport


def access_person(actor: Actor, person_id: UUID, *, right: Right = Right.PERSON_SEARCH) -> Person:
    """Return a person of a community in which the actor holds the right, else raise NotFound."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not actor.has(right, person.community):
        raise NotFound
    return person


def access_household(actor: Actor, household_id: UUID, *, right: Right = Right.PERSON_SEARCH) -> Household:
    """Return a household of a community in which the actor holds the right, else raise NotFound."""
    household = Household.objects.filter(pk=household_id).first()
    if household is None or not actor.has(right, household.community):
        raise NotFound
    return household


def access_import(actor: Actor, import_id: UUID, *, right: Right = Right.LEDGER_IMPORT) -> LedgerImport:
    """Return an import of a community in which the actor holds the right, else raise NotFound."""
    ledger_import = LedgerImport.objects.filter(pk=import_id).first()
    if ledger_import is None or not actor.has(right, ledger_import.community):
        raise NotFound
    return ledger_import


def access_bulk_edit(actor: Actor, edit_id: UUID, *, alone: bool = False) -> BulkEdit:
    """Return a bulk edit of a community where the actor writes people (person_write), locked when `alone`; else NotFound."""
    rows = BulkEdit.objects.select_for_update() if alone else BulkEdit.objects
    edit: BulkEdit | None = rows.filter(within(actor.ranges(Right.PERSON_WRITE)), pk=edit_id).first()
    if edit is None:
        raise NotFound
    return edit


def access_self_report(actor: Actor, report_id: UUID, *, right: Right = Right.PERSON_WRITE) -> SelfReport:
    """Return a self-report of a community in which the actor holds the right, with its door, else raise NotFound."""
    reports = SelfReport.objects.select_related("household__dwelling__unit__building__compound")
    report: SelfReport | None = reports.filter(pk=report_id).first()
    if report is None or not actor.has(right, report.community):
        raise NotFound
    return report
