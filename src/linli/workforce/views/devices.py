"""Phones that several people share: enrol one, give up a lost one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.devices import add_device, devices_in, revoke_device
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.workforce.forms import DeviceForm
from linli.workforce.views.frame import around
from linli.workforce.views.papers import qr


@requires(Right.USERS_MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: LinliRequest, division: int) -> HttpResponse:
    """List the phones; add one and show the code that enrols it, once."""
    frame, form = around(request.actor, division), DeviceForm(request.POST or None)
    context = {**frame, "form": form}
    if request.method == "POST" and form.is_valid():
        device, path = add_device(request.actor, division, form.cleaned_data["name"])
        address = request.build_absolute_uri(path)
        context |= {"added": device, "link": address, "picture": qr(address), "form": DeviceForm()}
    context["devices"] = devices_in(request.actor, division)
    return render(request, "workforce/devices.html", context, status=422 if form.errors else 200)


@requires(Right.USERS_MANAGE)
@require_POST
def revoke(request: LinliRequest, device_id: UUID) -> HttpResponse:
    """Give a phone up."""
    device = revoke_device(request.actor, device_id)
    messages.success(request, _("%(name)s is given up: whoever was signed in on it is out.") % {"name": device.name})
    return redirect("workforce:devices", division=device.division)
