"""Taking a ledger in, as one act."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from linli.core import audit, clock, crypto
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.rights import Right
from linli.places.models import Division, Dwelling
from linli.places.scope import in_community
from linli.places.services import add_community, add_dwellings
from linli.registry.errors import FileRefused, NoSuchCommunity, OtherCommunity, Stopped
from linli.registry.intake import details
from linli.registry.intake.plan import Plan, make_plan
from linli.registry.intake.present import Present, load_present
from linli.registry.intake.report import ImportReport, changes_of, findings_of, size_of
from linli.registry.intake.titles import is_same_community, named_community
from linli.registry.intake.write import Writer, new_dwelling_values
from linli.registry.ledger import ColumnMapping, Ledger, LedgerRefused, read_ledger
from linli.registry.models import LedgerChange, LedgerImport, RememberedColumn
from linli.registry.turns import take_alone, take_import_turn, tell_changed, waiting_upload

Progress = Callable[[str, int, int], bool]
"""Told the step and how far it is; answers False to stop."""
READING, COMPARING, WRITING, DONE = "reading", "comparing", "writing", "done"
_STEPS = (READING, COMPARING, WRITING, DONE)
_HALF = 0.5


def _on(_step: str, _done: int, _total: int) -> bool:
    return True


@dataclass(frozen=True)
class LedgerFile:
    """A spreadsheet to be imported, and what is known of it beside its path."""

    path: Path
    name: str = ""
    """What its owner calls it."""
    upload: UUID | None = None
    """The upload it was checked as."""
    confirmed_title: str = ""
    """The name of another community that the file bears, where somebody has looked and means this file."""


@dataclass
class _Job:
    """One import under way: what was asked, and how long each step took."""

    actor: Actor
    community: int
    file: LedgerFile
    name: str | None
    is_dry_run: bool
    progress: Progress
    started: float = field(default_factory=time.monotonic)
    steps: dict[str, float] = field(default_factory=dict)
    last: float = 0.0

    def enter(self, step: str) -> None:
        """Note the step; raises Stopped when somebody asked for it."""
        now = time.monotonic() - self.started
        at = _STEPS.index(step)
        if at:
            self.steps[_STEPS[at - 1]] = round(now - self.last, 3)
        self.last = now
        if not self.progress(step, at, len(_STEPS) - 1):
            raise Stopped


def import_ledger(
    actor: Actor,
    community: int,
    file: Path | LedgerFile,
    *,
    name: str | None = None,
    dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    progress: Progress = _on,
) -> ImportReport:
    """Take a ledger into the register of a community, or with `dry_run` say what that would do.

    For who holds ledger_import there. Makes the community when there is none, with `name` or the one the file gives.
    `mapping` says what single columns are, over what the office has corrected before. Writes the register, the import with its journal
    and flags, and one audit entry. Raises FileRefused, NoSuchCommunity, OtherCommunity, ImportUnderWay, NotWaiting,
    Stopped: then nothing has been written. Serves R37, R39, R40, R45, R48.
    """
    job = _Job(actor, community, _as_file(file), name, dry_run, progress)
    job.enter(READING)
    with in_community(actor, Right.LEDGER_IMPORT, community):
        corrected = dict(RememberedColumn.objects.filter(community=community).values_list("header", "field"))
    ledger = _read(job.file.path, {**corrected, **(mapping or {})})
    job.enter(COMPARING)
    with in_community(actor, Right.LEDGER_IMPORT, community):
        (take_import_turn if dry_run else take_alone)(community)
        present = load_present(community)
        community_name = _settle_community(job, ledger, present)
        plan = make_plan(ledger, present)
        job.enter(WRITING)
        ledger_import = None if dry_run else _write(job, plan, present)
        report = _report(job, ledger, plan, community_name, ledger_import)
        if ledger_import:
            _finish(job, ledger_import, report)
    return report


def _as_file(file: Path | LedgerFile) -> LedgerFile:
    whole = file if isinstance(file, LedgerFile) else LedgerFile(file)
    return replace(whole, name=whole.name or whole.path.name)


def _read(path: Path, mapping: Mapping[str, str]) -> Ledger:
    try:
        return read_ledger(path, mapping=ColumnMapping(mapping))
    except LedgerRefused as refused:
        raise FileRefused(refused) from refused


def _settle_community(job: _Job, ledger: Ledger, present: Present) -> str:
    """Return the community's name, making it when there is none; raises OtherCommunity for a ledger of another."""
    named = named_community(ledger)
    known = Division.objects.filter(code=job.community).values_list("name", flat=True).first()
    if known is None:
        return _new_community(job, job.name or named)
    is_settled = not named or is_same_community(named, known) or job.file.confirmed_title == named
    if not is_settled and not _was_taken_before(job.community, named) and not _is_mostly_known(ledger, present):
        raise OtherCommunity(named=named, known=known)
    return known


