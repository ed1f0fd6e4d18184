"""What a draft answers when it is not taken as it was sent."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.core.clock import local_zone
from linli.core.errors import Conflict, Invalid


class DraftChanged(Conflict):
    """Somebody else has changed the same step since the page was opened."""

    code = "draft_changed"
    message = _(
        "%(by)s changed this at %(at)s. What you entered is below and not saved: compare, and save again to keep yours."
    )

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by=by, at=f"{at.astimezone(local_zone()):%m-%d %H:%M}")


class DraftLooksOtherwise(Conflict):
    """A round was to be opened from a page that does not show the draft as it is."""

    code = "draft_looks_otherwise"
    message = _("%(by)s changed this draft at %(at)s. Look at it as it is now, then open the round.")

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by=by, at=f"{at.astimezone(local_zone()):%m-%d %H:%M}")


class DraftOpened(Conflict):
    """The round is open, or is being opened: nothing of its draft changes any more."""

    code = "draft_opened"
    message = _("The round “%(name)s” is open, or is being opened right now. Its draft changes no more.")


class DraftNotReady(Invalid):
    """Something stands against opening the round."""

    code = "draft_not_ready"
    message = _("The round cannot be opened yet. %(why)s")


class DraftMovedOn(Conflict):
    """A plan was asked for that nobody wants any more."""

    code = "draft_moved_on"
    message = _("The draft has changed since this plan was asked for.")


class GridCoversNothing(Invalid):
    """A grid that was chosen covers no building: nobody of it would be reached."""

    code = "grid_covers_nothing"
    message = _(
        "The grid “%(name)s” covers no building yet: nobody of it would be reached. Leave it out, or say first what it covers."
    )


class MayNotGiveRole(Invalid):
    """Somebody would need a role for their post that whoever opens the round may not give."""

    code = "may_not_give_role"
    message = _(
        "You may not give %(name)s the role “%(role)s” until the round closes. Choose another post or person, or ask "
        "somebody whose own role does not end before."
    )
