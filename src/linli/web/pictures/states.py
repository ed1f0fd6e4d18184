"""The states of a door: each has a colour (its CSS class), a mark and a word, so that none is told by colour alone."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(StrEnum):
    """How far one door, household or target is. Unknown texts are drawn as `NOBODY`."""

    HELP = "help"
    OPEN = "open"
    REFUSED = "refused"
    WAITING = "waiting"
    AWAY = "away"
    DONE = "done"
    NOBODY = "nobody"

    @classmethod
    def _missing_(cls, value: object) -> "State":
        return cls.NOBODY


@dataclass(frozen=True)
class Look:
    """Mark and word of a state."""

    mark: str
    word: Promise


LOOKS = {
    State.HELP: Look("!", _("help needed")),
    State.OPEN: Look("○", pgettext_lazy("state", "open")),
    State.REFUSED: Look("✕", pgettext_lazy("state", "refused")),
    State.WAITING: Look("◔", pgettext_lazy("state", "waiting")),
    State.AWAY: Look("⇢", pgettext_lazy("state", "away")),
    State.DONE: Look("●", pgettext_lazy("state", "done")),
    State.NOBODY: Look("–", _("nobody to reach")),
}

UNSETTLED = frozenset({State.HELP, State.OPEN, State.REFUSED, State.WAITING})
"""States that somebody still has to do something about."""
