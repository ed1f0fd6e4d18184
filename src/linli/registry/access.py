"""From the id of a person or import in a request to the row. Missing and forbidden are the same: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import within
from linli.places.access import access_dwelling as access_dwelling
from linli.registry.key_scope import is_open_to
from linli.registry.models import BulkEdit, Household, KeyList, KeyListEntry, LedgerImport, Merge, Person, SelfReport


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


def access_merge(actor: Actor, merge_id: UUID, *, alone: bool = False) -> Merge:
    """Return a merge of a community where the actor writes people (person_write), locked when `alone`; else NotFound."""
    rows = Merge.objects.select_related("kept", "absorbed")
    rows = rows.select_for_update(of=("self",)) if alone else rows
    merge: Merge | None = rows.filter(within(actor.ranges(Right.PERSON_WRITE)), pk=merge_id).first()
    if merge is None:
        raise NotFound
    return merge


def access_self_report(actor: Actor, report_id: UUID, *, right: Right = Right.PERSON_WRITE) -> SelfReport:
    """Return a self-report of a community in which the actor holds the right, with its door, else raise NotFound."""
    reports = SelfReport.objects.select_related("household__dwelling__unit__building__compound")
    report: SelfReport | None = reports.filter(pk=report_id).first()
    if report is None or not actor.has(right, report.community):
        raise NotFound
    return report


def access_key_list(actor: Actor, list_id: UUID, *, right: Right = Right.KEY_LIST_READ, alone: bool = False) -> KeyList:
    """Return a key list of a community in which the actor holds the right, locked when `alone`, else raise NotFound.

    Who holds it by a department alone reaches the lists that are open to that department.
    """
    rows = KeyList.objects.select_for_update() if alone else KeyList.objects
    found: KeyList | None = rows.filter(within(actor.ranges(right)), pk=list_id).first()
    if found is None or not is_open_to(actor, found, right):
        raise NotFound
    return found


def access_key_list_entry(actor: Actor, entry_id: UUID, *, right: Right = Right.KEY_LIST_RECORD) -> KeyListEntry:
    """Return an entry of a key list that the actor reaches with the right, its list locked, else raise NotFound."""
    list_id = KeyListEntry.objects.filter(pk=entry_id).values_list("key_list_id", flat=True).first()
    if list_id is None:
        raise NotFound
    access_key_list(actor, list_id, right=right, alone=True)
    entry: KeyListEntry = KeyListEntry.objects.select_related("key_list").get(pk=entry_id)
    return entry
