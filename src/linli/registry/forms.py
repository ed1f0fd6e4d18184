"""Forms of the register's pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.registry.ledger.phones import read_phones
from linli.registry.masking import masked, unmasked
from linli.registry.models import BulkEdit, Person, Residency
from linli.registry.selectors.chosen import MANY_AT_MOST, Chosen
from linli.registry.services.landlords import REMOVED, LandlordWords
from linli.registry.services.people import PersonWords
from linli.registry.wording import COLUMNS, KINDS

MIB = 1024 * 1024
LARGEST_MIB = 20
KINDS_OF_FILE = ".xlsx,.xls,.ods,.csv,.txt"
UNDECIDED = ""


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("As your office keeps it: .xlsx, .xls, .ods or .csv, at most 20 MB. Nothing is imported yet."),
        widget=forms.FileInput(attrs={"accept": KINDS_OF_FILE}),
        error_messages={
            "required": _("Choose the file of your ledger first."),
            "missing": _("Choose the file of your ledger first."),
            "empty": _("This file is empty. Check whether it is the right one."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        size = (file.size or 0) / MIB
        if size > LARGEST_MIB:
            raise ValidationError(
                _(
                    "This file has %(size)s MB, at most %(most)s MB can be taken. Delete pictures and empty rows, or "
                    "split it by compound, and upload it again."
                ),
                params={"size": f"{size:.0f}", "most": LARGEST_MIB},
            )
        return file


class ListForm(forms.Form):
    """A list that is taken out as a spreadsheet: a search, a building or a care need."""

    query = forms.CharField(required=False, max_length=100)
    building = forms.UUIDField(required=False)
    need = forms.CharField(required=False, max_length=60)

    def chosen(self) -> Chosen:
        told = self.cleaned_data
        return Chosen(told["query"], told["building"], told["need"])


class ColumnsForm(forms.Form):
    """What each column is; fields are numbered in the order of `keys`."""

    def __init__(self, columns: Iterable[tuple[str, str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.keys: dict[str, tuple[str, str]] = {}
        for number, (key, header, field) in enumerate(columns):
            name = f"column-{number}"
            self.keys[name] = (key, field)
            choices: list[tuple[str, Any]] = [(UNDECIDED, _("let Linli decide")), *COLUMNS.items()]
            if field not in COLUMNS:
                choices.append((field, field))
            self.fields[name] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=field, widget=forms.Select
            )

    def corrections(self) -> dict[str, str]:
        """Return what somebody changed, by the key that it is remembered under."""
        told = {self.keys[name]: value for name, value in self.cleaned_data.items() if name in self.keys}
        return {key: value for (key, field), value in told.items() if value != field}


class FindingsForm(forms.Form):
    """Which kind of finding to show."""

    show = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("What was found"), required=False)

    def __init__(self, counts: dict[str, int], data: Any) -> None:
        super().__init__(data)
        kinds: list[tuple[str, Any]] = [("", _("everything"))]
        kinds += [(kind, f"{KINDS[kind][0] if kind in KINDS else kind} ({count})") for kind, count in counts.items()]
        self.fields["kind"] = forms.ChoiceField(label=_("What was found"), choices=kinds, required=False)


REASONS: dict[str, Promise] = {
    "call": _("to call this person"),
    "check": _("to check the ledger against the card"),
    "health": _("the health office asks"),
    "help": _("to help this person"),
    "other": _("something else (say what)"),
}


class UnmaskForm(forms.Form):
    """Why somebody needs to see full numbers."""

    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("choose a reason")), *REASONS.items()])
    detail = forms.CharField(label=_("In more words"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("reason") == "other" and not told.get("detail", "").strip():
            self.add_error("detail", _("Say why you need to see the number."))
        return told

    @property
    def words(self) -> str:
        """Return the reason as it is written down."""
        told = self.cleaned_data
        return f"{REASONS[told['reason']]}: {told['detail']}".rstrip(": ")


DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


def name_in(text: str) -> str:
    """Return a name in its plain form. Raises ValidationError."""
    name = " ".join(text.split())
    if not name.isprintable():
        raise ValidationError(_("The name holds characters that cannot be shown. Type it again."))
    return name


def phones_in(text: str) -> tuple[str, ...]:
    """Return the phone numbers in a box. Raises ValidationError."""
    numbers, unread = read_phones(text)
    if unread or (text.strip() and not numbers):
        raise ValidationError(_("This is not a phone number. Separate several by commas."))
    return numbers


class PersonForm(forms.Form):
    """The basic facts of a person. Numbers are never shown here: an empty box leaves them as they are.

    `remarks` are what the register says: numbers in them are edited under their mask.
    """

    name = forms.CharField(label=_("name"), max_length=120, error_messages={"required": _("A person needs a name.")})
    sex = forms.ChoiceField(label=_("sex"), choices=[("", _("not known")), *Person.Sex.choices], required=False)
    birth = forms.DateField(
        label=_("birth date"),
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 1980-12-31.")},
    )
    id_number = forms.CharField(label=_("new identity number"), max_length=40, required=False)
    residency_kind = forms.ChoiceField(label=_("residency kind"), choices=Residency.Kind.choices)
    phones = forms.CharField(label=_("new phone numbers"), max_length=120, required=False)
    no_phones = forms.BooleanField(label=_("this person has no phone any more"), required=False)
    remarks = forms.CharField(label=_("remarks"), max_length=2000, required=False, widget=forms.Textarea)
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self,
        *args: Any,
        masked_id: str = "",
        masked_phones: tuple[str, ...] = (),
        remarks: str = "",
        lives_here: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.remarks_told = remarks
        if masked(remarks) != remarks:
            self.fields["remarks"].help_text = _("Numbers are hidden; where the stars stay, so does the number.")
        self.fields["id_number"].help_text = (
            _("Stays %(number)s when left empty.") % {"number": masked_id} if masked_id else ""
        )
        self.fields["phones"].help_text = (
            _("Stays %(number)s when left empty.") % {"number": ", ".join(masked_phones)} if masked_phones else ""
        )
        if not masked_phones:
            del self.fields["no_phones"]
        if not lives_here:
            del self.fields["residency_kind"]

    def clean_name(self) -> str:
        return name_in(self.cleaned_data["name"])

    def clean_birth(self) -> date | None:
        birth: date | None = self.cleaned_data["birth"]
        if birth and not date(1900, 1, 1) <= birth <= clock.today():
            raise ValidationError(_("Nobody here was born on that day. Check the year."))
        return birth

    def clean_phones(self) -> tuple[str, ...]:
        return phones_in(self.cleaned_data["phones"])

    def words(self) -> PersonWords:
        """Return what was changed; everything else stays."""
        changed = set(self.changed_data) - {"version", "no_phones", "phones", "id_number"}
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in changed if name in self.cleaned_data}
        if "remarks" in told:
            told["remarks"] = unmasked(told["remarks"], self.remarks_told)
        if self.cleaned_data["phones"] or self.cleaned_data.get("no_phones"):
            told["phones"] = self.cleaned_data["phones"]
        if self.cleaned_data["id_number"].strip():
            told["id_number"] = self.cleaned_data["id_number"]
        return PersonWords(**told)


class ManyForm(forms.Form):
    """What is to change about many people: exactly one thing."""

    kind = forms.ChoiceField(label=_("What changes"), choices=BulkEdit.Kind)
    residency = forms.ChoiceField(
        label=_("Lives here as"), choices=[("", _("choose")), *Residency.Kind.choices], required=False
    )
    care_need = forms.CharField(
        label=_("Care need"), max_length=60, required=False, help_text=_("In the office's words, such as 独居老人."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        asked = "residency" if told.get("kind") == BulkEdit.Kind.RESIDENCY else "care_need"
        if not told.get(asked, "").strip() and asked not in self.errors:
            self.add_error(asked, _("Say what it is to be."))
        return told

    @property
    def value(self) -> str:
        """Return what it is to be."""
        told = self.cleaned_data
        value: str = told["residency" if told["kind"] == BulkEdit.Kind.RESIDENCY else "care_need"]
        return value.strip()


def people_in(texts: list[str]) -> list[UUID]:
    """Return the people who were ticked; nobody when one of them cannot be read."""
    try:
        return [UUID(text) for text in texts[: MANY_AT_MOST + 1]]
    except ValueError:
        return []


TODAY_WHEN_EMPTY = _("Today when left empty.")


def day_box(label: Any, *, required: bool = False, help_text: Any = TODAY_WHEN_EMPTY) -> forms.DateField:
    """Return a box for a day, in any form that offices write one."""
    return forms.DateField(
        label=label, required=required, input_formats=DAYS, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 1980-12-31.")},
    )  # fmt: skip


class LeaveForm(forms.Form):
    """That somebody lives here no longer, and since when."""

    reason = forms.ChoiceField(
        label=_("What happened"), choices=[("moved", _("moved away")), ("dead", _("died"))], initial="moved"
    )
    on = day_box(_("On which day"))


class MoveForm(forms.Form):
    """Where somebody, or the whole household, lives now."""

    door = forms.CharField(
        label=_("New door"), max_length=100, help_text=_("Such as 3-2-501, with the compound where several fit.")
    )
    who = forms.ChoiceField(
        label=_("Who moves"), choices=[("one", _("only this person")), ("all", _("the whole household"))], initial="one"
    )
    on = day_box(_("On which day"))


class ReturnForm(forms.Form):
    """Behind which door somebody lives again."""

    door = forms.CharField(
        label=_("Door"), max_length=100, required=False, help_text=_("Left empty, no door is known yet.")
    )


class AddPersonForm(forms.Form):
    """Somebody who lives behind a door and is not in the register yet."""

    name = forms.CharField(label=_("name"), max_length=120, error_messages={"required": _("A person needs a name.")})
    id_number = forms.CharField(label=_("identity number"), max_length=40, required=False)
    phones = forms.CharField(label=_("phone"), max_length=120, required=False)
    sex = forms.ChoiceField(label=_("sex"), choices=[("", _("not known")), *Person.Sex.choices], required=False)
    relation = forms.CharField(label=_("relation to the head"), max_length=40, required=False)
    residency_kind = forms.ChoiceField(label=_("residency kind"), choices=Residency.Kind.choices)
    shared = forms.BooleanField(
        label=_("They are somebody else: enter them without this number"),
        required=False,
        help_text=_("The two cards are compared later; until then both entries stand."),
    )
    """Asked only once the number was found to be somebody's."""

    def clean_name(self) -> str:
        return name_in(self.cleaned_data["name"])

    def clean_phones(self) -> tuple[str, ...]:
        return phones_in(self.cleaned_data["phones"])

    def words(self) -> PersonWords:
        """Return what was said; what was left empty stays unknown."""
        told = self.cleaned_data
        return PersonWords(
            name=told["name"], sex=told["sex"] or None, id_number=told["id_number"].strip() or None,
            phones=told["phones"] or None, relation=told["relation"] or None, residency_kind=told["residency_kind"],
        )  # fmt: skip


class LandlordForm(forms.Form):
    """Who lets a dwelling. Phone numbers are never shown here: an empty box leaves them as they are."""

    name = forms.CharField(label=_("landlord's name"), max_length=60, required=False)
    phones = forms.CharField(label=_("new phone numbers"), max_length=120, required=False)
    removed = forms.BooleanField(label=_("nobody lets this dwelling: remove the landlord"), required=False)
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, name: str, masked_phones: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_told = name
        if masked_phones:
            self.fields["phones"].help_text = _("Stays %(number)s when left empty.") % {
                "number": ", ".join(masked_phones)
            }
        if not name and not masked_phones:
            del self.fields["removed"]

    def clean_name(self) -> str:
        return name_in(self.cleaned_data["name"])

    def clean_phones(self) -> tuple[str, ...]:
        return phones_in(self.cleaned_data["phones"])

    def words(self) -> LandlordWords:
        """Return what was changed; everything else stays."""
        told = self.cleaned_data
        if told.get("removed"):
            return REMOVED
        return LandlordWords(unmasked(told["name"], self.name_told), told["phones"] or None)
