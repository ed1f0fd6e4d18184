"""Asking for a new round, for the report of a day, and for entries of the audit chains."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.ids import uuid7
from linli.core.trail import Wanted
from linli.planning.opening.wish import Wish
from linli.rounds.asked import NewRound
from linli.situation.audit_words import ACTIONS

SALT = "linli.situation.new-round"
NAME_AT_MOST = 120
DAY_ENDS = timedelta(hours=24)
SHORTEST = timedelta(hours=12)


class NewRoundForm(forms.Form):
    """A round's name, deadline and compounds. The page carries the round's id, so that sending it twice opens one."""

    name = forms.CharField(label=_("Name of the round"), max_length=NAME_AT_MOST)
    deadline = forms.DateTimeField(
        label=_("Deadline"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("By then everybody is accounted for."),
    )
    compounds = forms.MultipleChoiceField(
        label=_("Compounds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the whole community."),
    )
    plan = forms.BooleanField(label=_("Plan sites, desks and call groups at once"), required=False, initial=True)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, compounds: list[tuple[UUID, str]], may_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["compounds"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(str(id), name) for id, name in compounds]
        if not may_plan:
            del self.fields["plan"]

    def wish(self) -> Wish:
        """Return what was asked for."""
        asked = self.cleaned_data
        new = NewRound(
            name=asked["name"],
            deadline=asked["deadline"],
            compounds=tuple(UUID(each) for each in asked["compounds"]),
            id=_id_in(asked["key"]),
        )
        return Wish(new, planned=bool(asked.get("plan")))


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


def proposal(rounds: int) -> dict[str, Any]:
    """Return what the empty form proposes: the next number, and the end of the day or of tomorrow."""
    return {
        "name": _("Testing round %(number)d") % {"number": rounds + 1},
        "deadline": end_of_day(clock.now()),
        "key": signing.dumps(str(uuid7()), salt=SALT),
    }


def proposal_again(wish: Wish) -> dict[str, Any]:
    """Return what the form shows of a round that could not be opened as it was asked for."""
    new = wish.new
    return {
        "name": new.name,
        "deadline": new.deadline,
        "compounds": [str(compound) for compound in new.compounds],
        "plan": wish.planned,
        "key": signing.dumps(str(new.id), salt=SALT),
    }


def end_of_day(now: datetime) -> datetime:
    """Return the end of the day, or of the next when less than twelve hours are left."""
    midnight = now.astimezone(clock.local_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    tonight = midnight + DAY_ENDS
    return tonight if tonight - now >= SHORTEST else tonight + DAY_ENDS


def _id_in(key: str) -> UUID:
    """Return the id that this server put on the page; anything else gives a new one."""
    try:
        return UUID(signing.loads(key, salt=SALT))
    except signing.BadSignature:
        return uuid7()


class DayForm(forms.Form):
    """The day whose report is wanted."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day
