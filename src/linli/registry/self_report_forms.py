"""What a household fills in about itself, and what the office decides about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.registry.forms import DAYS, name_in, phones_in
from linli.registry.told import HouseholdTold, PersonTold, Says

SAYS: dict[str, Promise] = {
    Says.LIVES_HERE: _("lives here"),
    Says.STAYS_FOR_NOW: _("is here for a while"),
    Says.HAS_LEFT: _("does not live here any more"),
}
MOST_PEOPLE = 12


class PersonTellsForm(forms.Form):
    """One person of a household."""

    name = forms.CharField(label=_("name"), max_length=120)
    says = forms.ChoiceField(label=_("This person"), choices=list(SAYS.items()), initial=Says.LIVES_HERE)
    id_number = forms.CharField(
        label=_("identity number"), max_length=40, required=False,
        help_text=_("Not needed if the community has it already."),
    )  # fmt: skip
    phones = forms.CharField(
        label=_("phone"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    came_on = forms.DateField(
        label=_("came from elsewhere on"), required=False, input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 1980-12-31.")},
    )  # fmt: skip
    came_from = forms.CharField(label=_("from where"), max_length=80, required=False)
    is_unwell = forms.BooleanField(label=_("has fever, cough or another symptom"), required=False)
    met_a_case = forms.BooleanField(label=_("has met somebody who is infected"), required=False)
    needs = forms.CharField(
        label=_("needs help with"), max_length=120, required=False, help_text=_("Medicine, dialysis, somebody to come…")
    )

    def clean_name(self) -> str:
        return name_in(self.cleaned_data["name"])

    def clean_phones(self) -> tuple[str, ...]:
        return phones_in(self.cleaned_data["phones"])

    def clean_came_on(self) -> date | None:
        day: date | None = self.cleaned_data["came_on"]
        if day and not date(2000, 1, 1) <= day <= clock.today():
            raise ValidationError(_("This day lies in the future or too far back."))
        return day

    def words(self) -> PersonTold:
        """Return what is said of this person."""
        told: dict[str, Any] = {**self.cleaned_data, "says": Says(self.cleaned_data["says"])}
        return PersonTold(**told)


def _people_forms(rows: int) -> Any:
    return forms.formset_factory(
        PersonTellsForm, extra=rows - 1, min_num=1, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE, validate_min=True
    )


PeopleTellForms = _people_forms(1)


def one_more_person(sent: Mapping[str, str]) -> Any:
    """Return the people's forms with what was typed so far and room for one more; nothing is judged yet."""
    known = range(MOST_PEOPLE if sent else 0)
    typed = [{name: sent.get(f"person-{at}-{name}", "") for name in PersonTellsForm.base_fields} for at in known]
    typed = [row for row in typed if row["name"]]
    people = _people_forms(min(MOST_PEOPLE, len(typed) + 1))(prefix="person")
    for form, row in zip(people.forms, typed, strict=False):
        form.initial = row
    return people


class HouseholdTellsForm(forms.Form):
    """What holds for the whole household."""

    note = forms.CharField(
        label=_("anything else"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(
        label=_("What I say is true. The community may compare it with its register and use it for this response."),
        error_messages={"required": _("Please confirm this first.")},
    )


def household_told(people: Any, form: HouseholdTellsForm) -> HouseholdTold:
    """Return a report from its valid forms."""
    return HouseholdTold(tuple(one.words() for one in people if one.has_changed()), form.cleaned_data["note"])


class RefuseReportForm(forms.Form):
    """Why a report is put aside."""

    reason = forms.CharField(label=_("Why it is put aside"), max_length=200)
