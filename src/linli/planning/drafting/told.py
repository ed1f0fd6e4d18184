"""What is said of a round in its draft, step by step, and how it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

Kept = Mapping[str, Any]


class Step(StrEnum):
    """The steps of preparing a round, in their order."""

    WHAT = "what"
    SCOPE = "scope"
    TARGETS = "targets"
    SITES = "sites"
    PLAN = "plan"
    STAFF = "staff"
    NOTICE = "notice"
    REVIEW = "review"


class Part:
    """What one step says."""

    step: ClassVar[Step]

    def as_json(self) -> dict[str, Any]:
        """Return what is kept."""
        told: dict[str, Any] = plain(asdict(self))  # type: ignore[call-overload]  # every part is a dataclass
        return told


@dataclass(frozen=True)
class What(Part):
    """Its kind, name, rules and times. What is empty is settled as the round opens: now, and the rules in force."""

    step = Step.WHAT
    name: str
    deadline: datetime
    kind: str = "test"
    ordered_at: datetime | None = None
    t0: datetime | None = None
    rule_pack: UUID | None = None

    @classmethod
    def read(cls, kept: Kept) -> Self:
        pack = kept["rule_pack"]
        return cls(
            kept["name"], datetime.fromisoformat(kept["deadline"]), kept["kind"], _moment(kept["ordered_at"]),
            _moment(kept["t0"]), UUID(pack) if pack else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Scope(Part):
    """The places that were chosen; none: the whole community."""

    step = Step.SCOPE
    grids: tuple[UUID, ...] = ()
    compounds: tuple[UUID, ...] = ()
    buildings: tuple[UUID, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether it is a part of the community."""
        return bool(self.grids or self.compounds or self.buildings)

    @classmethod
    def read(cls, kept: Kept) -> Self:
        return cls(_ids(kept["grids"]), _ids(kept["compounds"]), _ids(kept["buildings"]))


@dataclass(frozen=True)
class Seen(Part):
    """How the targets were when somebody looked at them and went on."""

    step = Step.TARGETS
    digest: str
    people: int
    expected: int
    scope: str
    """Digest of the scope that was looked at."""

    @classmethod
    def read(cls, kept: Kept) -> Self:
        return cls(kept["digest"], kept["people"], kept["expected"], kept["scope"])


@dataclass(frozen=True)
class Sites(Part):
    """Whether sites and call groups are planned, the hours of all sites, and the desks of each venue chosen."""

    step = Step.SITES
    planned: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    desks: Mapping[UUID, int] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Kept) -> Self:
        desks = {UUID(venue): desks for venue, desks in kept["desks"].items()}
        return cls(kept["planned"], _moment(kept["opens_at"]), _moment(kept["closes_at"]), desks)


@dataclass(frozen=True)
class Staff(Part):
    """Who stands where: a post's key by person; and how many sweep teams there are to be."""

    step = Step.STAFF
    posts: Mapping[UUID, str] = field(default_factory=dict)
    teams: int = 0

    @classmethod
    def read(cls, kept: Kept) -> Self:
        return cls({UUID(person): post for person, post in kept["posts"].items()}, kept["teams"])


@dataclass(frozen=True)
class Notice(Part):
    """The notice to residents in both languages, and the plan that it was filled from."""

    step = Step.NOTICE
    zh: str
    en: str
    basis: str

    @classmethod
    def read(cls, kept: Kept) -> Self:
        return cls(kept["zh"], kept["en"], kept["basis"])


@dataclass(frozen=True)
class Told:
    """All that is said of a round so far."""

    what: What
    scope: Scope | None = None
    seen: Seen | None = None
    sites: Sites | None = None
    staff: Staff | None = None
    notice: Notice | None = None

    @classmethod
    def read(cls, kept: Kept) -> Self:
        """Read what a draft keeps."""
        return cls(
            What.read(kept[Step.WHAT]),
            Scope.read(kept[Step.SCOPE]) if Step.SCOPE in kept else None,
            Seen.read(kept[Step.TARGETS]) if Step.TARGETS in kept else None,
            Sites.read(kept[Step.SITES]) if Step.SITES in kept else None,
            Staff.read(kept[Step.STAFF]) if Step.STAFF in kept else None,
            Notice.read(kept[Step.NOTICE]) if Step.NOTICE in kept else None,
        )


def plain(value: Any) -> Any:
    """Return a value in a form that JSON can carry."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _ids(kept: list[str]) -> tuple[UUID, ...]:
    return tuple(UUID(each) for each in kept)
