"""How far the opening of a round is."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import LANGUAGES, NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.planning.opening.errors import OpeningStopped
from linli.planning.opening.wish import FREEZING, PLANNING, ROUND_OPENING, STORING, Wish, wish_of

UNDER_WAY = (Work.State.WAITING, Work.State.RUNNING)
_STEPS = {
    FREEZING: _("Everybody in the register becomes a target."),
    PLANNING: _("Sites, desks and call groups are being planned."),
    STORING: _("The round is being stored."),
}


@dataclass(frozen=True)
class OpeningSeen:
    """The opening of a round as its page shows it."""

    work: Work
    wish: Wish

    @property
    def is_under_way(self) -> bool:
        return self.work.state in UNDER_WAY

    @property
    def is_done(self) -> bool:
        """Whether the round is open."""
        return self.work.state == Work.State.DONE

    @property
    def message(self) -> str:
        """One sentence on how it stands."""
        work = self.work
        if work.error:
            return str(work.error["message_zh" if get_language() == LANGUAGES[0] else "message_en"])
        if work.state == Work.State.STOPPED:
            return str(OpeningStopped())
        return str(_STEPS.get(work.done, "") if work.state == Work.State.RUNNING else _("It begins in a moment."))


def opening_seen(actor: Actor, work_id: UUID, right: Right = Right.ROUND_OPEN) -> OpeningSeen:
    """Return the opening of a round as it is now, for who holds the right, by default round_open, there. Raises NotFound."""
    with scoped(actor, right):
        work = Work.objects.filter(pk=work_id, kind=ROUND_OPENING).first()
    if work is None:
        raise NotFound
    return OpeningSeen(work, wish_of(work))


def opening_under_way(actor: Actor, community: int) -> OpeningSeen | None:
    """Return the round that is being opened in a community, or None (figures_read). Raises Refused, NotFound."""
    with in_community(actor, Right.FIGURES_READ, community):
        asked = Work.objects.filter(community=community, kind=ROUND_OPENING, state__in=UNDER_WAY)
        work = asked.order_by("-id").first()
    return OpeningSeen(work, wish_of(work)) if work else None
