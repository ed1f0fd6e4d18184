"""The live board of a round: everything that one page shows, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from linli.core.actors import Actor
from linli.core.crypto import mask_name
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.directory import directory_of
from linli.rounds.errors import Missing
from linli.rounds.facades import CompoundBoard, compounds_from, mobilised_of, totals_of
from linli.rounds.figures import Stamps, hourly_of, moment_of, stamps_of
from linli.rounds.heads import RoundHead, head_of
from linli.rounds.models import Round
from linli.rounds.outstanding import first_missing_of, missing_of
from linli.rounds.queues import Queues, SiteFigures, queues_of
from linli.rounds.rules.account import PACE, Account, Forecast, decide_closing, forecast_finish
from linli.rounds.tallies import account_and_pace, account_from, tallies_of

MISSING_SHOWN = 20


@dataclass(frozen=True)
class Board:
    """Everything the board shows. `total` counts targets at T0 and newcomers, without leavers."""

    round: RoundHead
    as_of: datetime
    """Now; in a drill the moment of its latest fact; once closed, the closing."""
    account: Account
    compounds: tuple[CompoundBoard, ...]
    without_door: int
    """Targets who live behind no door of the round's buildings."""
    queues: Queues
    hourly: tuple[tuple[datetime, int], ...]
    forecast: Forecast | None
    missing: tuple[Missing, ...]
    missing_more: int
    stamps: Stamps
    not_closing: str
    """Why the round cannot be closed yet, a key of `rounds.reasons.CLOSING`; empty when it can."""

    @property
    def total(self) -> int:
        """Everybody who is to be reached."""
        return self.account.expected

    @property
    def settled(self) -> int:
        """Those who have an outcome."""
        return self.account.settled

    @property
    def sites(self) -> tuple[SiteFigures, ...]:
        """The sites with their queues, by number."""
        return self.queues.sites

    @property
    def waiting(self) -> int:
        """People who stand at a site now."""
        return sum(site.waiting for site in self.sites)

    @property
    def misses_deadline(self) -> bool:
        """Whether the forecast lies after the deadline."""
        return self.forecast is not None and self.forecast.finish > self.round.deadline


def board(actor: Actor, round_id: UUID, *, doors_up_to: int | None = None) -> Board:
    """Return the live board of a round (figures_read), of a round with more targets than `doors_up_to` without its doors.

    Who is missing comes only for those who may read the round door by door (round_read), with masked names and no doors
    for those who may not search persons. Raises Refused, NotFound.
    """
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        return _board(actor, round, doors_up_to)


@dataclass(frozen=True)
class _Progress:
    """What differs between a board with doors and one without."""

    account: Account
    pace: int
    compounds: tuple[CompoundBoard, ...]
    missing: tuple[Missing, ...]


def _with_doors(round: Round, as_of: datetime) -> _Progress:
    tallies = tallies_of(round, as_of - PACE, as_of)
    directory = directory_of(round.community)
    return _Progress(
        account=account_from(tallies),
        pace=sum(tally.count for tally in tallies if tally.paced),
        compounds=compounds_from(directory.values(), tallies, mobilised_of(round)),
        missing=missing_of(round, MISSING_SHOWN, directory=directory),
    )


def _progress(round: Round, as_of: datetime, doors_up_to: int | None) -> _Progress:
    if doors_up_to is None:
        return _with_doors(round, as_of)
    account, pace = account_and_pace(round, as_of - PACE, as_of)
    if account.expected <= doors_up_to:
        return _with_doors(round, as_of)
    compounds = totals_of(round)
    return _Progress(account, pace, compounds, first_missing_of(round, compounds, MISSING_SHOWN))


def _board(actor: Actor, round: Round, doors_up_to: int | None) -> Board:
    stamps = stamps_of(round)
    as_of = moment_of(round, stamps)
    progress = _progress(round, as_of, doors_up_to)
    account, compounds = progress.account, progress.compounds
    missing = _missing_for(actor, round, progress.missing)
    is_closed = round.is_closed
    return Board(
        round=head_of(round, account.expected, account.outstanding),
        as_of=as_of,
        account=account,
        compounds=compounds,
        without_door=account.expected - sum(compound.total for compound in compounds),
        queues=queues_of(round, as_of, quarters=True),
        hourly=hourly_of(round),
        forecast=None if is_closed else forecast_finish(account.outstanding, progress.pace, PACE, as_of),
        missing=missing,
        missing_more=account.outstanding - len(missing),
        stamps=stamps,
        not_closing=decide_closing(is_closed=is_closed, account=account),
    )


def _missing_for(actor: Actor, round: Round, missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
    if not actor.has(Right.ROUND_READ, round.community):
        return ()
    if actor.has(Right.PERSON_SEARCH, round.community):
        return missing
    return tuple(replace(each, name=mask_name(each.name), unit="", room="", dwelling=None) for each in missing)
