"""Many people of a list changed at once: chosen, looked at, changed, taken back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.registry.access import access_bulk_edit
from linli.registry.care_words import care_words
from linli.registry.forms import ListForm, ManyForm, people_in
from linli.registry.models import BulkEdit
from linli.registry.selectors.chosen import MANY_AT_MOST
from linli.registry.services.bulk import edit_many, undo_many
from linli.registry.services.lookup import look_up_many
from linli.registry.shown import PersonShown
from linli.registry.templatetags.registry import residency_word
from linli.registry.views.frame import behind_search


@requires(Right.PERSON_WRITE)
@never_cache
@require_POST
def many(request: LinliRequest, community: int) -> HttpResponse:
    """Show a list with a tick for each; then what would change for whom; then change it (`step`: none, look, change)."""
    chosen = ListForm(request.POST)
    if not chosen.is_valid():
        raise NotFound
    people = look_up_many(request.actor, community, chosen.chosen())
    step = request.POST.get("step", "")
    if not step:
        return _page(request, community, chosen, people, ManyForm(), [one.id for one in people])
    form, ticked = ManyForm(request.POST), people_in(request.POST.getlist("person"))
    if not ticked:
        form.add_error(None, _("Tick at least one person."))
    elif form.is_valid() and step == "change":
        made = _made(request, community, form, ticked)
        if made:
            return redirect("registry:many_changed", made.pk)
    return _page(request, community, chosen, people, form, ticked, looked=form.is_valid())


def _made(request: LinliRequest, community: int, form: ManyForm, people: list[UUID]) -> BulkEdit | None:
    try:
        return edit_many(request.actor, community, people, form.cleaned_data["kind"], form.value)
    except (Invalid, Conflict) as refused:
        form.add_error(None, str(refused))
        return None


@dataclass(frozen=True)
class Looked:
    """One person of the list, with what they have and would have."""

    person: PersonShown
    ticked: bool
    has: str
    gets: str

    @property
    def changes(self) -> bool:
        """Whether anything would change for them."""
        return self.ticked and self.has != self.gets


def _page(
    request: LinliRequest, community: int, chosen: ListForm, people: tuple[PersonShown, ...], form: ManyForm,
    ticked: list[UUID], *, looked: bool = False,
) -> HttpResponse:  # fmt: skip
    rows = [_looked(one, one.id in set(ticked), form if looked else None) for one in people[:MANY_AT_MOST]]
    context: dict[str, Any] = {
        **behind_search(request, community),
        "list": {key: value for key, value in chosen.cleaned_data.items() if value},
        "rows": rows,
        "too_many": len(people) > MANY_AT_MOST,
        "most": MANY_AT_MOST,
        "form": form,
        "looked": looked,
        "changing": sum(row.changes for row in rows),
    }
    return render(request, "registry/many.html", context, status=422 if form.errors else 200)


def _looked(person: PersonShown, ticked: bool, form: ManyForm | None) -> Looked:
    if form is None:
        return Looked(person, ticked, "", "")
    kind, value = form.cleaned_data["kind"], form.value
    if kind == BulkEdit.Kind.RESIDENCY:
        has = str(residency_word(person.residency_kind)) if person.residency_kind else ""
        return Looked(person, ticked, has, str(residency_word(value)) if person.residency_kind else "")
    needs = set(person.care_needs)
    after = needs | {value} if kind == BulkEdit.Kind.ADD_NEED else needs - {value}
    return Looked(person, ticked, _listed(needs), _listed(after))


def _listed(needs: set[str]) -> str:
    return care_words(sorted(needs)) or _("none")


@requires(Right.PERSON_WRITE)
@never_cache
@require_GET
def changed(request: LinliRequest, edit_id: UUID) -> HttpResponse:
    """Show a change of many people, with the button that takes it back."""
    made = access_bulk_edit(request.actor, edit_id)
    context = {
        **behind_search(request, made.community),
        "made": made,
        "people": len(made.before),
        "value": residency_word(made.value) if made.kind == BulkEdit.Kind.RESIDENCY else made.value,
    }
    return render(request, "registry/many_changed.html", context)


@requires(Right.PERSON_WRITE)
@require_POST
def undo(request: LinliRequest, edit_id: UUID) -> HttpResponse:
    """Take a change of many people back."""
    back, kept = undo_many(request.actor, edit_id)
    said = ngettext("%(n)d person is as before.", "%(n)d people are as before.", back) % {"n": back}
    if kept:
        words = ngettext("%(n)d person was changed since and stays.", "%(n)d people were changed since and stay.", kept)
        said = f"{said} {words % {'n': kept}}"
    messages.success(request, said)
    return redirect("registry:many_changed", edit_id)
