"""Each time that somebody is signed in: it begins, it goes on or it does not, and it can be ended from afar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.grants import demand_over, record
from linli.core.models import Device, SignIn, User
from linli.core.scope import installation_scope

KEPT = timedelta(days=30)
"""How long a sign-in that goes on no more can still be asked about; the audit chain says for good that there was one."""

IDLE_ON_SHARED_PHONE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that somebody is still there."""


class SignInEvent(StrEnum):
    """What happens at the door of an account."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FAILED = "sign_in_failed"
    CREDENTIALS_CHANGED = "password_changed"
    PROVIDER_JOINED = "provider_joined"


@dataclass(frozen=True)
class How:
    """How somebody signs in, and until when at most."""

    way: SignIn.Way = SignIn.Way.PASSWORD
    device: Device | None = None
    ends_at: datetime | None = None


def note_sign_in(user: User, what: SignInEvent) -> None:
    """Write into the audit chain that somebody signed in or out as this account, or tried to."""
    with installation_scope():
        record(Actor(user.username, "user", user.pk), what, user)


def begin_sign_in(user: User, how: How, agent: str) -> SignIn:
    """Write down that somebody has signed in, and return it: their session goes on as long as it does."""
    with installation_scope():
        begun: SignIn = SignIn.objects.create(
            user=user, way=how.way, device=how.device, ends_at=how.ends_at, agent=agent[:160]
        )
        device = how.device.name if how.device else ""
        record(
            Actor(user.username, "user", user.pk), SignInEvent.SIGNED_IN, user, after={"way": how.way, "device": device}
        )
    return begun


def present_sign_in(sign_in_id: str, *, acts: bool) -> SignIn | None:
    """Return a sign-in that goes on, else None: ended, past its time, its phone given up or nobody there for too long.

    `acts` says that somebody did something, rather than a page asking by itself.
    """
    open = SignIn.objects.filter(ended_at=None).select_related("device", "user")
    found = open.filter(pk=sign_in_id).first() if sign_in_id else None
    now = clock.now()
    if found is None or not _goes_on(found, now):
        return None
    if acts and now - found.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=found.pk).update(seen_at=now)
    return found


def _goes_on(sign_in: SignIn, now: datetime) -> bool:
    if sign_in.ends_at is not None and sign_in.ends_at <= now:
        return False
    if sign_in.device is None:
        return True
    return sign_in.device.revoked_at is None and now - sign_in.seen_at < IDLE_ON_SHARED_PHONE


def open_sign_ins(user: User) -> list[SignIn]:
    """Return the sign-ins of an account that go on, the latest first."""
    now = clock.now()
    rows = SignIn.objects.filter(user=user, ended_at=None).select_related("device").order_by("-began_at")
    return [each for each in rows if _goes_on(each, now)]


def end_own_sign_in(actor: Actor, sign_in_id: UUID) -> None:
    """Sign the actor's own account out on one phone. Writes one audit entry. Raises NotFound for another's."""
    found = SignIn.objects.filter(pk=sign_in_id, user=actor.user_id, ended_at=None).select_related("user").first()
    if found is None:
        raise NotFound
    _end(actor, found.user, SignIn.objects.filter(pk=found.pk))


def end_sign_ins(actor: Actor, user: User) -> None:
    """Sign an account out everywhere, at its next request. For who may give every role that it holds. Raises Refused."""
    demand_over(actor, user)
    _end(actor, user, SignIn.objects.filter(user=user, ended_at=None))


def _end(actor: Actor, user: User, rows: QuerySet[SignIn]) -> None:
    with installation_scope():
        count = rows.update(ended_at=clock.now())
        record(actor, "sign_ins_ended", user, after={"phones": count})


def forget_ended(now: datetime) -> int:
    """Remove the sign-ins that ended, or in which nobody was seen, so long ago; return how many. They name no resident."""
    before = now - KEPT
    over = Q(ended_at__lt=before) | Q(ends_at__lt=before) | Q(seen_at__lt=before)
    removed, _rows = SignIn.objects.filter(over).delete()
    return removed
