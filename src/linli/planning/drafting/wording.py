"""Steps of a draft, and what can be wrong with it, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.planning.drafting.told import Step

STEPS = {
    Step.WHAT: pgettext_lazy("step", "Basics"),
    Step.SCOPE: pgettext_lazy("step", "Scope"),
    Step.TARGETS: pgettext_lazy("step", "Targets"),
    Step.SITES: pgettext_lazy("step", "Sites"),
    Step.PLAN: pgettext_lazy("step", "Plan"),
    Step.STAFF: pgettext_lazy("step", "Staff"),
    Step.NOTICE: pgettext_lazy("step", "Notice"),
    Step.REVIEW: pgettext_lazy("step", "Open"),
}

WRONG = {
    "deadline_passed": _("This deadline has passed. Set one that lies ahead."),
    "deadline_before_t0": _("The deadline lies before the targets are frozen. Set a later one."),
    "deadline_too_far": _("The deadline lies more than 14 days ahead. Check day and month."),
    "ordered_ahead": _("The order cannot have come later than now. Correct the time, or leave it empty."),
    "ordered_too_early": _("The order lies more than 14 days back. Check day and month."),
    "t0_ahead": _("Targets are frozen from today's register, not in the future. Leave it empty: as the round opens."),
    "t0_before_the_order": _("Targets are frozen after the order came. Correct one of the times."),
    "no_hours": _("Say when the sites open and close."),
    "opens_in_the_past": _("This hour has passed: people would be called for it. Set a later one."),
    "closes_before_it_opens": _("The sites close before they open. Correct one of the times."),
    "hours_too_short": _("The sites are open for less than half an hour: nobody could be called. Open them longer."),
    "opens_after_the_deadline": _("The sites open after the deadline of the round. Open them earlier."),
    "closes_after_the_deadline": _("The sites close after the deadline of the round. Close them earlier."),
    "venue_gone": _("A venue that was chosen is no longer there. Choose again."),
    "venue_without_desk": _("A venue that is chosen needs at least one desk."),
    "more_desks_than_room": _("A venue has no room for so many desks."),
}
"""By the reasons of `rules`."""
