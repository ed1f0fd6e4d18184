"""Which facts of a round were taken back."""

from typing import Any

from django.db.models import QuerySet

from linli.rounds.models import Correction, Round


def taken_back(round: Round) -> QuerySet[Correction, Any]:
    """Return the ids of the facts of a round that are evidence no more, to be left out of a query. Call inside a scope."""
    return Correction.objects.filter(community=round.community, round=round).order_by().values("fact")
