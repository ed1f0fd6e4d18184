"""The village of the rounds' tests, and phones signed in to it."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from linli.core import accounts
from linli.core.actors import operator_actor
from linli.core.rights import Role
from tests.conftest import BALICHA
from tests.rounds.conftest import day as day
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

Phone = Callable[..., Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    """Walls of two tests at the same frozen moment would be taken for one."""
    caches["boards"].clear()


@pytest.fixture
def phone_of(db: None) -> Phone:
    """Make an account with a role and return its phone, in Chinese unless asked for English."""

    def make(role: Role | None, division: int = BALICHA, language: str = "zh-hans") -> Client:
        user = accounts.add_user(operator_actor(), f"{role}-{division}-{language}")
        if role:
            accounts.grant(operator_actor(), user, role, division)
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(user, backend=BACKEND)
        return client

    return make


@pytest.fixture
def phone(phone_of: Phone) -> Client:
    return phone_of(Role.COORDINATOR)
