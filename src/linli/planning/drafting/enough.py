"""Whether the venues and desks that were chosen are enough for the people: a warning, the plan decides."""

from dataclasses import dataclass
from datetime import timedelta

from linli.orders.rules import RulePackRules
from linli.planning.drafting.told import Sites
from linli_engine.siting import sites_needed
from linli_engine.staffing import DeskTargets, desks_needed


@dataclass(frozen=True)
class Enough:
    """What so many people need, beside what was chosen."""

    expected: int
    sites: int
    sites_needed: int
    desks: int
    desks_needed: int
    """0 when the hours are too short for any number of desks."""

    @property
    def has_too_few_sites(self) -> bool:
        """Whether more sites are needed; where no venue was chosen, the plan finds open spaces."""
        return 0 < self.sites < self.sites_needed

    @property
    def has_too_few_desks(self) -> bool:
        return self.sites > 0 and (self.desks_needed == 0 or self.desks < self.desks_needed)


def enough(sites: Sites, expected: int, rules: RulePackRules) -> Enough:
    """Compare what was chosen with what the expected people need (R92, R93, R105)."""
    needed = sites_needed(expected, persons_per_site=rules.persons_per_site)
    return Enough(expected, len(sites.desks), needed, sum(sites.desks.values()), needed_desks(sites, expected, rules))


def needed_desks(sites: Sites, expected: int, rules: RulePackRules) -> int:
    """Return how many desks the expected people need in the hours chosen; 0 when these are too short."""
    if sites.opens_at is None or sites.closes_at is None:
        return 0
    usual = DeskTargets()
    hours = (sites.closes_at - sites.opens_at) / timedelta(hours=1)
    if hours <= usual.tail_minutes / 60:
        return 0
    return desks_needed(expected, targets=DeskTargets(rate_per_hour=rules.desk_rate_per_hour, window_hours=hours))
