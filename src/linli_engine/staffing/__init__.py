"""How many sampling desks, at which site, for how long."""

from linli_engine.staffing.desks import desks_needed as desks_needed
from linli_engine.staffing.desks import size_desks as size_desks
from linli_engine.staffing.items import DeskPlan as DeskPlan
from linli_engine.staffing.items import DeskTargets as DeskTargets
from linli_engine.staffing.items import SiteDesks as SiteDesks

__all__ = ["DeskPlan", "DeskTargets", "SiteDesks", "desks_needed", "size_desks"]
