"""What the steps of a draft ask. Each page carries the draft's version, so that nobody overwrites what they have not seen."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.ids import uuid7
from linli.orders.models import RulePack
from linli.places.models import Venue
from linli.planning.drafting.rules import Wrong, decide_sites, decide_what, next_quarter
from linli.planning.drafting.selectors import ScopeChoices, StaffSeen
from linli.planning.drafting.staff import team_name
from linli.planning.drafting.told import Notice, Scope, Sites, Staff, What
from linli.planning.drafting.wording import WRONG
from linli.planning.microplan import OPENS_AFTER_MINUTES
from linli.rounds.models import Round
from linli_engine.staffing import DeskTargets

SALT = "linli.planning.new-draft"
NAME_AT_MOST = 120
NOTICE_AT_MOST = 4000
DESKS_AT_MOST, TEAMS_AT_MOST = 200, 60
DAY_ENDS, SHORTEST = timedelta(hours=24), timedelta(hours=12)
LOCAL = "%Y-%m-%dT%H:%M"


def _time(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, required=required, widget=widget, help_text=help_text)


class StepForm(forms.Form):
    """A step with the version of the draft that it was filled in for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    @property
    def seen_version(self) -> int:
        """The version that the page showed; none counts as the oldest."""
        return self.cleaned_data.get("version") or 0

    def tell(self, wrong: Wrong) -> None:
        """Put what is wrong beside its box, or above all of them."""
        for box, code in wrong:
            self.add_error(box or None, str(WRONG[code]))


