"""Forms of the pages about agencies' forms."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.core import clock
from linli.paperwork.content.wish import EACH, Wish
from linli.paperwork.selectors.forms import Fillable, FormSeen
from linli.paperwork.services.keeping import Choices, ColumnChoice
from linli.paperwork.sheet.conditions import (
    ANY_NEED,
    DWELLINGS,
    HOUSEHOLDS,
    LET,
    PEOPLE,
    VACANT,
    Condition,
    read_condition,
)
from linli.paperwork.sheet.lexicon import COUNT, IS
from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.records import FIGURES, PLACE, Column, SheetForm
from linli.paperwork.wording import FIELDS, HOW, KINDS_OF_ROWS, PARTS, field_words, group_words
from linli.registry.ledger.care import CARE_NEEDS
from linli.registry.models import Residency

MIB = 1024 * 1024
LARGEST_MIB = LIMITS.file_bytes // MIB
_AGES: tuple[tuple[int | None, int | None], ...] = ((60, None), (80, None), (None, 17), (0, 3), (0, 14), (18, 59))
_ROUND = ("expected", "done", "open", "refused", "exempt", "away")


class BlankForm(forms.Form):
    """An agency's blank spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Blank form"),
        help_text=gettext_lazy(
            "The agency's spreadsheet as it came, without anybody in it: .xlsx, .xls, .et, .ods or .csv. Only .xlsx keeps all its looks."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose the agency's blank form first."),
            "missing": gettext_lazy("Choose the agency's blank form first."),
            "empty": gettext_lazy("This file is empty. Check whether it is the right one."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.file_bytes:
            raise ValidationError(
                _(
                    "A blank form is small; this file has more than %(most)s MB. Delete pictures and empty rows, and upload it again."
                ),
                params={"most": LARGEST_MIB},
            )
        return file


class LayoutForm(forms.Form):
    """What a form is called, what its rows stand for, and what each column is filled with."""

    name = forms.CharField(label=gettext_lazy("Name of the form"), max_length=120, widget=forms.TextInput)

    def __init__(self, seen: FormSeen, data: Any = None) -> None:
        super().__init__(data, initial={"name": seen.row.name})
        self.seen = seen
        for number, sheet in enumerate(seen.layout.sheets):
            if sheet.kind != FIGURES:
                kinds = [(kind, words) for kind, words in KINDS_OF_ROWS.items() if kind != FIGURES]
                self.fields[f"kind-{number}"] = forms.ChoiceField(
                    label=gettext_lazy("What one row stands for"), choices=kinds, initial=sheet.kind
                )
            for column in sheet.columns:
                self._add_column(number, sheet, column)

    def _add_column(self, number: int, sheet: SheetForm, column: Column) -> None:
        place = f"{number}-{column.index}"
        self.fields[f"column-{place}"] = forms.ChoiceField(
            label=column.header, choices=_choices(sheet, column), initial=column.field, required=False
        )
        self.fields[f"text-{place}"] = forms.CharField(
            label=gettext_lazy("Fixed text"), initial=column.text, required=False, max_length=200
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(told.items()):
            if name.startswith("column-") and value == "text" and not told.get(name.replace("column", "text", 1)):
                self.add_error(name, _("Type the text that this column is filled with."))
        return told

    def kinds(self) -> dict[int, str]:
        """Return what one row of each sheet stands for."""
        return {
            number: self.cleaned_data[f"kind-{number}"]
            for number in range(len(self.seen.layout.sheets))
            if f"kind-{number}" in self.cleaned_data
        }

    def choices(self) -> Choices:
        """Return what somebody changed."""
        changed = {}
        for number, sheet in enumerate(self.seen.layout.sheets):
            for column in sheet.columns:
                field, text = (
                    self.cleaned_data.get(f"{name}-{number}-{column.index}", "") for name in ("column", "text")
                )
                choice = ColumnChoice(field, text if field == "text" else "")
                if (choice.field, choice.text) != (column.field, column.text):
                    changed[number, column.index] = choice
        return changed

    def sheets(self) -> Iterator[dict[str, Any]]:
        """Yield each sheet with its columns and their controls."""
        for number, sheet in enumerate(self.seen.layout.sheets):
            columns = [
                {
                    "column": column,
                    "how": HOW[column.how if column.field or column.how == "remembered" else "none"],
                    "part": PARTS.get(column.part, ""),
                    "control": self[f"column-{number}-{column.index}"],
                    "text": self[f"text-{number}-{column.index}"],
                }
                for column in sheet.columns
            ]
            kind = self[f"kind-{number}"] if sheet.kind != FIGURES else None
            yield {"sheet": sheet, "kind": kind, "kind_words": KINDS_OF_ROWS[sheet.kind], "columns": columns}


Group = tuple[str | Promise, list[tuple[str, Any]]]


def _choices(sheet: SheetForm, column: Column) -> list[Any]:
    """Return what a column can be filled with, what it is filled with now among it."""
    ticks = [IS + condition.written() for condition in _conditions(PEOPLE)]
    numbers = [
        COUNT + condition.written()
        for unit in (PEOPLE, HOUSEHOLDS)
        for condition in (Condition(unit), *_conditions(unit))
    ]
    numbers += [COUNT + Condition(unit).written() for unit in (DWELLINGS, VACANT, LET)] + [
        COUNT + Condition(round="done", is_share=True).written()
    ]
    groups: list[Group] = [
        (gettext_lazy("What the register says"), list(FIELDS.items())),
        (gettext_lazy("Yes or no"), [(field, field_words(field)) for field in ticks]),
        (gettext_lazy("Numbers"), [(field, field_words(field)) for field in numbers]),
    ]
    if sheet.kind in (PLACE, FIGURES):
        groups = [groups[2], groups[0]]
    known = {field for _name, choices in groups for field, _words in choices} | {"text", ""}
    now = [(column.field, field_words(column.field))] if column.field not in known else []
    return [("", _("left empty")), ("text", _("a fixed text")), *now, *groups]


def _conditions(unit: str) -> list[Condition]:
    """Return the groups that a form may ask for."""
    needs = (ANY_NEED, *(need for need, _words in CARE_NEEDS), "残疾")
    return [
        *(Condition(unit, kinds=(kind,)) for kind in Residency.Kind.values),
        *(Condition(unit, needs=(need,)) for need in needs),
        *(Condition(unit, ages=ages) for ages in _AGES),
        *((Condition(unit, sex=sex) for sex in ("male", "female")) if unit == PEOPLE else ()),
        *((Condition(unit, round=state) for state in _ROUND) if unit == PEOPLE else ()),
    ]


class FillForm(forms.Form):
    """Where, whom, as of which day, with which round a form is filled."""

    place = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Whom"), required=False)
    day = forms.DateField(
        label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Who lived here on this day, by the register."),
    )  # fmt: skip
    round = forms.ChoiceField(label=gettext_lazy("Round whose results are written in"), required=False)

    def __init__(self, seen: FormSeen, can: Fillable, data: Any = None) -> None:
        today = clock.today()
        about = seen.about
        super().__init__(
            data, initial={"day": today, "who": about, "round": str(can.rounds[0][0]) if can.rounds else ""}
        )
        self.today, self.seen = today, seen
        _choose(self, "place", _places(can))
        _choose(self, "who", _groups(can, about))
        rounds = [(str(id), f"{name} ({day.isoformat()})") for id, name, day in can.rounds]
        if seen.asks_round and rounds:
            _choose(self, "round", [*rounds, ("", _("none"))])
        else:
            del self.fields["round"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "round" in self._groups_wanted() and not told.get("round"):
            words = _("Whom it is about depends on a round: choose which. Without a round choose another group.")
            self.add_error("round" if "round" in self.fields else "who", ValidationError(words, code="round_missing"))
        return told

    def _groups_wanted(self) -> str:
        who = str(self.cleaned_data.get("who", ""))
        return " ".join(sheet.about for sheet in self.seen.layout.sheets) if who == EACH else who

    def wish(self) -> Wish:
        """Return what somebody wants."""
        told = self.cleaned_data
        kind, _colon, id = told["place"].partition(":")
        places = {kind: UUID(id)} if id else {}
        return Wish(told["day"], who=told["who"], round=UUID(told["round"]) if told.get("round") else None, **places)


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _places(can: Fillable) -> list[Any]:
    places: list[Any] = [("", _("the whole community"))]
    groups = (
        (_("Grids"), [(f"grid:{id}", name) for id, name in can.grids]),
        (_("Compounds"), [(f"compound:{id}", name) for id, name in can.compounds]),
        (
            _("Buildings"),
            [
                (f"building:{id}", _("%(compound)s, building %(building)s") % {"compound": compound, "building": name})
                for id, compound, name in can.buildings
            ],
        ),
    )
    return places + [group for group in groups if group[1]]


def _groups(can: Fillable, about: str) -> list[Any]:
    """Return everybody, whom the form's title is about, and the groups of the register."""
    kinds = [Condition(kinds=(kind,)) for kind in Residency.Kind.values]
    needs = [Condition(needs=(need,)) for need in (ANY_NEED, *can.needs)] if can.needs else []
    ages = [Condition(ages=ages) for ages in _AGES]
    told = [(condition.written(), group_words(condition)) for condition in (*needs, *kinds, *ages)]
    words = _("whom each sheet names") if about == EACH else group_words(read_condition(about))
    title = (
        [(about, words if about == EACH else _("%(group)s (by the form's title)") % {"group": words})] if about else []
    )
    return [("", _("everybody")), *title, *((value, words) for value, words in told if value != about)]
