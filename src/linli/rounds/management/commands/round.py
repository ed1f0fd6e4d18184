"""`linli round`: a whole live round at a terminal, from its opening to its end. Planning it is `linli plan`."""

from typing import Any

from linli.core.errors import LinliError
from linli.core.management.answering import ActsCommand
from linli.rounds.errors import Outstanding
from linli.rounds.management.acts import calling, people, recording, running, sweeping


class Command(ActsCommand):
    help = "Open a round, work it, see who is missing, close it."
    acts = (*running.ACTS, *calling.ACTS, *recording.ACTS, *people.ACTS, *sweeping.ACTS)

    def refusal(self, error: LinliError) -> tuple[dict[str, Any], list[str]]:
        """Say who is outstanding when a round cannot be closed for that."""
        if not isinstance(error, Outstanding):
            return {}, []
        who = error.who()
        return {"missing": who}, [f"    {each['door'] or '—'}  {each['name']}" for each in who]
