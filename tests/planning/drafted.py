"""A round prepared on pages, step by step: shorthands for tests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from linli.core.models import Work
from linli.core.scope import scope_of
from linli.planning.models import RoundDraft
from linli.planning.tasks import open_asked_round, plan_asked_draft
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, at

NEW = f"/c/{BALICHA}/rounds/new/"
NIGHT = "2026-04-02T23:00"
"""The deadline; it is 16:00 by the community's clock."""
OPENS, CLOSES = "2026-04-02T17:30", "2026-04-02T21:00"


def first_step(phone: Client, **changes: str) -> dict[str, str]:
    """What the empty first page proposes, with a name and a deadline."""
    key = phone.get(NEW).context["form"]["key"].value()
    return {"name": "第一轮", "kind": "test", "deadline": NIGHT, "key": key, **changes}


def begin(phone: Client, **changes: str) -> str:
    """Begin a draft and return the address of its page."""
    answer = phone.post(NEW, first_step(phone, **changes))
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].endswith("/scope/")
    return str(answer["Location"]).removesuffix("scope/")


def version_on(phone: Client, page: str) -> str:
    """The version that a page carries."""
    return str(phone.get(page).context["form"]["version"].value())


def save(phone: Client, draft: str, step: str, **told: Any) -> Any:
    """Send a step as its page does."""
    page = f"{draft}{step}/"
    return phone.post(page, {"version": version_on(phone, page), **told})


def prepare(phone: Client, **changes: str) -> str:
    """Begin a draft and settle what has to be settled before its round can open."""
    draft = begin(phone, **changes)
    save(phone, draft, "scope")
    answer = save(phone, draft, "sites", planned="on", opens_at=OPENS, closes_at=CLOSES)
    assert answer.status_code == 302, answer.content.decode()
    return draft


def works(kind: str) -> list[Work]:
    with scope_of(HERE):
        return list(Work.objects.filter(kind=kind).order_by("id"))


def work_off() -> None:
    """Do what waits, as the worker would."""
    for kind, task in (("round_plan_ahead", plan_asked_draft), ("round_opening", open_asked_round)):
        for work in works(kind):
            if work.state == Work.State.WAITING:
                task(BALICHA, str(work.pk))


def ask(phone: Client, draft: str) -> Any:
    """Press the one button of the last page."""
    return phone.post(f"{draft}open/", {"version": version_on(phone, draft)})


def kept(draft: str) -> RoundDraft:
    with scope_of(HERE):
        return RoundDraft.objects.get(pk=id_of(draft))


def id_of(draft: str) -> UUID:
    return UUID(draft.rstrip("/").split("/")[-1])


LATER = at(8) + timedelta(hours=8)
"""After the deadline."""
