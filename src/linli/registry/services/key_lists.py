"""Key lists: made, changed, ended, and brought up to what the register says (R43, R44)."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Department, Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.registry.access import access_key_list
from linli.registry.key_facts import facts_of
from linli.registry.key_keeping import Left, bring_up, entries_on, open_list, refuse_keeper
from linli.registry.key_rules import Rule, Turnover
from linli.registry.models import KeyList

KEPT_AT_MOST = timedelta(days=366)
"""For how long ahead a list can be kept; then somebody decides again whether it is still needed."""
DAYS_AT_MOST = 366


@dataclass(frozen=True)
class KeyListWords:
    """What a key list is to be."""

    name: str
    purpose: str
    task: str
    keeper: str
    ends_on: date
    every_days: int = 1
    stays_days: int | None = None
    department: str = ""
    rule: Rule = field(default_factory=Rule)


LONGEST = {"name": 60, "purpose": 200, "task": 60}
"""Characters of what is said of a list."""


def make_key_list(actor: Actor, community: int, words: KeyListWords) -> KeyList:
    """Begin a key list and put on it whoever its rule fits now.

    For who holds key_list_write there. Writes the list, its entries and one audit entry. Raises Refused, NotFound, Invalid
    for what is missing or out of range, Conflict when a list of that name is kept already. Serves R43, R44.
    """
    words = _usual_spaces(words)
    _refuse_unusable(words)
    with in_community(actor, Right.KEY_LIST_WRITE, community):
        _refuse_opening(actor, community, words.department)
        locks.hold("key list", community)
        refuse_keeper(community, words.keeper)
        _refuse_second(community, words.name)
        made: KeyList = KeyList.objects.create(community=community, made_by=actor.name, **_columns(words))
        turned = bring_up(made, facts_of(community))
        _record(actor, "key_list_made", made, after={**_told(words), "joined": len(turned.join)})
    return made


def change_key_list(actor: Actor, list_id: UUID, words: KeyListWords) -> KeyList:
    """Change what a key list is, and bring it up to its new rule; who was looked after by the keeper of the list gets its new one.

    For who holds key_list_write there. Raises as `make_key_list`, and Conflict for a list that has ended.
    """
    words = _usual_spaces(words)
    _refuse_unusable(words)
    with scoped(actor, Right.KEY_LIST_WRITE):
        community = access_key_list(actor, list_id, right=Right.KEY_LIST_WRITE).community
        with in_community(actor, Right.KEY_LIST_WRITE, community):
            locks.hold("key list", community)
            changed = open_list(actor, list_id, Right.KEY_LIST_WRITE)
            if changed.department != words.department:
                _refuse_opening(actor, community, words.department)
            if changed.is_for_requests and words.rule != Rule():
                raise Invalid(_("Nobody is on the list of requests by a rule."), code="rule_of_requests")
            if changed.name != words.name:
                _refuse_second(community, words.name)
            before = _told(_words_of(changed))
            if changed.keeper != words.keeper:
                refuse_keeper(community, words.keeper)
                entries_on(changed).filter(keeper=changed.keeper).update(keeper=words.keeper)
            for name, value in _columns(words).items():
                setattr(changed, name, value)
            changed.save(update_fields=list(_columns(words)))
            bring_up(changed, facts_of(community))
            _record(actor, "key_list_changed", changed, before=before, after=_told(words))
    return changed


def end_key_list(actor: Actor, list_id: UUID) -> KeyList:
    """End a key list: everybody leaves it, and it is only read from then on.

    For who holds key_list_write there. Writes one audit entry. Raises NotFound, Conflict for a list that has ended, and for
    that of requests while somebody waits.
    """
    with scoped(actor, Right.KEY_LIST_WRITE):
        ended = open_list(actor, list_id, Right.KEY_LIST_WRITE)
        waiting = entries_on(ended).filter(leaves_on=None).count() if ended.is_for_requests else 0
        if waiting:
            raise Conflict(
                _("%(count)s people wait for what they asked for: see to that first, or take them off with a reason."),
                code="requests_wait", count=waiting,
            )  # fmt: skip
        _end(actor, ended)
    return ended


def bring_up_to_date(actor: Actor, community: int) -> int:
    """Bring every key list of a community up to the register and the day; return how many changed.

    For who holds key_list_write there, and by itself after each change of the register and every night. Lists whose last day has
    come end. Writes one audit entry for each list that changed. Requests end with no day. Raises Refused, NotFound.
    """
    with in_community(actor, Right.KEY_LIST_WRITE, community):
        locks.hold("key list", community)
        kept = list(KeyList.objects.select_for_update().filter(community=community, ended_at=None).order_by("id"))
        if not kept:
            return 0
        facts, changed = facts_of(community), 0
        for each in kept:
            if each.ends_on <= clock.today() and not each.is_for_requests:
                _end(actor, each)
                changed += 1
            elif turned := bring_up(each, facts):
                _record(actor, "key_list_brought_up", each, after=_counts(turned))
                changed += 1
    return changed


def _refuse_unusable(words: KeyListWords) -> None:
    for name, most in LONGEST.items():
        text = getattr(words, name)
        if not text.strip() or not text.isprintable() or len(text) > most:
            raise Invalid(
                _("A list needs a name, what it is for, what is done for each, and who does it."),
                code="list_words_missing",
            )
    if (
        not 1 <= words.every_days <= DAYS_AT_MOST
        or not 1 <= (1 if words.stays_days is None else words.stays_days) <= DAYS_AT_MOST
    ):
        raise Invalid(_("Days are counted from 1 to %(most)s."), code="days_out_of_range", most=DAYS_AT_MOST)
    today = clock.today()
    if not today < words.ends_on <= today + KEPT_AT_MOST:
        raise Invalid(
            _("A list ends on a day after today and within a year; then decide again."), code="list_end_out_of_range"
        )
    if words.department and words.department not in Department.values:
        raise Invalid(_("“%(read)s” is no department."), code="department_unknown", read=words.department)


def _usual_spaces(words: KeyListWords) -> KeyListWords:
    name, purpose, task = (" ".join(text.split()) for text in (words.name, words.purpose, words.task))
    return replace(words, name=name, purpose=purpose, task=task)


def _refuse_opening(actor: Actor, community: int, department: str) -> None:
    """Refuse to open a list of names to a department unless the actor gives people their rights there."""
    if department and not actor.has(Right.USERS_MANAGE, community):
        raise Invalid(
            _("Only who manages the accounts here opens a list to a department. Leave it closed, or ask them."),
            code="department_not_yours",
        )


def _refuse_second(community: int, name: str) -> None:
    if KeyList.objects.filter(community=community, name=name, ended_at=None).exists():
        raise Conflict(_("A list “%(name)s” is kept already."), code="list_name_taken", name=name)


def _end(actor: Actor, key_list: KeyList) -> None:
    left = entries_on(key_list).update(until=clock.today(), left=Left.ENDED)
    key_list.ended_at = clock.now()
    key_list.save(update_fields=["ended_at"])
    _record(actor, "key_list_ended", key_list, after={"left": left})


def _columns(words: KeyListWords) -> dict[str, Any]:
    return {
        "name": words.name, "purpose": words.purpose, "task": words.task, "keeper": words.keeper, "ends_on": words.ends_on,
        "every_days": words.every_days, "stays_days": words.stays_days, "department": words.department,
        "rule": words.rule.as_json(),
    }  # fmt: skip


def _words_of(key_list: KeyList) -> KeyListWords:
    return KeyListWords(
        key_list.name, key_list.purpose, key_list.task, key_list.keeper, key_list.ends_on, key_list.every_days,
        key_list.stays_days, key_list.department, Rule.from_json(key_list.rule),
    )  # fmt: skip


def _told(words: KeyListWords) -> dict[str, Any]:
    return {**_columns(words), "ends_on": words.ends_on.isoformat()}


def _counts(turned: Turnover) -> dict[str, int]:
    left = {"gone": turned.gone, "over": turned.over, "fit_no_longer": turned.fit_no_longer}
    return {"joined": len(turned.join), **{name: len(people) for name, people in left.items() if people}}


def _record(
    actor: Actor, action: str, key_list: KeyList, *, after: dict[str, Any], before: dict[str, Any] | None = None
) -> None:
    audit.record(
        actor, action, community=key_list.community, right=Right.KEY_LIST_WRITE, object_type="key_list",
        object_id=key_list.pk, before=before, after=after,
    )  # fmt: skip
