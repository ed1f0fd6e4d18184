"""Asking for a new round, for the report of a day, and for entries of the audit chains."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.trail import Wanted
from linli.situation.audit_words import ACTIONS


class AuditForm(forms.Form):
    """Which entries of the audit chains somebody wants to see."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    who = forms.CharField(label=_("User name"), required=False, max_length=80)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    community = forms.TypedChoiceField(label=_("Community"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, communities: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = sorted(ACTIONS, key=lambda action: str(ACTIONS[action]))
        self._offer("action", [(action, ACTIONS[action]) for action in actions])
        self._offer("community", communities)

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        told = self.cleaned_data
        return Wanted(told["day"], told["who"], told["action"], told["community"])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *choices]


class DayForm(forms.Form):
    """The day whose report is wanted."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day
