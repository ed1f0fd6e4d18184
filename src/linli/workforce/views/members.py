"""One member: roles, ways in, and what was done to the account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import break_glass
from linli.core.accounts import close_account, end_grant
from linli.core.errors import Invalid
from linli.core.links import make_link
from linli.core.pins import reset_pin
from linli.core.rights import Right, Role
from linli.core.second_factor import forget_second_factor
from linli.core.sign_ins import end_sign_ins
from linli.core.web import LinliRequest, requires
from linli.workforce.access import access_grant, access_member
from linli.workforce.forms import RoleForm
from linli.workforce.selectors import account_trail, member_told, places_managed
from linli.workforce.services import give_role
from linli.workforce.views.frame import around, offered
from linli.workforce.views.people import link_page
from linli.workforce.wording import told_actions


@requires(Right.USERS_MANAGE)
@never_cache
@require_GET
def member(request: LinliRequest, user_id: UUID) -> HttpResponse:
    """Show a member."""
    return render(request, "workforce/member.html", _frame(request, user_id))


@requires(Right.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def give(request: LinliRequest, user_id: UUID, division: int) -> HttpResponse:
    """Give a role in a division, or change when it ends."""
    frame, user = around(request.actor, division), access_member(request.actor, user_id)
    form = RoleForm(request.POST or None, initial=request.GET.dict(), **offered(request.actor, division))
    if request.method == "POST" and form.is_valid():
        try:
            give_role(request.actor, user, form.wanted(division))
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, user_id, _("Saved."))
    context = {**frame, "form": form, "member": member_told(request.actor, user)}
    return render(request, "workforce/give_role.html", context, status=422 if form.errors else 200)


@requires(Right.USERS_MANAGE)
@require_POST
def end_role(request: LinliRequest, user_id: UUID, grant_id: UUID) -> HttpResponse:
    """End a role now."""
    held = access_grant(request.actor, user_id, grant_id)
    end_grant(request.actor, held.user, Role(held.role), held.division, department=held.department)
    return _back(request, user_id, _("The role has ended."))


@requires(Right.USERS_MANAGE)
@never_cache
@require_POST
def link(request: LinliRequest, user_id: UUID) -> HttpResponse:
    """Make a new one-time link and show it, once."""
    user = access_member(request.actor, user_id)
    path = make_link(request.actor, user)
    return link_page(request, _frame(request, user_id), user, path)


@requires(Right.USERS_MANAGE)
@require_POST
def sign_out(request: LinliRequest, user_id: UUID) -> HttpResponse:
    """Sign a member out on every phone."""
    end_sign_ins(request.actor, access_member(request.actor, user_id))
    return _back(request, user_id, _("Signed out everywhere."))


@requires(Right.USERS_MANAGE)
@require_POST
def forget_factors(request: LinliRequest, user_id: UUID) -> HttpResponse:
    """Take a PIN and a second factor away that are locked or lost."""
    user = access_member(request.actor, user_id)
    reset_pin(request.actor, user)
    forget_second_factor(request.actor, user)
    return _back(request, user_id, _("PIN and second factor are taken away; new ones are set at the next sign-in."))


@requires(Right.USERS_MANAGE)
@require_POST
def close(request: LinliRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    close_account(request.actor, access_member(request.actor, user_id))
    return _back(request, user_id, _("The account is closed."))


@requires(Right.USERS_MANAGE)
@require_POST
def note_emergency(request: LinliRequest, taken_id: UUID) -> HttpResponse:
    """Take note of a role that somebody took in an emergency."""
    break_glass.acknowledge(request.actor, taken_id)
    return redirect("home")


def _frame(request: LinliRequest, user_id: UUID) -> dict[str, Any]:
    user = access_member(request.actor, user_id)
    places = places_managed(request.actor)
    return {
        "member": member_told(request.actor, user),
        "trail": told_actions(request.actor, account_trail(request.actor, user)),
        "places": places,
        "crumbs": [{"url": reverse("workforce:members", args=[code]), "label": name} for code, name in places[:1]],
    }


def _back(request: LinliRequest, user_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("workforce:member", user_id=user_id)
