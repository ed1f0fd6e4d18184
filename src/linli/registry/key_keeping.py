"""What the services of key lists share: a list that is still kept, and who joins and leaves it. Call inside a scope."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.accounts import who_holds
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.scope import everywhere
from linli.registry.access import access_key_list
from linli.registry.key_rules import Facts, On, Rule, Turnover, fits, turnover
from linli.registry.models import KeyList, KeyListEntry

How, Left = KeyListEntry.How, KeyListEntry.Left


def open_list(actor: Actor, list_id: UUID, right: Right) -> KeyList:
    """Return a list that is still kept, locked. Call inside a scope. Raises NotFound, Conflict."""
    found = access_key_list(actor, list_id, right=right, alone=True)
    if found.ended_at:
        raise Conflict(
            _("This list has ended; it is only read now. Make a new one if it is needed again."), code="list_ended"
        )
    return found


def bring_up(key_list: KeyList, facts: Mapping[UUID, Facts]) -> Turnover:
    """Let who belongs on the list join, and who does not leave."""
    today, rule = clock.today(), Rule.from_json(key_list.rule)
    fitting = {person for person, one in facts.items() if fits(rule, one, today)}
    rows = entries_on(key_list).values_list("person_id", "how", "leaves_on")
    on = {person: On(how == How.RULE, leaves_on) for person, how, leaves_on in rows}
    off = KeyListEntry.objects.filter(community=key_list.community, key_list=key_list, is_held_off=True)
    turned = turnover(on, set(off.values_list("person_id", flat=True)), fitting, facts.keys(), today)
    for people, left in ((turned.gone, Left.GONE), (turned.over, Left.TIME), (turned.fit_no_longer, Left.RULE)):
        leaving = entries_on(key_list).filter(person__in=people)
        if left is Left.TIME:
            leaving.filter(person__in=fitting).update(is_held_off=True)
        leaving.update(until=today, left=left)
    off.filter(person__in=turned.may_return).update(is_held_off=False)
    KeyListEntry.objects.bulk_create(_joining(key_list, person, today, rule) for person in sorted(turned.join))
    return turned


def _joining(key_list: KeyList, person: UUID, today: date, rule: Rule) -> KeyListEntry:
    return KeyListEntry(
        community=key_list.community, key_list=key_list, person_id=person, how=How.RULE, because=list(rule.conditions),
        since=today, leaves_on=leaving_day(key_list, today), keeper=key_list.keeper, next_on=today,
    )  # fmt: skip


def refuse_keeper(community: int, keeper: str) -> None:
    """Raise Invalid unless somebody of that user name looks after key lists there now: nobody is left without a keeper."""
    if keeper not in who_holds(Right.KEY_LIST_RECORD, community):
        raise Invalid(
            _("Nobody by the name “%(read)s” looks after key lists here."), code="keeper_unknown", read=keeper[:40]
        )


def leaving_day(key_list: KeyList, since: date) -> date | None:
    """Return the day on which somebody who joins leaves again, where the list says for how many days."""
    return since + timedelta(days=key_list.stays_days) if key_list.stays_days else None


def entries_on(key_list: KeyList) -> QuerySet[KeyListEntry]:
    """Return the entries of who is on a list now."""
    return KeyListEntry.objects.filter(community=key_list.community, key_list=key_list, until=None)


def communities_with_lists() -> list[int]:
    """Return where key lists are kept, for Linli's own upkeep."""
    with everywhere():
        return sorted(set(KeyList.objects.filter(ended_at=None).values_list("community", flat=True)))
