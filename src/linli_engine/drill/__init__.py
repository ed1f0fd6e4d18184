"""How a day of testing goes: a behaviour model that writes the whole day as a script of timed events.

Minutes count from the order (0). People come or do not, early or late; desks serve them first come, first served;
sweep teams knock where somebody is outstanding, come again where nobody was found or somebody refused, and call
home-sampling teams for those who cannot come; until nobody is outstanding. The same seed gives the same script. Every
number people's behaviour rests on is in `Behaviour`, with its source or the word assumption.
"""

from linli_engine.drill.behaviour import Behaviour as Behaviour
from linli_engine.drill.behaviour import Teams as Teams
from linli_engine.drill.people import Household as Household
from linli_engine.drill.people import Person as Person
from linli_engine.drill.plan import DayPlan as DayPlan
from linli_engine.drill.plan import SiteDay as SiteDay
from linli_engine.drill.plan import plan_day as plan_day
from linli_engine.drill.script import Arrival as Arrival
from linli_engine.drill.script import Event as Event
from linli_engine.drill.script import FinalOutcome as FinalOutcome
from linli_engine.drill.script import HomeSampling as HomeSampling
from linli_engine.drill.script import Newcomer as Newcomer
from linli_engine.drill.script import Notice as Notice
from linli_engine.drill.script import Script as Script
from linli_engine.drill.script import Specimen as Specimen
from linli_engine.drill.script import Timeline as Timeline
from linli_engine.drill.script import Visit as Visit
from linli_engine.drill.script import VisitOutcome as VisitOutcome
from linli_engine.drill.summary import Summary as Summary
from linli_engine.drill.summary import summarise as summarise
from linli_engine.drill.write import write_script as write_script

__all__ = [
    "Arrival",
    "Behaviour",
    "DayPlan",
    "Event",
    "FinalOutcome",
    "HomeSampling",
    "Household",
    "Newcomer",
    "Notice",
    "Person",
    "Script",
    "SiteDay",
    "Specimen",
    "Summary",
    "Teams",
    "Timeline",
    "Visit",
    "VisitOutcome",
    "plan_day",
    "summarise",
    "write_script",
]
