"""How everybody ended, and when what happened."""

from collections.abc import Mapping, Sequence

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.fates import Fate
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.script import (
    FinalOutcome,
    HomeSampling,
    Notice,
    Specimen,
    Timeline,
    Visit,
    VisitOutcome,
)

FINAL_AT_A_VISIT: Mapping[VisitOutcome, FinalOutcome] = {
    VisitOutcome.REFUSED: FinalOutcome.REFUSED,
    VisitOutcome.TESTED_ELSEWHERE: FinalOutcome.TESTED_ELSEWHERE,
    VisitOutcome.AWAY: FinalOutcome.AWAY,
    VisitOutcome.MOVED: FinalOutcome.MOVED,
    VisitOutcome.DEAD: FinalOutcome.DEAD,
}


def final_outcomes(
    fates: Mapping[str, Fate],
    specimens: Sequence[Specimen],
    visits: Sequence[Visit],
    samplings: Sequence[HomeSampling],
) -> dict[str, FinalOutcome]:
    """Give everybody's final outcome; a later visit's word replaces an earlier one's.

    Raises
    ------
    RuntimeError
        When somebody has none: the day ended too early, which is a defect of this package.
    """
    final = {person: FinalOutcome.AWAY for person, fate in fates.items() if fate is Fate.AWAY}
    for visit in visits:
        for person, outcome in visit.outcomes:
            if outcome in FINAL_AT_A_VISIT:
                final[person] = FINAL_AT_A_VISIT[outcome]
    final.update((specimen.person, FinalOutcome.DONE) for specimen in specimens)
    final.update((sampling.person, FinalOutcome.DONE) for sampling in samplings)
    missing = fates.keys() - final.keys()
    if missing:
        raise RuntimeError(f"The day ended with {len(missing)} persons outstanding, such as {min(missing)!r}.")
    return final


def timeline(
    plan: DayPlan,
    notices: Sequence[Notice],
    specimens: Sequence[Specimen],
    visits: Sequence[Visit],
    samplings: Sequence[HomeSampling],
    behaviour: Behaviour,
) -> Timeline:
    """Give the marks of the day."""
    opens = min(day.opens_minute for day in plan.sites)
    last_specimen = max((specimen.minute for specimen in specimens), default=opens)
    facts = [fact.minute for facts in (notices, visits, samplings) for fact in facts]
    last_fact = max([last_specimen, *(day.closes_minute for day in plan.sites), *facts])
    return Timeline(
        first_call=opens,
        mobilised=max((notice.minute for notice in notices), default=0.0),
        first_specimen=min((specimen.start_minute for specimen in specimens), default=opens),
        last_specimen=last_specimen,
        sweep_began=visits[0].minute if visits else None,
        swept=visits[-1].minute if visits else None,
        closed=last_fact + behaviour.closing_minutes,
    )
