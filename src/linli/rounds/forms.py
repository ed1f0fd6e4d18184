"""What desks and teams send in."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from linli.core.errors import Invalid
from linli.core.ids import uuid7
from linli.registry.models import Person
from linli.registry.wording import REQUESTS
from linli.rounds.asked import AtDesk, AtDoor, Newcomer, PersonAtDesk, PersonAtDoor
from linli.rounds.models import Visit

_LINE = re.compile(r"line-[1-9][0-9]{0,4}")
SALT = "linli.rounds.newcomer"
HOUSEHOLD_AT_MOST = 100
FACTS_AT_MOST = 1000
Read = TypeVar("Read")


class DeskUnreadable(Invalid):
    """What a desk sent lacks the ids or times that its page makes, or they cannot be read."""

    code = "desk_unreadable"
    message = _("This page was not loaded completely, so nothing was stored. Reload it and register again.")


class NobodyTicked(Invalid):
    """A list was sent without a single tick."""

    code = "nobody_ticked"
    message = _("Nobody was ticked, so nothing was stored. Go back and tick who was tested.")


class SeatForm(forms.Form):
    """The site and desk at which somebody sits down."""

    site = forms.UUIDField()
    desk = forms.IntegerField(min_value=1)


class NewcomerForm(forms.Form):
    """Somebody who stands at a desk and is on no list. The page carries the id: sent twice, they join once."""

    name = forms.CharField(label=_("Name"), max_length=120)
    door = forms.CharField(
        label=_("Door"), required=False, max_length=100, help_text=_("Such as 3-2-501, with the compound.")
    )
    id_kind = forms.ChoiceField(label=_("Kind of document"), choices=Person.IdKind)
    id_number = forms.CharField(label=_("Number of the document"), required=False, max_length=40)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def newcomer(self, dwelling: UUID | None, reason: str = "walk_in") -> Newcomer:
        """Return who was entered, behind a door that was looked up."""
        said = self.cleaned_data
        return Newcomer(
            name=said["name"],
            reason=reason,
            id_kind=said["id_kind"],
            id_number=said["id_number"],
            phone=said["phone"],
            dwelling=dwelling,
            id=_id_in(said["key"]),
        )


class MetAtDoorForm(NewcomerForm):
    """Somebody who was met at a door and is on no list: they live behind it."""

    door = None  # type: ignore[assignment]  # Django takes a field away so


class HelpForm(forms.Form):
    """What somebody behind a door needs."""

    person = forms.ChoiceField(label=_("Who asks"))
    kind = forms.ChoiceField(label=_("What is needed"), choices=[*REQUESTS.items()], widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In more words"), required=False, max_length=150, help_text=_("Which medicine, by when, allergies.")
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ChoiceField(label=_("Who asks"), choices=[(str(id), name) for id, name in people])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("kind") == "other" and not told.get("words", "").strip():
            self.add_error("words", _("Say what is needed."))
        return told


class TypedForm(forms.Form):
    """When a team was at the doors of a paper that is typed in."""

    at = forms.DateTimeField(
        label=_("When the doors were visited"), required=False, input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
        help_text=_("Now when left empty."), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("This is not a time. Write it like 2026-04-02 09:05.")},
    )  # fmt: skip


def written_in(sent: Any) -> dict[int, str]:
    """Return the digits that were typed, by line: `line-1`, `line-2` … Full-width digits count too."""
    typed = {
        int(key[5:]): unicodedata.normalize("NFKC", text).strip() for key, text in sent.items() if _LINE.fullmatch(key)
    }
    return {line: digit for line, digit in typed.items() if digit}


class BuildingForm(forms.Form):
    """A building, or none for all of them."""

    building = forms.UUIDField(required=False)


class FoundAtDoorForm(forms.Form):
    """What a team found at a door, beside whom it is about."""

    result = forms.ChoiceField(choices=Visit.Result)
    note = forms.CharField(required=False, max_length=200)
    nobody = forms.UUIDField(required=False)


def read_found(sent: Any, dwelling: UUID, team: UUID | None, at: datetime) -> AtDoor:
    """Read what a door's page sent: `result`, `person` as target, visit and specimen. Raises DeskUnreadable."""
    form = FoundAtDoorForm(sent)
    if not form.is_valid():
        raise DeskUnreadable
    said = form.cleaned_data
    people = tuple(_read(_person_at_door, person) for person in sent.getlist("person")[:HOUSEHOLD_AT_MOST])
    return AtDoor(dwelling, said["result"], at, people, team, said["note"], said["nobody"] or uuid7())


def _person_at_door(text: str) -> PersonAtDoor:
    target, visit, specimen = (UUID(part) for part in text.split(":"))
    return PersonAtDoor(target, visit, specimen)


def new_key() -> str:
    """Return the signed id of the next newcomer, for the empty form."""
    return signing.dumps(str(uuid7()), salt=SALT)


def _id_in(key: str) -> UUID:
    """Return the id that this server put on the page; anything else gives a new one."""
    try:
        return UUID(signing.loads(key, salt=SALT))
    except signing.BadSignature:
        return uuid7()


def read_registered(sent: Any, site: UUID, desk: int) -> AtDesk:
    """Read what the button of a household sent: `person` as target, specimen and arrival, `opened` and `pressed` in ms.

    Raises DeskUnreadable.
    """
    people = sent.getlist("person")[:HOUSEHOLD_AT_MOST]
    pressed = _read(_moment, sent.get("pressed", ""))
    opened = min(_read(_moment, sent.get("opened", "")), pressed)
    if not people:
        raise DeskUnreadable
    return AtDesk(site, desk, opened, pressed, tuple(_read(_person, person) for person in people))


def read_ids(texts: list[str]) -> list[UUID]:
    """Read ids. Raises DeskUnreadable."""
    return [_read(UUID, text) for text in texts[: 2 * HOUSEHOLD_AT_MOST]]


def _read(reader: Callable[[str], Read], text: str) -> Read:
    try:
        return reader(text)
    except (ValueError, OverflowError, OSError):
        raise DeskUnreadable from None


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(int(text) / 1000, UTC)


def read_some_ids(sent: Any) -> list[UUID]:
    """Read the facts that are to be taken back, one at least. Raises DeskUnreadable."""
    found = read_ids(sent.getlist("fact"))
    if not found:
        raise DeskUnreadable
    return found


def read_at_home(sent: Any) -> list[tuple[UUID, UUID]]:
    """Read who was tested at home: `person` as target and specimen. Raises NobodyTicked, DeskUnreadable."""
    people = sent.getlist("person")[:FACTS_AT_MOST]
    if not people:
        raise NobodyTicked
    return [_read(_pair, text) for text in people]


def _pair(text: str) -> tuple[UUID, UUID]:
    target, specimen = (UUID(part) for part in text.split(":"))
    return target, specimen


def _person(text: str) -> PersonAtDesk:
    target, specimen, arrival = (UUID(part) for part in text.split(":"))
    return PersonAtDesk(target, specimen, arrival)
