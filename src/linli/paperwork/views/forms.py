"""The forms of a community, how each column of one is understood, and the way in and out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.paperwork.errors import NameTaken, NothingToFill
from linli.paperwork.forms import BlankForm, LayoutForm
from linli.paperwork.selectors.forms import FormSeen, form_seen, forms_of
from linli.paperwork.services.keeping import add_form, correct_form, drop_form
from linli.places.selectors import community_name
from linli.registry.errors import FileRefused


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def form_list(request: LinliRequest, community: int) -> HttpResponse:
    """Show the forms that are known; take a blank one and go on to its columns."""
    if request.method != "POST":
        return _list_page(request, community, BlankForm())
    form = BlankForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, community, form, status=422)
    file = form.cleaned_data["file"]
    try:
        added = add_form(request.actor, community, file.name, file.chunks())
    except FileRefused as refused:
        return _list_page(
            request, community, BlankForm(), refusal=refused.in_language(request.LANGUAGE_CODE), status=refused.status
        )
    return redirect("paperwork:columns", form_id=added.pk)


def _list_page(
    request: LinliRequest, community: int, form: BlankForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "community": community,
        "community_name": community_name(request.actor, community),
        "forms": forms_of(request.actor, community),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "paperwork/forms.html", context, status=status)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def columns(request: LinliRequest, form_id: UUID) -> HttpResponse:
    """Show how each column was understood; take corrections and the form's name."""
    seen = form_seen(request.actor, form_id)
    form = LayoutForm(seen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_form(request.actor, form_id, form.cleaned_data["name"], form.kinds(), form.choices())
        except (NameTaken, NothingToFill) as error:
            return _columns_page(request, seen, form, error)
        messages.success(request, _("Kept. The next time you only choose for whom it is filled."))
        return redirect("paperwork:form", form_id=form_id)
    return _columns_page(request, seen, form)


def _columns_page(
    request: LinliRequest, seen: FormSeen, form: LayoutForm, error: LinliError | None = None
) -> HttpResponse:
    context = {
        **frame(request, seen.row.community),
        "seen": seen,
        "form": form,
        "sheets": list(form.sheets()),
        "error": str(error) if error else "",
    }
    status = error.status if error else 422 if form.errors else 200
    return render(request, "paperwork/columns.html", context, status=status)


@requires(Right.LEDGER_EXPORT)
@never_cache
@require_POST
def drop(request: LinliRequest, form_id: UUID) -> HttpResponse:
    """Throw a form away."""
    community = form_seen(request.actor, form_id).row.community
    drop_form(request.actor, form_id)
    messages.success(request, _("The form was thrown away. Filled copies stay where they were taken."))
    return redirect("paperwork:forms", community=community)


def frame(request: LinliRequest, community: int) -> dict[str, Any]:
    """Return what every page about one form shows around it."""
    return {
        "community": community,
        "community_name": community_name(request.actor, community),
        "crumbs": [{"url": reverse("paperwork:forms", kwargs={"community": community}), "label": _("Agencies' forms")}],
    }
