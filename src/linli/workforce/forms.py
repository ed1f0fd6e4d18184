"""What is asked before somebody gets an account, a role, a phone or a PIN.

Which role somebody may give is decided by the service: a form offers what they may, and hands on whatever is sent.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from linli.core.endings import Ending
from linli.core.rights import Department, Role
from linli.registry.ledger.phones import read_phones
from linli.workforce.services import WantedRole

LARGEST_BYTES = 2_000_000


class RoleForm(forms.Form):
    """A role and when it ends."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    department = forms.ChoiceField(
        label=_("Department"), required=False, choices=[("", _("none")), *Department.choices],
        help_text=_("Only for the role of a department."),
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label=_("Until"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until it is ended."),
    )  # fmt: skip
    ends_with = forms.CharField(label=_("Ends with"), required=False, max_length=60)

    def __init__(self, *args: Any, roles: Iterable[Role], endings: Iterable[Ending], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [role for role in Role if role in set(roles)]
        self.fields["role"].widget.choices = [("", _("choose")), *((role.value, role.label) for role in offered)]
        choices: list[tuple[str, Any]] = [("", _("no round"))]
        choices += [(each.reference, _("the close of: %(name)s") % {"name": each.name}) for each in endings]
        self.fields["ends_with"].widget = forms.Select(choices=choices)
        if len(choices) == 1:
            self.fields["ends_with"].widget = forms.HiddenInput()
        if Role.DEPARTMENT not in offered:
            self.fields["department"].widget = forms.HiddenInput()

    def wanted(self, division: int) -> WantedRole:
        """Return the role that is asked for."""
        told = self.cleaned_data
        return WantedRole(Role(told["role"]), division, told["department"], told["ends_at"], told["ends_with"])


class MemberForm(RoleForm):
    """Somebody new, with a role."""

    name = forms.CharField(label=_("name"), max_length=60)
    username = forms.CharField(
        label=_("user name"), max_length=60, help_text=_("Letters, digits, - and _; it is typed at each sign-in."),
        validators=[RegexValidator(r"^[\w.-]+$", _("Letters, digits, - and _ only."))],
    )  # fmt: skip
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    field_order = ("name", "username", "phone", "role", "department", "ends_at", "ends_with")

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        numbers, left = read_phones(text)
        if text and (left or not numbers):
            raise ValidationError(_("This is no phone number."))
        return numbers[0] if numbers else ""


class HelpersForm(RoleForm):
    """A list of helpers, pasted or as a file; role and end are for rows that say none."""

    text = forms.CharField(
        label=_("List of helpers"), required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=100_000,
        help_text=_("One line for each: name, phone, role, end. All but the name may stay empty."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a spreadsheet"), required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )  # fmt: skip
    field_order = ("text", "file", "role", "ends_at", "ends_with")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["department"]
        self.fields["role"].initial = Role.VOLUNTEER
        self.fields["role"].help_text = _("Where the list says none.")
        self.fields["ends_at"].help_text = _("Where the list says none.")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        file = told.get("file")
        if file is not None and (file.size or 0) > LARGEST_BYTES:
            self.add_error("file", _("This file is too large."))
        elif file is None and not told.get("text", "").strip():
            self.add_error("text", _("Paste the list, or choose a file."))
        return told

    def content(self) -> tuple[bytes, str]:
        """Return the list and what it is called."""
        file = self.cleaned_data.get("file")
        if file is None:
            return self.cleaned_data["text"].encode(), str(_("List of helpers"))
        return file.read(), file.name


class DeviceForm(forms.Form):
    """A shared phone by the name on its label."""

    name = forms.CharField(
        label=_("Name of the phone"), max_length=60, help_text=_("As on its label: phone 3, north gate.")
    )


class PinForm(forms.Form):
    """Six digits, typed twice."""

    pin = forms.CharField(
        label=_("PIN of six digits"), max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The same PIN again"), max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("pin", again):
            raise ValidationError(_("The two PINs differ."))
        return again


class TakeRoleForm(forms.Form):
    """A role taken in an emergency: what, where, and why."""

    division = forms.IntegerField(label=_("Where"), widget=forms.Select)
    reason = forms.CharField(label=_("Why you need it now"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, places: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].widget.choices = list(places)
