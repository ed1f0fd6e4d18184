"""Who works in a division: the list, one more, and a whole list of helpers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right, Role
from linli.core.web import LinliRequest, requires
from linli.places.csv_table import RowsRefused
from linli.workforce.forms import HelpersForm, MemberForm
from linli.workforce.helpers import Usual, read_helpers
from linli.workforce.selectors import members_of, places_below, places_managed
from linli.workforce.services import add_helpers, add_member
from linli.workforce.views.frame import around, offered

PER_PAGE = 60


@requires(Right.USERS_MANAGE)
@require_GET
def places(request: LinliRequest) -> HttpResponse:
    """Lead to the one division whose people somebody manages, or offer those there are."""
    managed = places_managed(request.actor)
    if len(managed) == 1:
        return redirect("workforce:members", division=managed[0][0])
    return render(request, "workforce/places.html", {"places": managed})


@requires(Right.USERS_MANAGE)
@require_GET
def members(request: LinliRequest, division: int) -> HttpResponse:
    """List the people of a division, those at work first."""
    frame, named = around(request.actor, division), request.GET.get("q", "").strip()[:60].replace("\0", "")
    found = members_of(request.actor, division, named=named)
    context = {
        **frame,
        "crumbs": [],
        "named": named,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "at_work": sum(member.is_at_work for member in found),
        "below": places_below(request.actor, division),
    }
    return render(request, "workforce/members.html", context)


@requires(Right.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def member_new(request: LinliRequest, division: int) -> HttpResponse:
    """Add somebody and show their one-time link, once."""
    frame = around(request.actor, division)
    form = MemberForm(request.POST or None, **offered(request.actor, division))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            user, link = add_member(
                request.actor, form.wanted(division), name=told["name"], username=told["username"], phone=told["phone"]
            )
        except (Conflict, Invalid) as refusal:
            form.add_error(None, str(refusal))
        else:
            return link_page(request, frame, user, link)
    status = 422 if form.errors else 200
    return render(request, "workforce/member_new.html", {**frame, "form": form}, status=status)


def link_page(request: LinliRequest, frame: dict[str, Any], user: Any, link: str) -> HttpResponse:
    """Show a one-time link as an address and as a code; it is shown once."""
    context = {**frame, "account": user, "link": request.build_absolute_uri(link)}
    return render(request, "workforce/link.html", context)


@requires(Right.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def helpers(request: LinliRequest, division: int) -> HttpResponse:
    """Add the helpers of a list, or say of each row why it cannot be used."""
    frame = around(request.actor, division)
    form = HelpersForm(request.POST or None, request.FILES or None, **offered(request.actor, division))
    context: dict[str, Any] = {**frame, "form": form}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            listed = read_helpers(*form.content(), Usual(Role(told["role"]), told["ends_at"]))
            added = add_helpers(request.actor, division, listed, ends_with=told["ends_with"])
        except RowsRefused as refusal:
            context["problems"] = refusal.problems
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext(
                "%(n)d helper added. Print the card now.", "%(n)d helpers added. Print the cards now.", len(added)
            )
            messages.success(request, said % {"n": len(added)})
            return render(request, "workforce/helpers_added.html", {**frame, "added": added})
    status = 422 if form.errors or "problems" in context else 200
    return render(request, "workforce/helpers.html", context, status=status)
