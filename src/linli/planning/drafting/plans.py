"""The plan of a draft as a page shows it: being made, made, out of date, or why there is none."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from linli.core import jobs
from linli.core.errors import LANGUAGES
from linli.core.models import Work
from linli.planning.drafting.reading import latest_work, plan_basis
from linli.planning.models import RoundDraft


@dataclass(frozen=True)
class SiteAhead:
    """A site of a plan."""

    key: str
    name: str
    desks: int
    opens_at: datetime
    closes_at: datetime
    groups: int
    people: int


@dataclass(frozen=True)
class BuildingCalled:
    """A building with its people, where they go, and its first and last call."""

    compound: str
    building: str
    people: int
    sites: str
    first: datetime
    last: datetime


@dataclass(frozen=True)
class PlanSeen:
    """The plan of a draft that was asked for last, if any."""

    work: Work | None
    is_current: bool
    """Whether it was made for what the draft says now; the register apart."""

    @property
    def is_under_way(self) -> bool:
        return self.work is not None and self.is_current and self.work.state in jobs.UNDER_WAY

    @property
    def is_made(self) -> bool:
        return self.work is not None and self.is_current and self.work.state == Work.State.DONE

    @property
    def error(self) -> str:
        """Why there is none."""
        return error_text(self.work) if self.work and self.is_current else ""

    @property
    def promised(self) -> dict[str, Any]:
        return self.work.result["promised"] if self.work and self.is_made else {}

    @property
    def people(self) -> int:
        return self.work.result["people"] if self.work and self.is_made else 0

    @property
    def expected(self) -> int:
        return self.work.result["expected"] if self.work and self.is_made else 0

    @property
    def digest(self) -> str:
        """Digest of the targets that it was made for."""
        return self.work.result["digest"] if self.work and self.is_made else ""

    @property
    def sites(self) -> tuple[SiteAhead, ...]:
        rows = self.work.result["sites"] if self.work and self.is_made else []
        return tuple(
            SiteAhead(
                row["venue"] or str(number), row["name"], row["desks"], datetime.fromisoformat(row["opens_at"]),
                datetime.fromisoformat(row["closes_at"]), row["groups"], row["people"],
            )
            for number, row in enumerate(rows, start=1)
        )  # fmt: skip

    @property
    def buildings(self) -> tuple[BuildingCalled, ...]:
        rows = self.work.result["buildings"] if self.work and self.is_made else []
        return tuple(
            BuildingCalled(
                row["compound"], row["building"], row["people"], "、".join(row["sites"]),
                datetime.fromisoformat(row["first"]), datetime.fromisoformat(row["last"]),
            )
            for row in rows
        )  # fmt: skip


def plan_seen(draft: RoundDraft) -> PlanSeen:
    """Return the plan of a draft as it is. Call inside a scope."""
    work = latest_work(draft)
    return PlanSeen(work, work is not None and work.arguments["basis"] == plan_basis(draft))


def error_text(work: Work) -> str:
    """Return why a piece of work failed, in the reader's language; empty when it has not."""
    if not work.error:
        return ""
    return str(work.error["message_zh" if get_language() == LANGUAGES[0] else "message_en"])
