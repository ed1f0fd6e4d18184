"""One plan of a testing round: sites, desks, timetable and forecast together."""

from linli_engine.microplan.items import HouseholdToPlan as HouseholdToPlan
from linli_engine.microplan.items import Microplan as Microplan
from linli_engine.microplan.items import PlanParameters as PlanParameters
from linli_engine.microplan.items import Venue as Venue
from linli_engine.microplan.plan import plan_testing as plan_testing

__all__ = ["HouseholdToPlan", "Microplan", "PlanParameters", "Venue", "plan_testing"]
