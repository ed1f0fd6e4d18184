"""People who move, leave, die, come back, or are entered behind a door."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.access import access_dwelling
from linli.places.selectors import door_names
from linli.registry.access import access_person
from linli.registry.errors import TooManyNumbers
from linli.registry.forms import AddPersonForm, LeaveForm, MoveForm, ReturnForm
from linli.registry.models import Person
from linli.registry.selectors.cards import dwelling_card, person_card
from linli.registry.services.lookup import look_up
from linli.registry.services.people import add_person
from linli.registry.services.stays import come_back, end_residency, move_household, move_person
from linli.registry.shown import PersonShown
from linli.registry.views.frame import behind_search, tried

_FEW = 5
Act = Callable[[Actor, Person, dict[str, Any]], str]
"""What a form about a person does; it returns what is said when it is done."""


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Write down that somebody moved away or died."""
    return _acted(request, person_id, LeaveForm, _leave, "registry/leave.html")


def _leave(actor: Actor, person: Person, told: dict[str, Any]) -> str:
    end_residency(actor, person.id, told["reason"], on=told["on"])
    return _("Written down. The history stays, and open rounds are told.")


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def move(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Move somebody, or their whole household, to another door."""
    return _acted(request, person_id, MoveForm, _move, "registry/move.html")


def _move(actor: Actor, person: Person, told: dict[str, Any]) -> str:
    dwelling = door_names(actor, person.community).the_one(told["door"])
    household = person_card(actor, person.id).person.household_id
    if told["who"] == "all" and household:
        move_household(actor, household, dwelling, on=told["on"])
    else:
        move_person(actor, person.id, dwelling, on=told["on"])
    return _("Moved. The history stays, and open rounds are told.")


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def back(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Write down that somebody who had left lives here again."""
    return _acted(request, person_id, ReturnForm, _back, "registry/back.html")


def _back(actor: Actor, person: Person, told: dict[str, Any]) -> str:
    dwelling = door_names(actor, person.community).the_one(told["door"]) if told["door"] else None
    come_back(actor, person.id, dwelling, right=Right.PERSON_WRITE)
    return _("Written down. Open rounds are told.")


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: LinliRequest, dwelling_id: UUID) -> HttpResponse:
    """Enter somebody who lives behind a door."""
    access_dwelling(request.actor, dwelling_id, right=Right.PERSON_WRITE)
    card = dwelling_card(request.actor, dwelling_id)
    form = AddPersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        shared = form.cleaned_data["shared"]
        added = tried(form, lambda: add_person(request.actor, dwelling_id, form.words(), number_shared=shared))
        if isinstance(added, Person):
            messages.success(request, _("%(name)s is in the register. Open rounds are told.") % {"name": added.name})
            return redirect("registry:dwelling", dwelling_id)
    known = form.has_error("id_number", "id_number_known")
    holders = _holders(request, card.community, form) if known else ()
    if not known:
        del form.fields["shared"]
    context = {**behind_search(request, card.community), "card": card, "form": form, "holders": holders}
    return render(request, "registry/add_person.html", context, status=422 if form.errors else 200)


def _holders(request: LinliRequest, community: int, form: AddPersonForm) -> tuple[PersonShown, ...]:
    """Return who has the number already, for who may look people up; written down as any search by a number."""
    if not request.actor.has(Right.PERSON_SEARCH, community):
        return ()
    try:
        return look_up(request.actor, str(form["id_number"].value()), community, size=_FEW).people
    except TooManyNumbers:
        return ()


def _acted(request: LinliRequest, person_id: UUID, kind: type[forms.Form], act: Act, template: str) -> HttpResponse:
    """Show a form about a person; done, say so and lead back to their page."""
    person = access_person(request.actor, person_id, right=Right.PERSON_WRITE)
    form = kind(request.POST) if request.method == "POST" else kind()
    if form.is_bound and form.is_valid():
        said = tried(form, lambda: act(request.actor, person, form.cleaned_data))
        if said:
            messages.success(request, said)
            return redirect("registry:person", person_id)
    card = person_card(request.actor, person_id)
    context = {**behind_search(request, person.community), "card": card, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