def _new_community(job: _Job, name: str) -> str:
    if not name:
        raise NoSuchCommunity(division=job.community)
    if not job.is_dry_run:
        add_community(job.actor, job.community, name)
    return name


def _was_taken_before(community: int, named: str) -> bool:
    imported = LedgerImport.objects.filter(community=community, state=LedgerImport.State.IMPORTED)
    return imported.filter(report__named=named).exists()


def _is_mostly_known(ledger: Ledger, present: Present) -> bool:
    """Tell whether most identity numbers of a ledger are in the register already."""
    numbers = {person.id_number for person in ledger.people if person.id_number}
    here = {bytes(person.id_index) for person in present.people.values() if person.id_index}
    known = sum(crypto.blind_index("id_number", number) in here for number in numbers)
    return bool(numbers) and known > _HALF * len(numbers)


def _write(job: _Job, plan: Plan, present: Present) -> LedgerImport:
    ledger_import = _import_row(job)
    wanted = {door.ledger.address: new_dwelling_values(door.outcome) for door in plan.doors}
    doors = add_dwellings(job.actor, job.community, wanted)
    present.dwellings |= {row.id: row for row in doors.made if isinstance(row, Dwelling)}
    changes = Writer(present, doors.ids, ledger_import, clock.today()).take_in(plan)
    changes.note_made(doors.made)
    changes.write(job.actor, job.community)
    if len(changes):
        copy_rows(LedgerChange, changes.journal(ledger_import))
    return ledger_import


def _import_row(job: _Job) -> LedgerImport:
    """Return the upload this import was checked as, locked and still waiting, or a new row. Raises NotWaiting."""
    if job.file.upload:
        row = waiting_upload(job.community, job.file.upload)
    else:
        row = LedgerImport(community=job.community, file_name=job.file.name[:200], file_hash=_hash_of(job.file.path))
    row.asked_by, row.started_at = job.actor.name, clock.now()
    row.save()
    return row


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _report(
    job: _Job, ledger: Ledger, plan: Plan, community_name: str, ledger_import: LedgerImport | None
) -> ImportReport:
    job.enter(DONE)
    sizes: dict[str, Any] = {**size_of(ledger), **changes_of(plan), **findings_of(plan)}
    return ImportReport(
        community=job.community,
        community_name=community_name,
        file_name=job.file.name,
        is_dry_run=job.is_dry_run,
        import_id=ledger_import.id if ledger_import else None,
        seconds=time.monotonic() - job.started,
        flags=ledger.flags,
        problems=ledger.problems,
        sheets=ledger.sheets,
        named=named_community(ledger),
        steps=job.steps,
        **sizes,
    )


def _finish(job: _Job, ledger_import: LedgerImport, report: ImportReport) -> None:
    counts = details.keep_report(ledger_import, report, LedgerImport.State.IMPORTED)
    audit.record(
        job.actor, "ledger_imported", community=job.community, right=Right.LEDGER_IMPORT, object_type="ledger_import",
        object_id=ledger_import.id, after={**counts, "file": job.file.name, "sha256": ledger_import.file_hash},
        reason=f"the file names {job.file.confirmed_title}; confirmed" if job.file.confirmed_title else "",
    )  # fmt: skip
    tell_changed(job.community)