class WhatForm(StepForm):
    """Kind, name, rules and times."""

    name = forms.CharField(label=_("Name of the round"), max_length=NAME_AT_MOST)
    kind = forms.ChoiceField(label=_("Kind"), choices=Round.Kind.choices, initial=Round.Kind.TEST)
    deadline = _time(_("Deadline"), help_text=_("By then everybody is accounted for."))
    ordered_at = _time(_("Order received"), required=False, help_text=_("Empty: as the round opens."))
    t0 = _time(
        _("Targets frozen (T0)"), required=False,
        help_text=_("Empty: as the round opens. Whoever is in the register as it opens is a target, whoever comes later joins."),
    )  # fmt: skip
    rule_pack = forms.ChoiceField(label=_("Rules"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, packs: Iterable[RulePack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule_pack"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("those in force as the round opens")), *((str(pack.pk), pack.name) for pack in packs)]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if {"name", "kind", "deadline", "ordered_at", "t0", "rule_pack"} <= told.keys():
            self.tell(decide_what(self.what(), clock.now()))
        return told

    def what(self) -> What:
        """Return what was asked for."""
        told = self.cleaned_data
        pack = told["rule_pack"]
        return What(
            told["name"].strip(), told["deadline"], told["kind"], told["ordered_at"], told["t0"],
            UUID(pack) if pack else None,
        )  # fmt: skip

    def draft_id(self) -> UUID:
        """Return the id that this server put on the page, so that sending it twice begins one draft; else a new one."""
        try:
            return UUID(signing.loads(self.cleaned_data["key"], salt=SALT))
        except signing.BadSignature:
            return uuid7()


class ScopeForm(StepForm):
    """The places that a round is limited to; each list is ticked on its own."""

    grids = forms.MultipleChoiceField(label=_("Grids"), required=False)
    compounds = forms.MultipleChoiceField(label=_("Compounds"), required=False)
    buildings = forms.MultipleChoiceField(label=_("Buildings"), required=False)

    def __init__(self, *args: Any, choices: ScopeChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("grids", [(id, name) for id, name, _covered in choices.grids])
        self._offer("compounds", [(id, name) for id, name, _buildings in choices.compounds])
        self._offer("buildings", [row for _id, _name, buildings in choices.compounds for row in buildings])

    def _offer(self, name: str, rows: Iterable[tuple[UUID, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(id), label) for id, label in rows]

    def scope(self) -> Scope:
        """Return the places that were ticked."""
        told = self.cleaned_data
        chosen = {
            name: tuple(sorted(UUID(each) for each in told[name])) for name in ("grids", "compounds", "buildings")
        }
        return Scope(**chosen)


class TargetsForm(StepForm):
    """That somebody has looked at the targets as they were."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SitesForm(StepForm):
    """Hours and venues of the sites; a venue that is not listed yet is added with them."""

    planned = forms.BooleanField(label=_("Plan sites, desks and call groups"), required=False, initial=True)
    opens_at = _time(_("Sites open"), required=False)
    closes_at = _time(_("Sites close"), required=False)
    new_name = forms.CharField(label=_("Name of the venue"), required=False, max_length=80)
    new_compound = forms.ChoiceField(label=_("Compound"), required=False)
    new_desks = forms.IntegerField(label=_("Desks"), required=False, min_value=1, max_value=DESKS_AT_MOST)

    def __init__(
        self,
        *args: Any,
        venues: Sequence[Venue],
        deadline: datetime,
        compounds: Iterable[tuple[UUID, str]],
        may_add: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.venues, self.deadline = venues, deadline
        for venue in venues:
            self.fields[f"use_{venue.pk}"] = forms.BooleanField(label=venue.name, required=False)
            self.fields[f"desks_{venue.pk}"] = forms.IntegerField(
                label=_("Desks at %(name)s") % {"name": venue.name}, required=False, min_value=1,
                max_value=venue.desks_at_most or DESKS_AT_MOST,
            )  # fmt: skip
        field = self.fields["new_compound"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((str(id), name) for id, name in compounds)]
        if not self.is_bound or "planned" in self.data:
            for name in ("opens_at", "closes_at"):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = WRONG["no_hours"]
        if not may_add:
            for name in ("new_name", "new_compound", "new_desks"):
                del self.fields[name]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The venues with their two boxes, for the page."""
        return [
            {"venue": each, "use": self[f"use_{each.pk}"], "desks": self[f"desks_{each.pk}"]} for each in self.venues
        ]

    @property
    def new_venue(self) -> tuple[str, UUID | None, int | None] | None:
        """The venue that is to be added: its name, compound and desks."""
        told = self.cleaned_data
        if not told.get("new_name", "").strip():
            return None
        compound = told["new_compound"]
        return told["new_name"].strip(), UUID(compound) if compound else None, told["new_desks"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for venue in self.venues:
            name = f"desks_{venue.pk}"
            if told.get(f"use_{venue.pk}") and name in told and told[name] is None:
                self.add_error(name, _("How many desks?"))
        if told.get("new_name", "").strip() in {venue.name for venue in self.venues}:
            self.add_error("new_name", _("There is a venue of this name: choose it above."))
        if not self.errors:
            room = {venue.pk: venue.desks_at_most for venue in self.venues}
            self.tell(decide_sites(self.sites(), self.deadline, room, clock.now()))
        return told

    def sites(self, added: tuple[UUID, int] | None = None) -> Sites:
        """Return what was chosen, with the venue that was added."""
        told = self.cleaned_data
        used = [venue.pk for venue in self.venues if told.get(f"use_{venue.pk}")]
        desks = {venue: told[f"desks_{venue}"] for venue in sorted(used)} | dict([added] if added else [])
        return Sites(told["planned"], told["opens_at"], told["closes_at"], dict(sorted(desks.items())))


class StaffForm(StepForm):
    """A post for each person, and how many sweep teams there are to be."""

    teams = forms.IntegerField(label=_("Sweep teams"), min_value=0, max_value=TEAMS_AT_MOST)

    def __init__(self, *args: Any, staff: StaffSeen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = staff.colleagues
        choices = self._choices(staff)
        for each in self.colleagues:
            self.fields[f"post_{each.id}"] = forms.ChoiceField(label=each.name, required=False, choices=choices)

    def _choices(self, staff: StaffSeen) -> list[Any]:
        at_sites = [(post.key, f"{post.place} · {post.label}") for post in staff.posts if post.desks]
        told = str(self.data.get("teams") if self.is_bound else self.initial.get("teams"))
        teams = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0
        sweeping = [(f"team/{number}", team_name(number)) for number in range(1, min(teams, TEAMS_AT_MOST) + 1)]
        return [("", _("no post")), *at_sites, *sweeping]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The people with their box, for the page."""
        return [{"person": each, "field": self[f"post_{each.id}"]} for each in self.colleagues]

    def staff(self) -> Staff:
        """Return who was named for what."""
        told = self.cleaned_data
        named = {each.id: told.get(f"post_{each.id}", "") for each in sorted(self.colleagues, key=lambda one: one.id)}
        return Staff({person: post for person, post in named.items() if post}, told["teams"])


class NoticeForm(StepForm):
    """The notice to residents in both languages."""

    zh = forms.CharField(
        label=_("Chinese text"), max_length=NOTICE_AT_MOST, widget=forms.Textarea(attrs={"rows": 12, "lang": "zh-Hans"})
    )
    en = forms.CharField(
        label=_("English text"), max_length=NOTICE_AT_MOST, widget=forms.Textarea(attrs={"rows": 12, "lang": "en"})
    )

    basis = forms.CharField(widget=forms.HiddenInput, required=False)
    """Signed: what the texts were read beside, as the page was opened."""

    def clean_basis(self) -> str:
        """Return what the page was filled from; nothing when somebody has changed it."""
        try:
            return signing.Signer(salt=SALT).unsign(self.cleaned_data["basis"])
        except signing.BadSignature:
            return ""

    def notice(self) -> Notice:
        """Return the texts, with what they were read beside."""
        told = self.cleaned_data
        basis = told["basis"]
        return Notice(told["zh"].replace("\r\n", "\n").strip(), told["en"].replace("\r\n", "\n").strip(), basis)


def proposed_what(rounds: int) -> dict[str, Any]:
    """Return what the empty first step proposes: the next number, and the end of the day or of tomorrow."""
    return {
        "name": _("Testing round %(number)d") % {"number": rounds + 1},
        "deadline": end_of_day(clock.now()),
        "key": signing.dumps(str(uuid7()), salt=SALT),
    }


def what_again(what: What) -> dict[str, Any]:
    """Return the first step as it was saved."""
    return {
        "name": what.name, "kind": what.kind, "deadline": what.deadline, "ordered_at": what.ordered_at, "t0": what.t0,
        "rule_pack": str(what.rule_pack) if what.rule_pack else "",
    }  # fmt: skip


def proposed_hours(what: What) -> tuple[datetime, datetime]:
    """Return the hours that the sites step proposes: a little after an hour from the order, and the planner's window."""
    after = timedelta(minutes=OPENS_AFTER_MINUTES)
    opens_at = next_quarter(max((what.ordered_at or clock.now()) + after, clock.now()))
    return opens_at, min(opens_at + timedelta(hours=DeskTargets().window_hours), what.deadline)


def sites_again(sites: Sites) -> dict[str, Any]:
    """Return the sites step as it was saved."""
    told: dict[str, Any] = {"planned": sites.planned, "opens_at": sites.opens_at, "closes_at": sites.closes_at}
    for venue, desks in sites.desks.items():
        told |= {f"use_{venue}": True, f"desks_{venue}": desks}
    return told


def proposed_sites(what: What, venues: Sequence[Venue], sites: int, desks: int) -> dict[str, Any]:
    """Return what the sites step proposes: as many of the venues as are needed, the desks shared out among them."""
    opens_at, closes_at = proposed_hours(what)
    told: dict[str, Any] = {"planned": what.kind == Round.Kind.TEST, "opens_at": opens_at, "closes_at": closes_at}
    used = venues[:sites]
    for number, venue in enumerate(used):
        share = max(1, desks // len(used) + (number < desks % len(used)))
        told |= {f"use_{venue.pk}": True, f"desks_{venue.pk}": min(share, venue.desks_at_most or share)}
    return told


def end_of_day(now: datetime) -> datetime:
    """Return the end of the day, or of the next when less than twelve hours are left."""
    midnight = now.astimezone(clock.local_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    tonight = midnight + DAY_ENDS
    return tonight if tonight - now >= SHORTEST else tonight + DAY_ENDS
