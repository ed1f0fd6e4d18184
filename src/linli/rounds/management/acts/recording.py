"""`record`: take in what desks and teams wrote down."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import override
from rich.console import Console

from linli.core import clock
from linli.core.actors import Actor
from linli.core.management.answering import IN_PART, Act, Answer, Options, line, table
from linli.rounds.asked import AnyFact
from linli.rounds.management.choosing import add_round_argument, chosen_round
from linli.rounds.management.facts_file import HEADERS, FactRow, read_rows
from linli.rounds.management.facts_of_rows import Known, Unclear, by_number_and_name, fact_of, who_is_meant
from linli.rounds.reasons import words_for
from linli.rounds.rules.fact import CLOCKS_DIFFER, first_moment
from linli.rounds.selectors import RoundHead, sweep_teams
from linli.rounds.selectors.finding import Finding, find_targets
from linli.rounds.selectors.sites import sites_of
from linli.rounds.services import record_facts
from linli.rounds.services.recording import FACTS_AT_MOST

_ROWS_NAMED = 10


@dataclass(frozen=True)
class Answered:
    """What became of one row."""

    row: FactRow
    answer: str
    code: str = ""
    fact: UUID | None = None
    target: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, its reason in both languages."""
        told = {"row": self.row.row, "answer": self.answer, "code": self.code, "id": self.fact, "target": self.target}
        for language, key in (("zh-hans", "reason_zh"), ("en", "reason_en")):
            with override(language):
                told[key] = words_for(self.code)
        return told


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help=f"JSON lines or CSV with {', '.join(HEADERS)}; - for what is piped in"
    )
    add_round_argument(parser)


def _record(actor: Actor, community: int, options: Options) -> Answer:
    head = chosen_round(actor, community, options)
    rows = read_rows(options["file"])
    answered = _answered(actor, head, rows)
    counts = Counter(each.answer for each in answered)
    told = {
        "round": str(head.id), "name": head.name, "read": len(rows), "stored": counts["stored"],
        "duplicate": counts["duplicate"], "refused": counts["refused"], "blank": counts["blank"],
        "rows": [each.as_json() for each in answered if each.answer != "blank"],
    }  # fmt: skip
    return Answer(told, lambda console: _show(console, told, answered), IN_PART if counts["refused"] else 0)


def _answered(actor: Actor, head: RoundHead, rows: Sequence[FactRow]) -> list[Answered]:
    """Record every row that holds a fact; return what became of each row, in their order."""
    filled = [row for row in rows if not row.is_blank]
    findings = find_targets(actor, head.id, [who_is_meant(row) for row in filled])
    known = _known(actor, head)
    facts: dict[int, AnyFact] = {}
    answers = {row.row: Answered(row, "blank") for row in rows}
    for row, finding in zip(filled, findings, strict=True):
        try:
            facts[row.row] = fact_of(row, finding, known)
        except Unclear as why:
            answers[row.row] = Answered(row, "refused", str(why), target=_target(finding))
    by_row = {row.row: row for row in filled}
    numbered = list(facts.items())
    for first in range(0, len(numbered), FACTS_AT_MOST):
        part = numbered[first : first + FACTS_AT_MOST]
        receipts = record_facts(actor, head.id, [fact for _, fact in part])
        for (number, fact), receipt in zip(part, receipts, strict=True):
            answers[number] = Answered(by_row[number], receipt.answer, receipt.code, receipt.id, fact.target)
    return list(answers.values())


def _known(actor: Actor, head: RoundHead) -> Known:
    sites = [(site.number, site.name, site.id) for site in sites_of(actor, head.id)]
    teams = [(team.number, team.name, team.id) for team in sweep_teams(actor, head.id)]
    last = None if head.is_drill else clock.now() + CLOCKS_DIFFER
    return Known(head.id, by_number_and_name(sites), by_number_and_name(teams), first_moment(head.ordered_at), last)


def _target(finding: Finding) -> UUID | None:
    return finding.target.id if finding.target else None


def _show(console: Console, told: Mapping[str, Any], answered: Sequence[Answered]) -> None:
    blank = f"，未填 blank {told['blank']}" if told["blank"] else ""
    counts = (
        f"已记录 stored {told['stored']}，重复 duplicate {told['duplicate']}，未采纳 refused {told['refused']}{blank}"
    )
    console.print(line(f"{told['name']}：{counts}", "bold"))
    _show_doubtful(console, answered)
    rows = [(each.row.row, _said(each.row), words_for(each.code)) for each in answered if each.answer == "refused"]
    if rows:
        console.print(table(("行 row", "未采纳 refused", "原因 reason"), rows, right=(0,)))
        console.print(line("请改正这些行后再交一次；已记录的行不会重复。Correct these rows and send them again."))


def _show_doubtful(console: Console, answered: Sequence[Answered]) -> None:
    """Say what was stored with a reservation, each reason once with its rows."""
    doubtful: dict[str, list[int]] = defaultdict(list)
    for each in answered:
        if each.code and each.answer != "refused":
            doubtful[each.code].append(each.row.row)
    for code, rows in doubtful.items():
        first = "、".join(map(str, rows[:_ROWS_NAMED])) + ("…" if len(rows) > _ROWS_NAMED else "")
        console.print(line(f"注意 look at {len(rows)}：{words_for(code)}（行 rows {first}）", "yellow"), soft_wrap=True)


def _said(row: FactRow) -> str:
    return " ".join(row[name] for name in ("kind", "at", "name", "door", "site", "result") if row[name])


ACTS = (Act("record", "take in arrivals, specimens and visits from a file", _record, _arguments),)
