import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def page(client: Client, **headers: str) -> str:
    return client.get("/account/login/", headers=headers).content.decode()


def test_speaks_chinese_whatever_the_browser_says(client: Client):
    assert '<html lang="zh-hans">' in page(client, accept_language="en-US,en")


def test_speaks_english_once_chosen(client: Client):
    client.post("/language/", {"language": "en", "next": "/account/login/"})
    assert '<html lang="en">' in page(client)


def test_goes_back_to_chinese(client: Client):
    client.post("/language/", {"language": "en"})
    client.post("/language/", {"language": "zh-hans"})
    assert '<html lang="zh-hans">' in page(client)


@pytest.mark.parametrize("chosen", ["xx", "", "../../etc"])
def test_ignores_a_language_it_does_not_speak(client: Client, chosen: str):
    client.post("/language/", {"language": chosen})
    assert '<html lang="zh-hans">' in page(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_does_not_lead_elsewhere(client: Client, elsewhere: str):
    assert client.post("/language/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"
