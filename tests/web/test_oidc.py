"""Sign-in through an identity provider, in a process of its own because settings are read once."""

import os
import subprocess
import sys

import pytest

from linli.web import oidc
from linli.web.oidc_adapter import claimed_name

CITY = {
    "LINLI_OIDC_ISSUER": "https://id.city.example/realm",
    "LINLI_OIDC_CLIENT_ID": "linli",
    "LINLI_OIDC_SECRET": "s3cret",
}

PROBE = """
import django; django.setup()
from django.test import RequestFactory
from linli.core.checks import every_route_declares_a_right
from linli.web.headers import POLICY
from django.urls import reverse
print(every_route_declares_a_right())
print(reverse("openid_connect_login", args=["city"]))
print("form-action 'self' https://id.city.example;" in POLICY)
"""


def test_is_off_without_settings():
    assert oidc.from_environment({}) is None


def test_refuses_half_a_description():
    with pytest.raises(ValueError, match="missing: LINLI_OIDC_SECRET"):
        oidc.from_environment({**CITY, "LINLI_OIDC_SECRET": ""})


def test_refuses_an_issuer_without_https():
    with pytest.raises(ValueError, match="http://id"):
        oidc.from_environment({**CITY, "LINLI_OIDC_ISSUER": "http://id.city.example"})


def test_is_on_with_three_settings():
    environment = {**os.environ, **CITY, "DJANGO_SETTINGS_MODULE": "linli.web.settings"}
    said = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == ["[]", "/account/oidc/city/login/", "True"]


@pytest.mark.parametrize("data", [{"preferred_username": "chen"}, {"userinfo": {"preferred_username": "chen"}}])
def test_finds_the_claimed_user_name(data: dict[str, object]):
    assert claimed_name(data) == "chen"
