"""What everybody sees of their own account: roles and until when, phones, PIN, and roles taken in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import break_glass, pins, sign_ins
from linli.core.errors import Conflict, Invalid
from linli.core.links import needs_more_than_a_card
from linli.core.rights import Role
from linli.core.web import LinliRequest, signed_in
from linli.workforce.forms import PinForm, TakeRoleForm
from linli.workforce.selectors import emergency_places, member_told


@signed_in
@never_cache
@require_GET
def account(request: LinliRequest) -> HttpResponse:
    """Show the own account."""
    context = {
        "member": member_told(request.actor, request.sign_in.user),
        "sign_ins": sign_ins.open_sign_ins(request.sign_in.user),
        "here": request.sign_in,
        "may_have_pin": not needs_more_than_a_card(request.actor.held),
        "taken": break_glass.taken_by(request.actor),
        "may_take": bool(emergency_places(request.actor)),
    }
    return render(request, "workforce/own_account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def pin(request: LinliRequest) -> HttpResponse:
    """Set the own PIN."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pins.set_pin(request.actor, form.cleaned_data["pin"])
        except Invalid as refusal:
            form.add_error("pin", str(refusal))
        else:
            messages.success(request, _("Your PIN is set. With it you sign in on the shared phones."))
            return redirect("workforce:own_account")
    return render(request, "workforce/own_pin.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_sign_in(request: LinliRequest, sign_in_id: UUID) -> HttpResponse:
    """Sign the own account out on one phone."""
    sign_ins.end_own_sign_in(request.actor, sign_in_id)
    return redirect("workforce:own_account")


@signed_in
@require_http_methods(["GET", "POST"])
def emergency(request: LinliRequest) -> HttpResponse:
    """Take a coordinator's role for two hours, with a reason."""
    form = TakeRoleForm(request.POST or None, places=emergency_places(request.actor))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            break_glass.take_role(request.actor, Role.COORDINATOR, told["division"], told["reason"])
        except (Invalid, Conflict) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("home")
    return render(request, "workforce/emergency.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_emergency(request: LinliRequest, taken_id: UUID) -> HttpResponse:
    """End a role that was taken."""
    break_glass.end_taken_role(request.actor, taken_id)
    return redirect("workforce:own_account")
