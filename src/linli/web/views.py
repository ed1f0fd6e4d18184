"""Pages that belong to no app: first password, how phones come in, liveness."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.core import links
from linli.core.home import home
from linli.core.models import User
from linli.core.process.local_ca import fingerprint
from linli.core.web import public, signed_in
from linli.workforce.views.papers import qr


class PasswordForm(forms.Form):
    """A first password, typed twice."""

    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords differ."))
        return again


@public
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    user = links.user_of_link(token)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user = links.use_link(token, form.cleaned_data["password"])
        response: HttpResponse = perform_password_login(request, {"username": user.username}, Login(user=user))
        return response
    return render(request, "linli/welcome.html", {"form": form, "account": user})


@signed_in
@never_cache
@require_GET
def connect(request: HttpRequest) -> HttpResponse:
    """Show on the office's screen, or print, how phones come in."""
    addresses, here = settings.LINLI_FIRST_VISIT, request.build_absolute_uri("/")
    picture = qr(addresses[0] if addresses else here)
    context = {"addresses": addresses, "here": here, "secure": request.is_secure(), "picture": picture}
    return render(request, "linli/connect.html", context | {"fingerprint": fingerprint(home())})


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")
