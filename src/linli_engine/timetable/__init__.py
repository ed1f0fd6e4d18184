"""Which household is called to its site when."""

from linli_engine.timetable.groups import GROUP_LIMIT as GROUP_LIMIT
from linli_engine.timetable.groups import make_call_groups as make_call_groups
from linli_engine.timetable.items import Callee as Callee
from linli_engine.timetable.items import CallGroup as CallGroup
from linli_engine.timetable.items import HouseholdCall as HouseholdCall
from linli_engine.timetable.items import SitePace as SitePace

__all__ = ["GROUP_LIMIT", "CallGroup", "Callee", "HouseholdCall", "SitePace", "make_call_groups"]
