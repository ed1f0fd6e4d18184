"""From the rows of a file to facts: who, where and when were meant. What becomes of a fact is the service's to say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core.errors import Invalid
from linli.core.ids import seeded_uuid7
from linli.core.management.reading import moment
from linli.rounds.asked import AnyFact, ArrivalFact, SpecimenFact, VisitFact
from linli.rounds.management.facts_file import KINDS, FactRow
from linli.rounds.selectors.finding import Finding, Who

AT_HOME = ("", "home", "上门", "家中")
"""What stands for a site where a specimen was taken at home."""
_NUMBER = re.compile(r"第?0*(\d{1,4})号?(?:采样)?[点台队组]?")
"""A site, a desk or a team by its number: 2, 2号, 2号采样点, 第2队."""


class Unclear(Exception):
    """A row holds no fact; the argument is a key of `rounds.reasons`."""


@dataclass(frozen=True)
class Known:
    """What rows may name besides people: sites by number and name, teams by number and name."""

    round_id: UUID
    sites: Mapping[str, UUID]
    teams: Mapping[str, UUID]
    first: datetime
    last: datetime | None
    """Between these moments something can have been seen; a drill, on a day of its own, has no last."""


def who_is_meant(row: FactRow) -> Who:
    """Return whom a row is about, as it says."""
    return Who(row["target"], row["name"], row["door"], row["number"])


def fact_of(row: FactRow, finding: Finding, known: Known) -> AnyFact:
    """Return the fact that a row holds. Raises Unclear.

    Without an id of its own the fact gets one that follows from what it says, so that a file sent twice counts once.
    """
    if row.wrong or row.kind not in KINDS:
        raise Unclear(row.wrong or "unknown_kind")
    if finding.wrong:
        raise Unclear(finding.wrong)
    at = _time(row, "at", known)
    id = _id(row, at, finding, known)
    if row.kind == "visit":
        return _visit(row, id, at, finding, known)
    if finding.target is None:
        raise Unclear("nobody_named")
    if row.kind == "arrival":
        return ArrivalFact(id, at, finding.target.id, _named(row["site"], known.sites, "unknown_site"))
    return _specimen(row, id, at, finding.target.id, known)


def _specimen(row: FactRow, id: UUID, at: datetime, target: UUID, known: Known) -> SpecimenFact:
    finished_at = _time(row, "finished_at", known) if row["finished_at"] else at
    if row["site"].lower() in AT_HOME:
        return SpecimenFact(id, at, finished_at, target)
    site = _named(row["site"], known.sites, "unknown_site")
    return SpecimenFact(id, at, finished_at, target, site, _desk(row["desk"]))


def _visit(row: FactRow, id: UUID, at: datetime, finding: Finding, known: Known) -> VisitFact:
    if finding.dwelling is None:
        raise Unclear("no_door")
    team = _named(row["team"], known.teams, "unknown_team") if row["team"] else None
    target = finding.target.id if finding.target else None
    return VisitFact(id, at, finding.dwelling, row.result, target, team, row["note"])


def _time(row: FactRow, name: str, known: Known) -> datetime:
    """Read a time. What was written by hand can be corrected; the clock of a phone that made its own id never decides."""
    try:
        at = moment(row[name])
    except Invalid as error:
        raise Unclear("unreadable_time") from error
    if not row["id"] and at < known.first:
        raise Unclear("time_before_the_order")
    if not row["id"] and known.last and at > known.last:
        raise Unclear("time_ahead")
    return at


def _id(row: FactRow, at: datetime, finding: Finding, known: Known) -> UUID:
    if not row["id"]:
        what = (row.kind, finding.target.id if finding.target else finding.dwelling, row["site"], row.result)
        return seeded_uuid7(at, known.round_id, *what)
    try:
        return UUID(row["id"])
    except ValueError as error:
        raise Unclear("unreadable_id") from error


def _desk(text: str) -> int | None:
    if not text:
        return None
    read = _NUMBER.fullmatch(text)
    if read is None:
        raise Unclear("unreadable_desk")
    return int(read[1])


def _named(text: str, known: Mapping[str, UUID], otherwise: str) -> UUID:
    read = _NUMBER.fullmatch(text)
    found = known.get(text) or (known.get(read[1]) if read else None)
    if found is None:
        raise Unclear(otherwise)
    return found


def by_number_and_name(rows: Sequence[tuple[int, str, UUID]]) -> dict[str, UUID]:
    """Return ids by number and by name."""
    return {**{name: id for _number, name, id in rows}, **{str(number): id for number, _name, id in rows}}
