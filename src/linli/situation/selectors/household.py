"""The household behind a door of a round: who is who, what became of each, and by what evidence."""

from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.models import Dwelling
from linli.rounds.access import access_round
from linli.rounds.models import Round
from linli.rounds.selectors import people_behind
from linli.rounds.selectors.lists import TargetLine


@dataclass(frozen=True)
class DoorOfRound:
    """A door and the targets behind it."""

    round: Round
    dwelling: Dwelling
    people: tuple[TargetLine, ...]

    @property
    def still_open(self) -> int:
        """How many behind it are outstanding."""
        return sum(person.outcome is None for person in self.people)


def door_of_round(actor: Actor, round_id: UUID, dwelling_id: UUID) -> DoorOfRound:
    """Return who is behind a door and how each stands (person_search: it names people). Raises Refused, NotFound."""
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        dwelling = access_dwelling(actor, dwelling_id, right=Right.PERSON_SEARCH)
        if dwelling.community != round.community:
            raise NotFound
        return DoorOfRound(round, dwelling, people_behind(actor, round_id, dwelling_id))
