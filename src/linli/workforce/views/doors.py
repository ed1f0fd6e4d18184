"""The doors beside the password: a printed card, enrolling a shared phone, and a PIN on one."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core import devices, links, pins
from linli.core.errors import Expired
from linli.core.models import Device, SignIn, SignInLink
from linli.core.sign_ins import How
from linli.core.web import public

COOKIE = "linli_device"
COOKIE_SECONDS = 400 * 86400


@public
@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Say whose card this is; one touch signs in. Opening the address alone uses nothing up."""
    if request.method == "POST":
        user = links.use_card(token)
        _sign_in(request, user, How(SignIn.Way.CARD, ends_at=links.shift_end(user)))
        return redirect("home")
    user = links.user_of_link(token, SignInLink.Kind.CARD)
    return render(request, "workforce/card.html", {"account": user, "until": links.shift_end(user)})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Make this phone the shared one that a coordinator has named."""
    if request.method != "POST":
        return render(request, "workforce/enrol.html", {"device": devices.device_of_link(token)})
    _device, cookie = devices.enrol_device(token)
    response = redirect("workforce:shared")
    response.set_cookie(
        COOKIE, cookie, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@public
@never_cache
@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """Let those who work where this phone is enrolled sign in by PIN. Raises Expired on any other phone."""
    device = devices.device_of_cookie(request.COOKIES.get(COOKIE, ""))
    if device is None:
        raise Expired
    if request.method != "POST":
        return _shared_page(request, device)
    chosen = request.POST.get("member", "")
    try:
        user = pins.open_with_pin(device, chosen, request.POST.get("pin", ""))
    except pins.WrongPin as refusal:
        return _shared_page(request, device, refusal=refusal, chosen=chosen, status=refusal.status)
    _sign_in(request, user, How(SignIn.Way.PIN, device, links.shift_end(user)))
    return redirect("home")


def _shared_page(request: HttpRequest, device: Device, status: int = 200, **more: Any) -> HttpResponse:
    context = {"device": device, "people": pins.people_at(device), **more}
    return render(request, "workforce/shared.html", context, status=status)


def _sign_in(request: HttpRequest, user: Any, how: How) -> None:
    request.linli_how = how  # type: ignore[attr-defined]  # read where the signal of a sign-in is listened to
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
