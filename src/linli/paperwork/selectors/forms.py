"""The forms of a community, what they can be filled for, and how far a filling is."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.paperwork.access import FILLING, access_filling, access_form
from linli.paperwork.content.files import filled_path
from linli.paperwork.content.wish import EACH
from linli.paperwork.models import AgencyForm
from linli.paperwork.sheet.records import FormLayout, layout_of
from linli.places.addresses import natural_key
from linli.places.models import Building, Compound, Grid
from linli.places.scope import in_community
from linli.registry.models import CareNeed, Residency
from linli.rounds.models import Round

_ROUNDS, _FILLINGS = 20, 5


@dataclass(frozen=True)
class FormSeen:
    """A form with what is understood of it."""

    row: AgencyForm
    layout: FormLayout

    @property
    def filled(self) -> int:
        """How many columns are filled."""
        return sum(bool(column.field) for sheet in self.layout.sheets for column in sheet.columns)

    @property
    def empty(self) -> int:
        """How many columns are left empty."""
        return sum(len(sheet.columns) for sheet in self.layout.sheets) - self.filled

    @property
    def boxes(self) -> int:
        """How many boxes outside tables are filled with numbers."""
        return sum(len(sheet.spots) for sheet in self.layout.sheets)

    @property
    def asks_round(self) -> bool:
        """Whether any column, or whom a sheet is about, is of a round."""
        sheets = self.layout.sheets
        asked = [*(column.field for sheet in sheets for column in sheet.columns), *(sheet.about for sheet in sheets)]
        return any("round" in each for each in asked)

    @property
    def about(self) -> str:
        """Whom its title is about; `EACH` where its sheets are about different groups."""
        groups = {sheet.about for sheet in self.layout.sheets}
        return EACH if len(groups) > 1 else groups.pop() if groups else ""


@dataclass(frozen=True)
class Fillable:
    """What a form can be filled for: places, groups, rounds, and the first day of which the register knows anything."""

    compounds: list[tuple[UUID, str]]
    buildings: list[tuple[UUID, str, str]]
    grids: list[tuple[UUID, str]]
    needs: list[str]
    rounds: list[tuple[UUID, str, date]]
    since: date | None


def forms_of(actor: Actor, community: int) -> list[FormSeen]:
    """Return the forms of a community by name, for who holds ledger_export there. One query."""
    with in_community(actor, Right.LEDGER_EXPORT, community):
        rows = AgencyForm.objects.filter(community=community).defer("file").order_by("name")
        return [FormSeen(row, layout_of(row.layout)) for row in rows]


def form_seen(actor: Actor, form_id: UUID) -> FormSeen:
    """Return a form, for who holds ledger_export there. Raises NotFound."""
    with scoped(actor, Right.LEDGER_EXPORT):
        row = access_form(actor, form_id)
        return FormSeen(row, layout_of(row.layout))


def fillable(actor: Actor, community: int) -> Fillable:
    """Return what a form of a community can be filled for, for who holds ledger_export there. Six queries."""
    with in_community(actor, Right.LEDGER_EXPORT, community):
        mine = {"community": community}
        buildings = Building.objects.filter(**mine).values_list("id", "compound__name", "name")
        rounds = Round.objects.filter(**mine, is_drill=False).order_by("-t0").values_list("id", "name", "t0")[:_ROUNDS]
        return Fillable(
            list(Compound.objects.filter(**mine).order_by("name").values_list("id", "name")),
            sorted(buildings, key=lambda row: (row[1], natural_key(row[2]))),
            [
                (id, name or str(number))
                for id, name, number in Grid.objects.filter(**mine)
                .order_by("number")
                .values_list("id", "name", "number")
            ],
            sorted(set(CareNeed.objects.filter(**mine).values_list("kind", flat=True))),
            [(id, name, t0.astimezone(clock.local_zone()).date()) for id, name, t0 in rounds],
            Residency.objects.filter(**mine).aggregate(first=Min("since"))["first"],
        )


@dataclass(frozen=True)
class FillingSeen:
    """A filling: the work, the form it is of, and whether its file can be taken."""

    work: Work
    form_id: UUID
    is_there: bool

    @property
    def is_under_way(self) -> bool:
        return self.work.state in (Work.State.WAITING, Work.State.RUNNING)


def filling_seen(actor: Actor, work_id: UUID) -> FillingSeen:
    """Return a filling that this actor asked for, for who holds ledger_export there. Raises NotFound."""
    with scoped(actor, Right.LEDGER_EXPORT):
        return _seen(access_filling(actor, work_id))


def latest_fillings(actor: Actor, form: AgencyForm) -> list[FillingSeen]:
    """Return the latest fillings of a form that this actor asked for, newest first, for who holds ledger_export there."""
    with in_community(actor, Right.LEDGER_EXPORT, form.community):
        mine: Any = Work.objects.filter(
            community=form.community, kind=FILLING, asked_by=actor.name, arguments__form_id=str(form.pk)
        )
        return [_seen(work) for work in mine.order_by("-id")[:_FILLINGS]]


def _seen(work: Work) -> FillingSeen:
    is_there = work.state == Work.State.DONE and filled_path(work.pk).exists()
    return FillingSeen(work, UUID(work.arguments["form_id"]), is_there)
