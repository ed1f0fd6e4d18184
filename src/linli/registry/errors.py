"""What the registry answers with when it does not do something."""

from django.utils.translation import gettext_lazy as _

from linli.core.errors import Conflict, Invalid, LinliError
from linli.registry.ledger import LedgerRefused


class FileRefused(Invalid):
    """The reader could not use the file; its sentences are the reader's own."""

    def __init__(self, refused: LedgerRefused) -> None:
        self.refused = refused
        super().__init__(code=refused.code)

    def __str__(self) -> str:
        return self.refused.message_zh

    def in_language(self, language: str) -> str:
        return self.refused.message_zh if language.startswith("zh") else self.refused.message_en


class NoSuchCommunity(Invalid):
    """There is no community of this code, and nobody said what to call it."""

    code = "community_unknown"
    message = _(
        "The community %(division)s is not known yet and the ledger does not say its name. Give it: --name NAME"
    )


class OtherCommunity(Conflict):
    """The file says that it belongs to another community."""

    code = "other_community"
    message = _(
        "This ledger says it is the one of %(named)s, but it would be imported into %(known)s. Nothing was imported. "
        "If it is the right one all the same, confirm the name that the file bears: --confirm-title %(named)s"
    )


class ImportUnderWay(Conflict):
    """Two at once for one community: the second is told so."""

    code = "import_under_way"
    message = _(
        "Another ledger of this community is being imported right now. Nothing was imported from this one; "
        "wait until the other has finished and try again."
    )


class RegisterBusy(Conflict):
    """An import has the register alone; an edit has waited long enough."""

    code = "register_busy"
    message = _(
        "A ledger of this community is being imported or taken back right now. Nothing was changed; "
        "try again in a moment."
    )


class DayNotCome(Invalid):
    """What has not happened yet is not written down as if it had."""

    code = "day_not_come"
    message = _("%(day)s has not come yet. Write it down when it has happened. Nothing was changed.")


class BeforeStay(Invalid):
    """A stay cannot end before it began."""

    code = "before_stay"
    message = _(
        "In the register this stay begins on %(since)s, and %(day)s is before that. Give %(since)s or a later day. "
        "Nothing was changed."
    )


class PersonDead(Conflict):
    """Somebody who is here died by the register: one of the two is wrong."""

    code = "person_dead"
    message = _(
        "By the register the person with this identity number died on %(day)s. Compare the card: if it is theirs, take "
        "them in without the number and tell the office, which corrects the register."
    )


class NotWaiting(Conflict):
    """Only an upload that was neither imported nor refused can go on its way."""

    code = "not_waiting"
    message = _("This upload was already imported or refused. Upload the file again.")


class BeingWorkedOn(Conflict):
    """An upload cannot be thrown away under the work that reads it."""

    code = "work_under_way"
    message = _("This upload is being checked or imported right now. Stop that first, or wait until it has finished.")


class NotUnderWay(Conflict):
    """There is nothing to stop."""

    code = "not_under_way"
    message = _("Nothing is being checked or imported any more.")


class UndoBlocked(Conflict):
    """Something was built on the import since."""

    code = "undo_blocked"
    message = _("This import cannot be undone any more: %(why)s. Nothing was changed.")


class NotImported(Conflict):
    """Only what was imported, and not undone yet, can be undone."""

    code = "not_imported"
    message = _("This import cannot be undone: it is “%(state)s”.")


class TooManyNumbers(LinliError):
    """Somebody looks up more numbers than any desk has people."""

    code = "too_many_numbers"
    status = 429
    message = _(
        "You have looked up %(count)s numbers within an hour, which is the limit. Look people up by name or address, or go "
        "on in a while."
    )


class TooManyReports(LinliError):
    """A household reports more often than it can have changed."""

    code = "too_many_reports"
    status = 429
    message = _(
        "This household has reported %(most)s times today. Call the community if something is still to be told."
    )


class ReportsStand(LinliError):
    """Households of an import that is to be undone have reported about themselves."""

    code = "reports_stand"
    message = _("%(count)s self-reports belong to its households")


class SlipNotValid(LinliError):
    """The link on a slip was replaced, misread or never there; which of these is not told."""

    code = "slip_not_valid"
    status = 410
    message = _("This code is not valid any more. Ask the community for a new slip.")


class Stopped(LinliError):
    """Somebody stopped the work on purpose."""

    code = "stopped"
    status = 409
    message = _("The import was stopped. Nothing was imported.")


class KeyListsStand(Conflict):
    """An import cannot be taken back: people it brought were put on key lists, or looked after by them."""

    code = "key_lists_stand"
    message = _("%(count)s people whom it brought are on key lists by hand or were looked after there")
