"""A person's page, what somebody may change on it, and full numbers shown once for a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.registry.access import access_person
from linli.registry.forms import PersonForm, UnmaskForm
from linli.registry.selectors.alike import kept_instead_of, merges_of
from linli.registry.selectors.cards import PersonCard, person_card
from linli.registry.selectors.history import person_history
from linli.registry.selectors.key_lists import entries_of
from linli.registry.services.people import edit_person, unmask_identity
from linli.registry.versions import version_of
from linli.registry.views.frame import behind_search


@requires(Right.PERSON_SEARCH)
@never_cache
@require_GET
def person(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Show a person, numbers masked; an entry that was merged leads to the one that counts."""
    try:
        return _page(request, person_card(request.actor, person_id))
    except NotFound:
        kept = kept_instead_of(request.actor, person_id)
        if kept is None:
            raise
        return redirect("registry:person", kept)


@requires(Right.IDENTITY_UNMASK)
@never_cache
@require_POST
def unmask(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Show full numbers in this one answer, for a reason that is written down."""
    form = UnmaskForm(request.POST)
    access_person(request.actor, person_id, right=Right.IDENTITY_UNMASK)
    if not form.is_valid():
        return _page(request, person_card(request.actor, person_id), unmask_form=form, status=422)
    full = unmask_identity(request.actor, person_id, form.words)
    return _page(request, person_card(request.actor, person_id), full=full)


@requires(Right.PERSON_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Correct the basic facts of a person, unless somebody else did so meanwhile."""
    row = access_person(request.actor, person_id, right=Right.PERSON_WRITE)
    card = person_card(request.actor, person_id)
    form = PersonForm(
        request.POST or None, initial=_initial(card) | {"version": version_of(row)},
        masked_id=card.person.id_number, masked_phones=card.person.phones, lives_here=bool(card.person.household_id),
        remarks=row.remarks,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _edited(request, person_id, form):
        messages.success(request, _("Saved. The next ledger that says something else will be listed, not taken."))
        return redirect("registry:person", person_id=person_id)
    context = {**behind_search(request, card.person.community), "card": card, "form": form}
    return render(request, "registry/edit_person.html", context, status=422 if form.errors else 200)


def _edited(request: LinliRequest, person_id: UUID, form: PersonForm) -> bool:
    """Save, or put what the service says about the identity number beside its box."""
    try:
        edit_person(request.actor, person_id, form.words(), version=form.cleaned_data["version"])
    except (Invalid, Conflict) as refused:
        if not refused.error_code.startswith("id_"):
            raise
        form.add_error("id_number", str(refused))
        return False
    return True


def _initial(card: PersonCard) -> dict[str, Any]:
    shown = card.person
    return {
        "name": shown.name, "sex": shown.sex, "birth": shown.birth, "residency_kind": shown.residency_kind,
        "remarks": card.remarks,
    }  # fmt: skip


def _page(request: LinliRequest, card: PersonCard, *, status: int = 200, **more: Any) -> HttpResponse:
    actor, community = request.actor, card.person.community
    context = {
        **behind_search(request, card.person.community),
        "card": card,
        "can_edit": actor.has(Right.PERSON_WRITE, community),
        "merges": merges_of(actor, card.person.id) if actor.has(Right.PERSON_WRITE, community) else (),
        "can_list": actor.has(Right.KEY_LIST_WRITE, community),
        "can_unmask": actor.has(Right.IDENTITY_UNMASK, community),
        "unmask_form": UnmaskForm(),
        "key_lists": entries_of(actor, card.person.id),
        "history": person_history(actor, card.person.id) if actor.has(Right.AUDIT_READ, community) else None,
        **more,
    }
    return render(request, "registry/person.html", context, status=status)
