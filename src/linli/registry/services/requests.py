"""What somebody asks for at their door or by phone, on the community's list of requests until they got it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.core import audit, clock, locks
from linli.core.accounts import who_holds
from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.rights import Right, Role
from linli.places.scope import in_community
from linli.registry.key_keeping import How
from linli.registry.models import KeyList, KeyListEntry, Person
from linli.registry.services.key_lists import KEPT_AT_MOST
from linli.registry.wording import REQUESTS

LONGEST, _BETWEEN = 200, "; "
LOOK_AFTER = (Role.CARE_WORKER, Role.GRID_WORKER, Role.COORDINATOR)
"""Whom requests go to first."""


def ask_for_help(actor: Actor, person: Person, kind: str, words: str = "", *, right: Right) -> KeyListEntry:
    """Write down that somebody asks for something; it is due today, with a keeper, until it is done.

    For who holds `right` in the person's community (a sweep passes its own). Who asked before and asks again keeps both. Makes the
    community's list of requests where there is none. Writes one audit entry. Raises Refused, NotFound, Invalid for an
    unknown kind, for “something else” without words, and for more than there is room for beside what they wait for.
    """
    words = " ".join(words.split())
    if kind not in REQUESTS or (kind == "other" and not words) or not words.isprintable():
        raise Invalid(gettext_lazy("Say what is needed."), code="request_unknown")
    said = f"{REQUESTS[kind]}: {words}" if words else str(REQUESTS[kind])
    with in_community(actor, right, person.community):
        locks.hold("key list", person.community)
        key_list = _list_of_requests(actor, person.community)
        today = clock.today()
        mine = KeyListEntry.objects.filter(community=person.community, key_list=key_list, person=person, until=None)
        entry: KeyListEntry = mine.first() or KeyListEntry(
            community=person.community, key_list=key_list, person=person, how=How.HAND, since=today,
            keeper=key_list.keeper, next_on=today,
        )  # fmt: skip
        waits = entry.reason.split(_BETWEEN) if entry.reason and entry.leaves_on is None else []
        asked = _BETWEEN.join([*waits, *([said] if said not in waits else [])])
        if len(asked) > LONGEST:
            raise Invalid(
                gettext_lazy("Too long beside what they wait for already (%(waits)s): say it in fewer words."),
                code="request_too_long", waits=_BETWEEN.join(waits) or said[:40],
            )  # fmt: skip
        entry.reason, entry.how = asked, How.HAND
        entry.next_on, entry.leaves_on = today, None
        entry.save(force_insert=entry._state.adding)
        audit.record(
            actor, "help_asked_for", community=person.community, right=right, object_type="person", object_id=person.pk,
            after={"list": str(key_list.pk), "kind": kind},
        )  # fmt: skip
    return entry


def _list_of_requests(actor: Actor, community: int) -> KeyList:
    """Return the list of requests, alone until the transaction ends: what was done for somebody is written with it locked too."""
    lists = KeyList.objects.select_for_update().filter(community=community, is_for_requests=True, ended_at=None)
    kept: KeyList | None = lists.first()
    if kept:
        return kept
    name, today = _("Asked for help"), clock.today()
    if KeyList.objects.filter(community=community, name=name, ended_at=None).exists():
        name = f"{name} {today:%m-%d}"
    keeper = next(iter(who_holds(Right.KEY_LIST_RECORD, community, first=LOOK_AFTER)), actor.name)
    made: KeyList = KeyList.objects.create(
        community=community, name=name, purpose=_("what people asked for at their door, until they have it"),
        task=_("bring it or see to it"), keeper=keeper, made_by=actor.name, ends_on=today + KEPT_AT_MOST - timedelta(days=1),
        is_for_requests=True,
    )  # fmt: skip
    return made
