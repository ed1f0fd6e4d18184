"""One transaction and one scope around each view and its rendering."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from linli.core import accounts, audit
from linli.core.actors import Actor
from linli.core.errors import LinliError, NotFound, NotSignedIn, Refused, TooLarge, WrongMethod
from linli.core.ids import uuid7
from linli.core.models import SignIn
from linli.core.rights import Right
from linli.core.scope import scope_of
from linli.core.sign_ins import present_sign_in
from linli.core.web import CLOSED, PUBLIC, SIGN_IN, SIGNED_IN, access_of

GetResponse = Callable[[HttpRequest], HttpResponse]
NOTHING = ()
REFUSALS = (403, 404, 429)
"""Answers that are written down: to who lacks a right, names what is not there, or asks too often."""
LARGEST_BODY_BYTES = 64 << 20


class ScopeMiddleware:
    """Open the transaction, set the scope to where the actor holds the route's right, keep both while rendering."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.sign_in = self._sign_in(request)  # type: ignore[attr-defined]  # the attribute is ours
        request.actor = self._actor(request)  # type: ignore[attr-defined]  # the attribute is ours
        request.linli_refusal = None  # type: ignore[attr-defined]  # the attribute is ours
        with transaction.atomic(), scope_of(NOTHING):
            response = self._too_large(request) or self.get_response(request)
            if response.status_code == WrongMethod.status and not response.content:
                response = self._not_this_way(request, response)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        self._write_refusal(request)
        if request.actor is not None:  # type: ignore[attr-defined]  # set above
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _too_large(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse by its announced length, unread, what no form of ours sends; smaller bodies are refused by their view."""
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        is_fine = length.isdecimal() and int(length) <= LARGEST_BODY_BYTES
        return None if is_fine else self.process_exception(request, TooLarge())

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        access = access_of(view, match.url_name if match else None)
        if access == PUBLIC:
            return None
        if access == CLOSED:
            return self.process_exception(request, NotFound())
        if request.actor is None:  # type: ignore[attr-defined]  # set above
            return self._to_sign_in(request)
        if access == SIGNED_IN:
            return None
        if not isinstance(access, Right):
            return self.process_exception(request, Refused())
        return self._run_in_scope(request, access, view, args, kwargs)

    def _run_in_scope(
        self, request: HttpRequest, right: Right, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        ranges = request.actor.ranges(right)  # type: ignore[attr-defined]  # set above
        if not ranges:
            return self.process_exception(request, Refused())
        with scope_of(ranges):
            try:
                with transaction.atomic():
                    response: HttpResponse = view(request, *args, **kwargs)
            except LinliError as error:
                return self.process_exception(request, error)
            if hasattr(response, "render") and callable(response.render):
                response.render()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn an expected error into a page in plain words; note a refusal for the audit chain."""
        if not isinstance(error, LinliError):
            return None
        if isinstance(error, NotSignedIn):
            return self._to_sign_in(request)
        if error.status in REFUSALS:
            request.linli_refusal = error.error_code  # type: ignore[attr-defined]  # read in __call__
        context = {"error": error, "status": error.status, "again": _page_of(request)}
        return render(request, "errors/linli.html", context, status=error.status)

    def _sign_in(self, request: HttpRequest) -> SignIn | None:
        """Return the sign-in that this request belongs to; a session whose sign-in has ended is emptied."""
        if not request.user.is_authenticated:
            return None
        found = present_sign_in(request.session.get(SIGN_IN, ""), acts=_somebody_acts(request))
        if found is None:
            logout(request)
        return found

    def _actor(self, request: HttpRequest) -> Actor | None:
        user = request.user
        return accounts.actor_as(user, request_id=str(uuid7())) if user.is_authenticated else None

    def _not_this_way(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        page = self.process_exception(request, WrongMethod())
        assert page is not None
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        address = f"{reverse('account_login')}?{urlencode({'next': _page_of(request)})}"
        if request.headers.get("HX-Request") != "true":
            return redirect(address)
        return HttpResponse(status=401, headers={"HX-Redirect": address})

    def _write_refusal(self, request: HttpRequest) -> None:
        code, actor = request.linli_refusal, request.actor  # type: ignore[attr-defined]  # set above
        if code and actor:
            match = request.resolver_match
            audit.record_refusal(actor, match.route if match else "", code)


def _somebody_acts(request: HttpRequest) -> bool:
    """Tell whether a person asks, and not a page that fetches a part of itself."""
    return request.method == "POST" or request.headers.get("HX-Request") != "true"


def _page_of(request: HttpRequest) -> str:
    """Return the path of the page a person is on: of a form that was sent or a part that was fetched, the page it is on."""
    is_page = request.method in ("GET", "HEAD") and request.headers.get("HX-Request") != "true"
    if is_page:
        return request.get_full_path()
    here = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if here.netloc != request.get_host():
        return "/"
    return f"{here.path}?{here.query}" if here.query else here.path or "/"
