"""What opening a round in the background answers when it does not do it."""

from django.utils.translation import gettext_lazy as _

from linli.core.errors import Conflict


class OpeningUnderWay(Conflict):
    """One round at a time is opened in a community."""

    code = "opening_under_way"
    message = _("The round “%(name)s” of this community is being opened right now. Wait until that has finished.")


class OpeningStopped(Conflict):
    """Somebody stopped it on purpose."""

    code = "opening_stopped"
    message = _("It was stopped: no round was opened.")


class OpeningEnded(Conflict):
    """There is nothing to stop."""

    code = "opening_ended"
    message = _("This round is no longer being opened: it is open already, or could not be opened.")
