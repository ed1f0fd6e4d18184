"""Every reason code of rounds in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OPEN = {
    "nothing_known": _("not seen yet"),
    "refused_once": _("refused, to be visited again"),
    "home_sampling": _("cannot come, to be tested at home"),
    "back": _("back again, not tested yet"),
    "came_untested": _("came to a site, not tested yet"),
}
"""Why a target is still open."""

SETTLED = {
    "specimen": _("a specimen was taken"),
    "said": _("found out at the door"),
    "refused": _("refused at several visits"),
    "vacant": _("the dwelling is vacant"),
    "nobody_at_home": _("nobody at home at several visits"),
    "away_by_ledger": _("away according to the household ledger"),
    "registered_only": _("only registered here according to the household ledger"),
    "left_register": _("no longer in the register"),
    "died": _("dead according to the register"),
    "merged": _("entered twice, accounted for under the other entry"),
}
"""Why a target is settled; the office's own words stand beside these."""

JOINED = {
    "walk_in": _("came to a site and is not in the ledger"),
    "at_the_door": _("met at the door and is not in the ledger"),
    "new_in_register": _("entered in the register since T0"),
}
"""How a newcomer joined."""

FACT = {
    "id_reused": _("another entry was sent under this number before"),
    "no_right": _("the sender has no right to record this"),
    "id_not_uuid7": _("its number was not made by Linli"),
    "time_without_zone": _("its time has no time zone"),
    "ends_before_it_begins": _("it ends before it begins"),
    "text_unusable": _("its note is too long or unreadable"),
    "unknown_result": _("its result does not exist"),
    "unknown_target": _("the person is not among the targets"),
    "unknown_site": _("the site is not part of this round"),
    "unknown_desk": _("there is no desk of this number"),
    "unknown_door": _("the dwelling does not exist in this community"),
    "unknown_team": _("the sweep team is not part of this round"),
    "round_closed": _("came after the round was closed: kept, without effect"),
    "right_ended": _("came after the sender's right had ended: kept and counted"),
    "before_the_round": _("seen before the round was ordered: kept, no evidence for this round"),
    "doubtful_clock": _("the clock of the phone is wrong by days: kept and counted"),
}
"""What became of an uploaded fact."""

WHO = {
    "nobody_named": _("it does not say whom it is about"),
    "nobody_fits": _("nobody among the targets fits; if the person was missed, let them join the round"),
    "several_fit": _("several people fit: add the door, or the last four digits of identity number or phone"),
    "name_alone": _("a name alone is not enough: add the door, or the last four digits of identity number or phone"),
    "several_doors": _("several doors fit: write compound, building, unit and room"),
    "slip_misread": _("this slip was misread: scan it again, or type the door"),
    "slip_replaced": _("this slip was replaced by a newer one: find the household by its door"),
    "slip_unknown": _("this slip is none of this community's: find the household by its door"),
    "somebody_behind_door": _("people behind this door are outstanding: name each of them"),
}
"""Why it is not clear who was meant."""

ROW = {
    "unreadable": _("this line cannot be read"),
    "unknown_kind": _("it must be an arrival, a specimen or a visit"),
    "unreadable_id": _("its number is no UUID"),
    "unreadable_time": _("its time cannot be read; write 2026-04-02 09:05"),
    "time_ahead": _("its time lies in the future"),
    "time_before_the_order": _("its time lies before the round was ordered"),
    "unreadable_desk": _("the desk must be a number"),
    "no_door": _("this person lives behind no known door: state what is known of them instead"),
}
"""Why a line of a file holds no fact."""

LAYOUT = {
    "site_twice": _("a site is listed twice"),
    "site_unknown_venue": _("a venue does not exist in this community"),
    "site_without_desk": _("a site has no desk"),
    "site_has_more_desks_than_room": _("a venue has no room for that many desks"),
    "site_closes_before_it_opens": _("a site closes before it opens"),
    "group_at_unknown_site": _("a call group is called to an unknown site"),
    "group_too_large": _("a call group is larger than the rules allow"),
    "group_empty": _("a call group is empty"),
    "group_outside_hours": _("a call group is called while its site is closed"),
    "target_unknown": _("somebody is called who is not among the targets"),
    "target_in_two_groups": _("somebody is in two call groups"),
    "site_in_use": _("a site where people have been tested is left out"),
    "no_team": _("there is no sweep team"),
    "team_twice": _("two sweep teams have the same number"),
    "door_unknown": _("a dwelling does not exist in this community"),
    "door_on_two_lists": _("a dwelling is on two lists"),
    "door_left_out": _("a dwelling with outstanding people is on no list"),
}
"""Why sites, call groups or sweep lists were refused."""

TIMES = {
    "ahead": _("it lies in the future; it is now"),
    "before_the_order": _("it lies before the round was ordered"),
    "before_the_muster": _("it lies before the team was assembled"),
    "after_the_first_building": _("the first building had been told by then; the team was assembled before"),
    "after_the_sweep": _("the sweep had begun by then; the team was assembled before"),
}
"""Why a step of the round cannot have happened when it is said to have."""

CLOSING = {
    "outstanding": _("somebody is outstanding"),
    "round_closed": pgettext_lazy("round", "closed"),
    "does_not_add_up": _("the figures do not add up"),
}
"""Why a round may not be closed."""


def words_for(code: str) -> str:
    """Return a reason in the reader's language; the office's own words come back as they are."""
    for table in (OPEN, SETTLED, JOINED, FACT, WHO, ROW, LAYOUT, TIMES, CLOSING):
        if code in table:
            return str(table[code])
    return code
