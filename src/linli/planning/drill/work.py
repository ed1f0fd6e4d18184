"""What a drill was told to play, kept with its piece of work so that it can be taken up again anywhere."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import LANGUAGES, LinliError, NotFound
from linli.core.ids import seeded_uuid7
from linli.core.models import Work
from linli.rounds.errors import RoundClosed
from linli.rounds.services import abandon_round

DRILL = "drill"
TASK = "planning.drill"


@dataclass(frozen=True)
class Told:
    """The parameters of one drill."""

    seed: int
    planned: bool
    ordered_at: datetime
    speed: float | None = None
    """Simulated seconds per second; as fast as possible when None."""
    journal: str = ""
    """A file that gets the id of each fact the server has acknowledged, one a line."""

    def as_arguments(self) -> dict[str, Any]:
        """Return what is kept in the work's row."""
        return asdict(self) | {"ordered_at": self.ordered_at.isoformat()}

    def is_the_same_day(self, other: "Told") -> bool:
        """Tell whether both play the same script on the same day, at whatever speed."""
        return (self.seed, self.planned, self.ordered_at) == (other.seed, other.planned, other.ordered_at)


def told_of(work: Work) -> Told:
    """Read the parameters of a drill."""
    kept = dict(work.arguments)
    return Told(**kept | {"ordered_at": datetime.fromisoformat(kept["ordered_at"])})


def round_id_of(work: Work) -> UUID:
    """Return the id of the round that this work plays: opening it twice opens it once."""
    return seeded_uuid7(told_of(work).ordered_at, work.pk, "round")


def give_up_round(actor: Actor, work: Work) -> None:
    """Close the round of a drill that nobody will play on; nothing when it never opened or was played to its end."""
    with suppress(NotFound, RoundClosed):
        abandon_round(actor, round_id_of(work))


class DrillFailed(LinliError):
    """A drill ended without a report, for the reason that was written down with it."""

    code = "drill_failed"
    message = _("The drill was stopped before its end.")

    def __init__(self, error: dict[str, str] | None) -> None:
        super().__init__(code=error["code"] if error else "drill_stopped")
        self.error = error

    def in_language(self, language: str) -> str:
        """Return what was written down, in `zh-hans` or `en`."""
        if self.error is None:
            return super().in_language(language)
        return self.error["message_zh" if language == LANGUAGES[0] else "message_en"]
