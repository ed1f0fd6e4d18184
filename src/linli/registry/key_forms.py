"""Forms of key lists: what a list is, who is put on it, what was done."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.rights import Department
from linli.registry.forms import day_box
from linli.registry.key_rules import SAYINGS, Rule
from linli.registry.models import KeyListDeed, Residency
from linli.registry.services.key_lists import DAYS_AT_MOST, LONGEST, KeyListWords
from linli.registry.wording import SAID_WORDS

USUALLY_KEPT = timedelta(days=90)
OLDEST = 130
_WORDS_AT_MOST, _WORD_AT_MOST = 30, 60


class WordsField(forms.CharField):
    """Several words in one box, parted by commas or spaces."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, (tuple, list)) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(word for word in re.split(r"[,，、;；\s]+", super().clean(value)) if word))
        if len(words) > _WORDS_AT_MOST or any(len(word) > _WORD_AT_MOST or not word.isprintable() for word in words):
            raise ValidationError(_("At most %(most)s short words, parted by commas.") % {"most": _WORDS_AT_MOST})
        return words


def _days(label: Any, *, required: bool = False, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=1, max_value=DAYS_AT_MOST, help_text=help_text)


class KeyListForm(forms.Form):
    """What a key list is, and whom its rule puts on it."""

    name = forms.CharField(label=_("name of the list"), max_length=LONGEST["name"])
    purpose = forms.CharField(
        label=_("what it is for"), max_length=200, help_text=_("Whoever opens the list reads this first.")
    )
    task = forms.CharField(
        label=_("what is done for each"), max_length=60, help_text=_("Such as: call and ask after their health.")
    )
    every_days = _days(_("every how many days"), required=True)
    keeper = forms.ChoiceField(
        label=_("who looks after them"), help_text=_("Single people can be given to somebody else later.")
    )
    ends_on = day_box(
        _("the list ends on"), required=True, help_text=_("At most a year ahead; by then somebody decides again.")
    )
    department = forms.ChoiceField(
        label=_("open to a department"), required=False, choices=[("", _("to none")), *Department.choices],
        help_text=_("Its people see who is on this list, and no other list."),
    )  # fmt: skip

    needs = WordsField(label=_("has one of these care needs"), required=False, help_text=_("Such as 独居老人，透析."))
    kinds = forms.MultipleChoiceField(
        label=_("lives here as"), required=False, choices=Residency.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    age_from = forms.IntegerField(label=_("at least this old"), required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("at most this old"), required=False, min_value=0, max_value=OLDEST)
    hukou_not = WordsField(
        label=_("registered elsewhere than"), required=False, help_text=_("Names or code beginnings: 随州，4213.")
    )
    hukou_in = WordsField(
        label=_("registered in"), required=False, help_text=_("Names or code beginnings: 随州，4213.")
    )
    came_within_days = _days(
        _("came here within days"), help_text=_("By a self-report, or entered by hand or by a later ledger.")
    )
    came_from = WordsField(
        label=_("says to come from"), required=False, help_text=_("Words in a confirmed self-report.")
    )
    said = forms.MultipleChoiceField(
        label=_("says in a self-report"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(saying, SAID_WORDS[saying]) for saying in SAYINGS],
    )  # fmt: skip
    stays_days = _days(
        _("leaves the list after days"),
        help_text=_("Left empty, they stay as long as it fits them, or until taken off."),
    )

    ABOUT = ("name", "purpose", "task", "every_days", "keeper", "ends_on", "department")
    """What the list is."""
    RULE = ("needs", "kinds", "age_from", "age_to", "hukou_not", "hukou_in", "came_within_days", "came_from", "said")
    """What makes up the rule."""

    def __init__(self, *args: Any, keepers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = self.initial.get("keeper")
        known = {**keepers, **({begun: begun} if begun and begun not in keepers else {})}
        self.fields["keeper"] = forms.ChoiceField(
            label=_("who looks after them"), choices=[*known.items()],
            help_text=_("Single people can be given to somebody else later."),
        )  # fmt: skip
        self.order_fields(self.ABOUT)

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes about the list itself."""
        return [self[name] for name in self.ABOUT]

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        """The boxes about who is put on it."""
        return [self[name] for name in (*self.RULE, "stays_days")]

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day <= clock.today():
            raise ValidationError(_("A list ends on a day after today and within a year; then decide again."))
        return day

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        oldest, youngest = told.get("age_to"), told.get("age_from")
        if oldest is not None and youngest is not None and oldest < youngest:
            self.add_error(
                "age_to", _("Nobody is both at least %(from)s and at most %(to)s.") % {"from": youngest, "to": oldest}
            )
        return told

    def words(self) -> KeyListWords:
        """Return what the list is to be."""
        told = self.cleaned_data
        rule = Rule.from_json({name: told[name] for name in self.RULE})
        kept = {name: told[name] for name in (*self.ABOUT, "stays_days")}
        return replace(KeyListWords(**kept), rule=rule)


def initial_of(words: KeyListWords) -> dict[str, Any]:
    """Return how the form shows a list."""
    rule = {name: getattr(words.rule, name) for name in KeyListForm.RULE}
    kept = {name: getattr(words, name) for name in (*KeyListForm.ABOUT, "stays_days")}
    return {**kept, **rule}


class DeedForm(forms.Form):
    """What came of it, in more words."""

    result = forms.ChoiceField(
        label=_("What came of it"), choices=KeyListDeed.Result, widget=forms.RadioSelect, initial="done"
    )
    note = forms.CharField(label=_("In more words"), max_length=200, required=False)
    next_on = day_box(
        _("Again on"), required=False, help_text=_("Left empty, as the list says; after “not reached” tomorrow.")
    )


class TakeOffForm(forms.Form):
    """Why somebody does not belong on a list."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class PutOnForm(forms.Form):
    """Onto which list somebody is put, and why."""

    key_list = forms.ChoiceField(label=_("List"))
    reason = forms.CharField(label=_("Why"), max_length=200)
    leaves_on = day_box(_("Leaves it on"), required=False, help_text=_("Left empty, as the list says."))

    def __init__(self, *args: Any, lists: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key_list"] = forms.ChoiceField(label=_("List"), choices=[(str(id), name) for id, name in lists])
