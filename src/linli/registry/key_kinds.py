"""Ready-made key lists: the four of R44 and the people with care needs of R169, to begin from and to change."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry.key_rules import SAYINGS, Rule
from linli.registry.models import Residency

FLOATING = (Residency.Kind.RESIDENT.value, Residency.Kind.TENANT.value)


@dataclass(frozen=True)
class Kind:
    """How a list of one kind begins."""

    name: Promise
    purpose: Promise
    task: Promise
    rule: Rule = field(default_factory=Rule)
    every_days: int = 7
    stays_days: int | None = None
    asks_city: bool = False
    """Whether the place whose household registration is not meant is the list's own city."""


KINDS: dict[str, Kind] = {
    "hukou_elsewhere": Kind(
        _("Registered elsewhere"), _("to know who lives here and is registered elsewhere, and how to reach them"),
        _("check that they still live here"), Rule(kinds=FLOATING), every_days=30, asks_city=True,
    ),
    "hot_spot": Kind(
        _("From affected areas"), _("to ask after the health of who came from an area with an outbreak"),
        _("call and ask after their health"), every_days=1, stays_days=14,
    ),
    "came_lately": Kind(
        _("Came lately"), _("to ask who came in the last 14 days where they were and how they are"),
        _("visit and ask where they were"), Rule(came_within_days=14), every_days=2, stays_days=14,
    ),
    "at_home": Kind(
        _("Staying at home under observation"), _("to care for who stays at home by an order, twice a day"),
        _("ask after health and needs"), every_days=1, stays_days=14,
    ),
    "unwell": Kind(
        _("Unwell or met a case"), _("to follow who said that they are unwell or have met a case"),
        _("call and ask after their health"), Rule(said=SAYINGS), every_days=1, stays_days=14,
    ),
    "living_alone": Kind(
        _("Old people living alone"), _("to see every few days that they are well and have what they need"),
        _("call or knock"), Rule(needs=("独居老人", "空巢老人", "高龄独居")), every_days=2,
    ),
    "dialysis": Kind(
        _("Dialysis and chemotherapy"), _("that nobody misses a treatment"),
        _("ask when the next treatment is and how they get there"), Rule(needs=("透析", "肿瘤化疗")), every_days=2,
    ),
    "pregnant": Kind(
        _("Pregnant"), _("that nobody misses a check-up, and that the way to the hospital is known"),
        _("call and ask after their health"), Rule(needs=("孕妇",)), every_days=7,
    ),
    "disabled": Kind(
        _("Who cannot come by themselves"), _("that who cannot come is visited at home"), _("visit"),
        Rule(needs=("肢体残疾", "视力残疾", "听力残疾", "残疾", "长期卧床", "精神障碍", "精神残疾", "智力残疾")), every_days=7,
    ),
    "over_80": Kind(_("80 and older"), _("to know who may need help first"), _("call or knock"), Rule(age_from=80)),
}  # fmt: skip


def beginning(kind: str, city: str, code: int) -> dict[str, Any]:
    """Return how a list of a kind begins in a community, as the form takes it; an unknown kind begins empty."""
    begun = KINDS.get(kind)
    if begun is None:
        return {}
    here = (city.removesuffix("市"), str(code)[:4]) if begun.asks_city else ()
    return {
        "name": str(begun.name), "purpose": str(begun.purpose), "task": str(begun.task),
        "every_days": begun.every_days, "stays_days": begun.stays_days,
        "rule": Rule(**{**begun.rule.__dict__, "hukou_not": tuple(word for word in here if word)}),
    }  # fmt: skip
