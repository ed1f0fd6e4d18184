"""Taking a blank form in, saying what its columns are, and throwing it away."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.errors import TooLarge
from linli.core.home import folder
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.paperwork.access import access_form
from linli.paperwork.content.files import sealed
from linli.paperwork.content.register import own_columns
from linli.paperwork.errors import NameTaken, NothingToFill
from linli.paperwork.models import AgencyForm
from linli.paperwork.sheet.lexicon import COUNT, OWN
from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.process import read_form
from linli.paperwork.sheet.records import FIGURES, PLACE, Column, FormLayout, layout_of
from linli.places.scope import in_community
from linli.registry.errors import FileRefused
from linli.registry.ledger import LedgerRefused
from linli.registry.ledger.headers import normal_header
from linli.registry.models import Person

REMEMBERED = "remembered"
_SAMPLE = 300
_LONGEST_NAME = 120


@dataclass(frozen=True)
class ColumnChoice:
    """What somebody says that a column is filled with: a field, and the text of one with a fixed text."""

    field: str
    text: str = ""


Choices = Mapping[tuple[int, int], ColumnChoice]
"""By the place of the sheet among those of the form, and the column's number."""


def add_form(actor: Actor, community: int, file_name: str, chunks: Iterable[bytes]) -> AgencyForm:
    """Take a blank form in and recognise its columns; what was corrected in an earlier form of the community is remembered.

    For who holds ledger_export there: whoever fills a form takes people out of the register. Writes one audit entry. Raises
    FileRefused, TooLarge.
    """
    with in_community(actor, Right.LEDGER_EXPORT, community):
        with _on_disk(chunks) as path:
            came = path.read_bytes()
            layout, data = _read(path)
        known = AgencyForm.objects.filter(community=community)
        _remember(layout, known.order_by("changed_at"))
        _take_own_columns(layout, community)
        form = AgencyForm(
            community=community, name=_free_name(layout, file_name, known), file_name=Path(file_name).name[:200],
            file_hash=hashlib.sha256(came).hexdigest(), file=sealed(data), layout=layout.as_json(), added_by=actor.name,
        )  # fmt: skip
        form.save(force_insert=True)
        audit.record(
            actor, "form_added", community=community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=form.pk, after={"name": form.name, "file": form.file_name, "sha256": form.file_hash},
        )  # fmt: skip
    return form


def correct_form(actor: Actor, form_id: UUID, name: str, kinds: Mapping[int, str], choices: Choices) -> AgencyForm:
    """Say what a form is called, what one row of each sheet stands for, and what its columns are filled with.

    For who holds ledger_export there. Writes one audit entry. Raises NotFound, NameTaken, NothingToFill.
    """
    with scoped(actor, Right.LEDGER_EXPORT):
        form = access_form(actor, form_id)
        if AgencyForm.objects.filter(community=form.community, name=name).exclude(pk=form.pk).exists():
            raise NameTaken(name=name)
        layout = layout_of(form.layout)
        _correct(layout, kinds, choices)
        if not any(sheet.asks_something for sheet in layout.sheets):
            raise NothingToFill
        form.name, form.layout, form.changed_at = name, layout.as_json(), clock.now()
        form.save(update_fields=["name", "layout", "changed_at"])
        audit.record(
            actor, "form_corrected", community=form.community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=form.pk,
            after={"name": name, "columns": {f"{place[0]}-{place[1]}": one.field for place, one in choices.items()}},
        )  # fmt: skip
    return form


def drop_form(actor: Actor, form_id: UUID) -> None:
    """Throw a form away; what was filled from it stays where it was taken.

    For who holds ledger_export there. Writes one audit entry. Raises NotFound.
    """
    with scoped(actor, Right.LEDGER_EXPORT):
        form = access_form(actor, form_id)
        audit.record(
            actor, "form_dropped", community=form.community, right=Right.LEDGER_EXPORT, object_type="agency_form",
            object_id=form.pk, before={"name": form.name},
        )  # fmt: skip
        form.delete()


@contextmanager
def _on_disk(chunks: Iterable[bytes]) -> Iterator[Path]:
    """Keep an upload in a file of its own while it is read."""
    path, size = folder("uploads") / f"form-{secrets.token_hex(8)}", 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LIMITS.file_bytes:
                    raise TooLarge
                file.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[FormLayout, bytes]:
    """Return what a form asks for, and the workbook that is filled: the file as it came, or what was built anew from it."""
    rebuilt = path.with_suffix(".rebuilt")
    try:
        rebuilt.touch(mode=0o600)
        layout = read_form(path, rebuilt)
        return layout, (rebuilt if layout.rebuilt_from else path).read_bytes()
    except LedgerRefused as refused:
        raise FileRefused(refused) from refused
    finally:
        rebuilt.unlink(missing_ok=True)


def _free_name(layout: FormLayout, file_name: str, known: "QuerySet[AgencyForm]") -> str:
    """Return the form's title, or its file's name, with a number where another form has it."""
    title = re.sub(r"[_＿×Xx*＊○]{2,}|\s+", "", layout.sheets[0].title) or Path(file_name).stem
    base, taken = title[: _LONGEST_NAME - 5], set(known.values_list("name", flat=True))
    names = (base if number == 1 else f"{base} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _remember(layout: FormLayout, earlier: Iterable[AgencyForm]) -> None:
    """Take over what somebody has said of the same header in a form with the same kind of rows; the latest word counts."""
    told: dict[tuple[str, str], Column] = {}
    for form in earlier:
        for sheet in layout_of(form.layout).sheets:
            told |= {(sheet.kind, column.header): column for column in sheet.columns if column.how == REMEMBERED}
    for sheet in layout.sheets:
        for column in sheet.columns:
            if known := told.get((sheet.kind, column.header)):
                column.field, column.text, column.how = known.field, known.text, REMEMBERED


def _take_own_columns(layout: FormLayout, community: int) -> None:
    """Fill what Linli itself does not know from the office's own columns where a ledger brought them, else leave it empty."""
    rows = Person.objects.filter(community=community, imported__isnull=False).values_list("imported", flat=True)
    here = {
        normal_header(header)
        for blob in islice(rows.iterator(chunk_size=_SAMPLE), _SAMPLE)
        for header, _ in own_columns(blob)
    }
    for sheet in layout.sheets:
        for column in sheet.columns:
            bare = normal_header(column.header.rpartition("/")[2])
            if column.how == "none" and sheet.kind not in (PLACE, FIGURES):
                own = next((header for header in (column.field.removeprefix(OWN), bare) if header in here), "")
                column.field, column.how = (OWN + own, "own") if own else ("", "none")


def _correct(layout: FormLayout, kinds: Mapping[int, str], choices: Choices) -> None:
    for number, sheet in enumerate(layout.sheets):
        if sheet.kind != FIGURES:
            sheet.kind = kinds.get(number, sheet.kind)
        for column in sheet.columns:
            choice = choices.get((number, column.index))
            if choice and (choice.field, choice.text) != (column.field, column.text):
                column.field, column.text, column.how = choice.field, choice.text, REMEMBERED
                if choice.field.startswith(COUNT):
                    column.style = ""
