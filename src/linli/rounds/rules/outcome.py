"""What becomes of a target: a pure function of everything known of it, so that the order of arrival cannot matter.

0. Whom the register has found to be another target under a second entry is accounted for there, whatever is said here.
1. A specimen settles it: done, whatever else is said. A person who gave one was there. The earliest is the evidence.
2. Else the latest word about the person counts: what a visit, the ledger, the register or the office said last.
   That ledger or register have them away is no word about somebody who was met at the door, came to a site or is to be
   tested at home.
3. Who came to a site and gave no specimen was there all the same: that undoes every earlier word of their absence (away,
   moved out, vacant, dead), and no other.
4. A knock with nobody at home is no word; enough of them since the last word that left it open, and since the person came
   to a site, end it as not found, but never who is to be tested at home: nobody opens because they cannot.

| latest word | outcome | reason |
| --- | --- | --- |
| merged, as the register's latest | moved out | `merged` |
| tested elsewhere, away, moved out, dead, exempt | the same | `said` |
| vacant | moved out | `vacant` |
| refused, `door_visits_before_refused` times or after `door_visits_before_not_found` knocks | refused | `refused` |
| refused, less often | open | `refused_once` |
| cannot come | open: to be tested at home | `home_sampling` |
| back again | open | `back` |
| none, or absent, and came to a site since | open | `came_untested` |
| none | open | `nothing_known` |
| back, came or none, enough knocks since with nobody at home, never to be tested at home | not found | `nobody_at_home` |

Sources: R116, R120, R124, R125, R130, R132, R253.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from linli.orders.rules import RulePackRules
from linli.rounds.models import Outcome, Target

Evidence = Target.Evidence


class Word(StrEnum):
    """What one fact or statement says about a target. The visits' words are the values of `Visit.Result`."""

    DONE = "done"
    TESTED_ELSEWHERE = "tested_elsewhere"
    AWAY = "away"
    REFUSED = "refused"
    CANNOT_COME = "cannot_come"
    NOT_FOUND = "not_found"
    MOVED = "moved"
    DEAD = "dead"
    VACANT = "vacant"
    EXEMPT = "exempt"
    BACK = "back"
    MERGED = "merged"
    """The register's: another target is this person."""
    CAME = "came"
    """To a site; a specimen is a word of its own."""


SETTLES: dict[Word, tuple[Outcome, str]] = {
    Word.TESTED_ELSEWHERE: (Outcome.TESTED_ELSEWHERE, "said"),
    Word.AWAY: (Outcome.AWAY, "said"),
    Word.MOVED: (Outcome.MOVED, "said"),
    Word.VACANT: (Outcome.MOVED, "vacant"),
    Word.DEAD: (Outcome.DEAD, "said"),
    Word.EXEMPT: (Outcome.EXEMPT, "said"),
    Word.MERGED: (Outcome.MOVED, "merged"),
}
"""Words that settle a target at once, with the reason code."""

LEAVES_OPEN: dict[Word | None, str] = {
    Word.REFUSED: "refused_once",
    Word.CANNOT_COME: "home_sampling",
    Word.BACK: "back",
    Word.CAME: "came_untested",
    None: "nothing_known",
}
"""Words that leave it open, with the reason code."""

ABSENT = frozenset({Word.AWAY, Word.MOVED, Word.VACANT, Word.DEAD})
"""Words that somebody who comes to a site proves wrong."""


@dataclass(frozen=True)
class Known:
    """One thing known of a target: when, by what, saying what. Facts and statements become this to be judged."""

    at: datetime
    id: UUID
    word: Word
    evidence: Target.Evidence | None
    """None when somebody came to a site: it settles nobody."""
    because: str = ""
    """The reason a statement gave."""

    @property
    def is_knock(self) -> bool:
        """Whether somebody stood at the door."""
        return self.evidence == Evidence.VISIT

    @property
    def is_here(self) -> bool:
        """Whether it shows that the person is here: met at the door, come to a site, or to be tested at home."""
        return self.word in (Word.CANNOT_COME, Word.CAME) or (self.word is Word.REFUSED and self.is_knock)

    @property
    def is_away_on_paper(self) -> bool:
        """Whether only ledger or register say that the person is away."""
        return self.word is Word.AWAY and self.evidence in (Evidence.LEDGER, Evidence.REGISTER)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a target; open while `outcome` is None."""

    outcome: Outcome | None
    reason: str
    by: Known | None = None
    visits: int = 0
    home_sampling_asked_at: datetime | None = None


def decide_outcome(known: Iterable[Known], rules: RulePackRules) -> Verdict:
    """Decide what becomes of a target from all that is known of it, by the table above; order does not matter."""
    history = sorted({each.id: each for each in known}.values(), key=_moment)
    outcome, reason, by = _settled(history, rules)
    asked = (each.at for each in history if each.word is Word.CANNOT_COME)
    return Verdict(outcome, reason, by, sum(each.is_knock for each in history), next(asked, None))


def _settled(history: Sequence[Known], rules: RulePackRules) -> tuple[Outcome | None, str, Known | None]:
    on_paper = _last(each for each in history if each.evidence in (Evidence.LEDGER, Evidence.REGISTER))
    if on_paper and on_paper.word is Word.MERGED:
        return *SETTLES[Word.MERGED], on_paper
    taken = next((each for each in history if each.word is Word.DONE), None)
    if taken:
        return Outcome.DONE, "specimen", taken
    last = _last_word(history)
    if last and last.word in SETTLES:
        outcome, reason = SETTLES[last.word]
        return outcome, reason, last
    if last and last.word is Word.REFUSED and _refused_often_enough(history, rules):
        return Outcome.REFUSED, "refused", last
    knocks = _knocks_since(history, last)
    asked = any(each.word is Word.CANNOT_COME for each in history)
    if len(knocks) >= rules.door_visits_before_not_found and not asked:
        return Outcome.NOT_FOUND, "nobody_at_home", knocks[rules.door_visits_before_not_found - 1]
    return None, LEAVES_OPEN[last.word if last else None], last


def _last_word(history: Sequence[Known]) -> Known | None:
    is_here = any(each.is_here for each in history)
    words = [each for each in history if each.word is not Word.NOT_FOUND and not (is_here and each.is_away_on_paper)]
    came = _last(each for each in words if each.word is Word.CAME)
    said = _last(each for each in words if each.word is not Word.CAME)
    if came and (said is None or (said.word in ABSENT and _moment(said) < _moment(came))):
        return came
    return said


def _knocks_since(history: Sequence[Known], last: Known | None) -> list[Known]:
    """Return the knocks with nobody at home since the last word, and since the person came to a site."""
    begin = _last(each for each in history if each is last or each.word is Word.CAME)
    since = history if begin is None else [each for each in history if _moment(each) > _moment(begin)]
    return [each for each in since if each.word is Word.NOT_FOUND]


def _last(words: Iterable[Known]) -> Known | None:
    return max(words, key=_moment, default=None)


def _moment(known: Known) -> tuple[datetime, UUID]:
    return known.at, known.id


def _refused_often_enough(history: Sequence[Known], rules: RulePackRules) -> bool:
    refusals = sum(each.word is Word.REFUSED for each in history)
    knocks = sum(each.is_knock for each in history)
    return refusals >= rules.door_visits_before_refused or knocks >= rules.door_visits_before_not_found
