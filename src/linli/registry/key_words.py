"""What a key list's rule asks for, in sentences."""

import hashlib
from collections.abc import Callable

from django.utils.translation import gettext as _

from linli.registry.care_words import care_words
from linli.registry.key_rules import Condition, Rule
from linli.registry.models import Residency
from linli.registry.wording import SAID_WORDS


def said_of(rule: Rule) -> list[str]:
    """Return what a rule asks for, a sentence for each condition; nothing for a list that is kept by hand only."""
    return [_SAID[condition](rule) for condition in rule.conditions]


def mark_of(reason: str) -> str:
    """Return a short mark of what somebody asked for, by which a page that was open for a while is told from a new one."""
    return hashlib.blake2b(reason.encode(), digest_size=6).hexdigest()


def _listed(words: tuple[str, ...]) -> str:
    return _(", ").join(words)


def _age(rule: Rule) -> str:
    if rule.age_to is None:
        return _("at least %(from)s years old") % {"from": rule.age_from}
    if rule.age_from is None:
        return _("at most %(to)s years old") % {"to": rule.age_to}
    return _("from %(from)s to %(to)s years old") % {"from": rule.age_from, "to": rule.age_to}


_SAID: dict[Condition, Callable[[Rule], str]] = {
    Condition.NEEDS: lambda rule: _("has one of these care needs: %(words)s") % {"words": care_words(rule.needs)},
    Condition.KINDS: lambda rule: (
        _("lives here as: %(words)s")
        % {"words": _listed(tuple(str(Residency.Kind(kind).label) for kind in rule.kinds))}
    ),
    Condition.AGE: _age,
    Condition.HUKOU_ELSEWHERE: lambda rule: (
        _("is registered elsewhere than %(words)s") % {"words": _listed(rule.hukou_not)}
    ),
    Condition.HUKOU_IN: lambda rule: _("is registered in %(words)s") % {"words": _listed(rule.hukou_in)},
    Condition.CAME: lambda rule: _("came here within %(days)s days") % {"days": rule.came_within_days},
    Condition.CAME_FROM: lambda rule: _("says to come from %(words)s") % {"words": _listed(rule.came_from)},
    Condition.SAID: lambda rule: (
        _("says in a self-report: %(words)s")
        % {"words": _listed(tuple(str(SAID_WORDS[saying]) for saying in rule.said))}
    ),
}
