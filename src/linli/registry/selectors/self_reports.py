"""Self-reports beside the register: what waits, and what each line would change."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scope_of, scoped
from linli.places.addresses import Address
from linli.places.scope import in_community
from linli.registry.access import access_self_report
from linli.registry.comparing import Line, lines_of, living_in, told_by
from linli.registry.errors import SlipNotValid
from linli.registry.masking import masked
from linli.registry.models import Household, HouseholdSlip, Residency, SelfReport
from linli.registry.shown import PersonShown, address_of, shown_people
from linli.registry.slips import is_intact, read_code

_DOOR = "household__dwelling__unit__building__compound"
LISTED = 200


@dataclass(frozen=True)
class ReportListed:
    """A report in the office's list."""

    id: UUID
    receipt: str
    address: Address
    given_at: datetime
    state: str
    label: str
    looked_by: str


@dataclass(frozen=True)
class ReportShown:
    """A report beside what the register says."""

    listed: ReportListed
    community: int
    lines: tuple[Line, ...]
    note: str
    unmentioned: tuple[PersonShown, ...]
    """Who lives there by the register and is not in the report."""
    reason: str

    @property
    def waits(self) -> bool:
        return self.listed.state == SelfReport.State.WAITING


@dataclass(frozen=True)
class ReportFigures:
    """How far self-reporting has come: households that live here, that have reported, and reports that wait."""

    households: int
    reported: int
    waiting: int


def reporting_household(actor: Actor, community: int, code: str) -> Household:
    """Return the household whose slip this is, with its door.

    For a page without sign-in. Raises SlipNotValid.
    """
    read = read_code(code)
    if read is None or not is_intact(read):
        raise SlipNotValid
    with scope_of(((community, community + 1),)):
        slips = HouseholdSlip.objects.filter(community=community, code_index=crypto.blind_index("slip", read))
        slip = slips.filter(revoked_at=None).select_related("household__dwelling__unit__building__compound").first()
        if slip is None:
            raise SlipNotValid
        household: Household = slip.household
    return household


def self_reports(actor: Actor, community: int) -> tuple[ReportFigures, tuple[ReportListed, ...]]:
    """Return the figures and the newest reports, those that wait first, for who holds person_write there. Four queries.

    Raises Refused, NotFound.
    """
    with in_community(actor, Right.PERSON_WRITE, community):
        rows = SelfReport.objects.filter(community=community)
        told = rows.aggregate(
            reported=Count("household", distinct=True, filter=~Q(state=SelfReport.State.REFUSED)),
            waiting=Count("id", filter=Q(state=SelfReport.State.WAITING)),
        )
        living = Residency.objects.filter(community=community, until=None).values("household").distinct().count()
        shown = rows.exclude(state=SelfReport.State.REPLACED).select_related(_DOOR).order_by("-given_at")
        waiting = list(shown.filter(state=SelfReport.State.WAITING).order_by("given_at")[:LISTED])
        looked_at = list(shown.exclude(state=SelfReport.State.WAITING)[: LISTED - len(waiting)])
        figures = ReportFigures(living, told["reported"], told["waiting"])
        return figures, tuple(_listed(each) for each in (*waiting, *looked_at))


def self_report(actor: Actor, report_id: UUID) -> ReportShown:
    """Return a report beside the register, for who holds person_write there. Raises Refused, NotFound."""
    with scoped(actor, Right.PERSON_WRITE):
        report = access_self_report(actor, report_id, right=Right.PERSON_WRITE)
        lines = lines_of(report)
        known = {line.person.id for line in lines if line.person}
        members = [each.person for each in living_in(report.household_id) if each.person_id not in known]
        told = told_by(report)
        return ReportShown(
            _listed(report), report.community, lines, masked(told.note), tuple(shown_people(members)), report.reason
        )


def _listed(report: SelfReport) -> ReportListed:
    household: Household = report.household
    return ReportListed(
        report.pk, report.receipt, address_of(household.dwelling), report.given_at, report.state,
        report.get_state_display(), report.looked_by,
    )  # fmt: skip
