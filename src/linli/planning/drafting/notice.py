"""The notice to residents, filled from what the draft and its plan say, in both languages."""

from datetime import datetime

from django.utils.dateformat import format as in_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from linli.core import clock
from linli.planning.drafting.plans import PlanSeen
from linli.planning.drafting.told import Told

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def filled_notice(told: Told, plan: PlanSeen, place: str) -> dict[str, str]:
    """Return the text in each language, by the names of the notice's boxes."""
    return {name: _in_language(language, told, plan, place) for name, language in LANGUAGES.items()}


def _in_language(language: str, told: Told, plan: PlanSeen, place: str) -> str:
    with override(language):
        parts = [
            _("To all residents"), *_middle(told, plan), *_end(told), place,
        ]  # fmt: skip
        return "\n\n".join(parts)


def _middle(told: Told, plan: PlanSeen) -> list[str]:
    name, sites = told.what.name, told.sites
    if sites is None or not sites.planned or sites.opens_at is None or sites.closes_at is None:
        return [
            _("“%(name)s”: somebody from the community comes to every door. Please be at home or leave word.")
            % {"name": name}
        ]
    opens_at = min((site.opens_at for site in plan.sites), default=sites.opens_at)
    closes_at = max((site.closes_at for site in plan.sites), default=sites.closes_at)
    lines = [_("Time: %(opens)s to %(closes)s") % {"opens": moment(opens_at), "closes": moment(closes_at)}]
    if plan.sites:
        lines.append(_("Place: %(places)s") % {"places": "、".join(site.name for site in plan.sites)})
    lines.append(
        _(
            "Bring: identity card or another document, your household slip, a mask. Without them, tell your name and door."
        )
    )
    lines.append(_("Who cannot come down tells the building head or grid worker: we come to the door."))
    return [
        _("“%(name)s” takes place in our community. Come at the time of your building in the table; who comes earlier waits longer.")
        % {"name": name},
        "\n".join(lines),
    ]  # fmt: skip


def _end(told: Told) -> list[str]:
    return [_("Everybody should be tested or heard of by %(deadline)s.") % {"deadline": moment(told.what.deadline)}]


def moment(at: datetime) -> str:
    """Return a moment by the community's clock, as notices write it."""
    return in_format(at.astimezone(clock.local_zone()), pgettext("date format", "j M H:i"))
