"""Self-reports: given by a household without an account, then taken over into the register or refused by the office."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, crypto, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.scope import in_community
from linli.registry.access import access_self_report
from linli.registry.comparing import Act, Line, lines_of
from linli.registry.errors import TooManyReports
from linli.registry.models import Household, SelfReport
from linli.registry.selectors.self_reports import reporting_household
from linli.registry.services.people import PersonWords, add_person, edit_person
from linli.registry.services.stays import end_residency
from linli.registry.slips import new_code
from linli.registry.told import HouseholdTold
from linli.registry.turns import tell_changed

REPORTS_A_DAY = 10
HOUSEHOLD = Actor("household", "job")
"""Who gives a self-report: somebody with a slip in hand, who has no right and needs none."""


def give_self_report(actor: Actor, community: int, code: str, told: HouseholdTold) -> str:
    """Keep what a household says until the office has compared it, and return the receipt's number.

    For a page without sign-in. A later report takes the place of one that still waits. Writes the report and one audit
    entry. Raises SlipNotValid, TooManyReports. Serves R46, R47.
    """
    household = reporting_household(actor, community, code)
    with scope_of(((community, community + 1),)):
        locks.hold("self-report", household.pk)
        earlier = SelfReport.objects.filter(community=community, household=household)
        if earlier.filter(given_at__gte=clock.now() - timedelta(days=1)).count() >= REPORTS_A_DAY:
            raise TooManyReports(most=REPORTS_A_DAY)
        earlier.filter(state=SelfReport.State.WAITING).update(state=SelfReport.State.REPLACED)
        report: SelfReport = SelfReport.objects.create(
            community=community, household=household, receipt=_new_receipt(), told=crypto.seal(told.dumped())
        )
        _record(actor, "self_report_given", report, after={"people": len(told.people)})
    return report.receipt


def confirm_self_report(actor: Actor, report_id: UUID, chosen: Collection[int]) -> int:
    """Take the chosen lines of a report over into the register, and return how many changed it.

    For who holds person_write there. All or none: what one line meets with undoes the others. Each change writes its
    own audit entry as if it were made by hand, the report one more. Raises NotFound, Conflict when somebody has looked
    at it already, and what adding, correcting and ending a stay raise.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = access_self_report(actor, report_id, right=Right.PERSON_WRITE).community
        with in_community(actor, Right.PERSON_WRITE, community):
            report = _waiting(actor, report_id)
            lines = [line for line in lines_of(report) if line.number in chosen and line.act in _TAKE_OVER]
            for line in lines:
                _TAKE_OVER[line.act](actor, report, line)
            _look(actor, report, SelfReport.State.CONFIRMED)
            tell_changed(report.community)
            _record(actor, "self_report_confirmed", report, after={"taken_over": len(lines)})
    return len(lines)


def refuse_self_report(actor: Actor, report_id: UUID, reason: str) -> None:
    """Put a report aside: nothing in the register changes.

    For who holds person_write there. Writes one audit entry. Raises NotFound, Invalid without a reason, Conflict when
    somebody has looked at it already.
    """
    if not reason.strip():
        raise Invalid(_("Say why this report is not taken over."), code="reason_missing")
    with scoped(actor, Right.PERSON_WRITE):
        community = access_self_report(actor, report_id, right=Right.PERSON_WRITE).community
        with in_community(actor, Right.PERSON_WRITE, community):
            report = _waiting(actor, report_id)
            _look(actor, report, SelfReport.State.REFUSED, reason.strip()[:200])
            _record(actor, "self_report_refused", report, reason=reason.strip())


def _waiting(actor: Actor, report_id: UUID) -> SelfReport:
    locks.hold("self-report", access_self_report(actor, report_id, right=Right.PERSON_WRITE).household_id)
    report = access_self_report(actor, report_id, right=Right.PERSON_WRITE)
    if report.state != SelfReport.State.WAITING:
        raise Conflict(_("Somebody has looked at this report already."), code="looked_at_already")
    return report


def _look(actor: Actor, report: SelfReport, state: str, reason: str = "") -> None:
    report.state, report.looked_at, report.looked_by, report.reason = state, clock.now(), actor.name, reason
    report.save(update_fields=["state", "looked_at", "looked_by", "reason"])


def _add(actor: Actor, report: SelfReport, line: Line) -> None:
    told = line.told
    words = PersonWords(name=told.name, id_number=told.id_number or None, phones=told.phones or None)
    dwelling = Household.objects.filter(pk=report.household_id).values_list("dwelling_id", flat=True).first()
    if dwelling is None:
        raise NotFound
    add_person(actor, dwelling, words, household_id=report.household_id)


def _correct(actor: Actor, report: SelfReport, line: Line) -> None:
    assert line.person is not None
    words = PersonWords(id_number=line.new_number or None, phones=line.new_phones or None)
    edit_person(actor, line.person.id, words, reason=f"self-report {report.receipt}")


def _end(actor: Actor, _report: SelfReport, line: Line) -> None:
    assert line.person is not None
    end_residency(actor, line.person.id, "moved")


_TAKE_OVER = {Act.ADD: _add, Act.CORRECT: _correct, Act.END: _end}


def _new_receipt() -> str:
    return new_code()[1:9]


def _record(
    actor: Actor, action: str, report: SelfReport, *, after: dict[str, object] | None = None, reason: str = ""
) -> None:
    audit.record(
        actor, action, community=report.community, right=Right.PERSON_WRITE, object_type="self_report",
        object_id=report.pk, after={"household": str(report.household_id), **(after or {})}, reason=reason,
    )  # fmt: skip
