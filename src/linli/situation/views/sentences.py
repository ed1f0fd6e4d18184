"""The title of a list as a sentence with its figure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.rounds.models import Outcome, Target
from linli.situation.selectors.targets import Wanted


def sentence_of(wanted: Wanted, count: int) -> str:
    """Say how many people a list holds, and which."""
    which = _which(wanted)
    people = ngettext("%(n)d person", "%(n)d people", count) % {"n": count}
    return _("%(which)s: %(people)s") % {"which": which, "people": people} if which else people


def _which(wanted: Wanted) -> str:
    words = {
        "": "",
        "expected": _("to be reached"),
        "open": _("outstanding"),
        "settled": _("accounted for"),
        "left": _("left since T0"),
        "help": _("to be tested at home"),
        "waiting": _("waiting at a site"),
        **{str(outcome): str(outcome.label) for outcome in Outcome},
    }
    joined = {"": "", "frozen": _("in the register at T0"), "newcomer": _("newcomers")}
    evidence = str(Target.Evidence(wanted.evidence).label) if wanted.evidence else ""
    no_door = _("without a door") if wanted.without_door else ""
    parts = (words[wanted.outcome], joined[wanted.joined], evidence, no_door)
    return _(", ").join(part for part in parts if part)
