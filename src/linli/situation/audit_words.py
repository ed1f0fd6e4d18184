"""What stands in the audit chains, in words: what was done, and to what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.workforce.wording import ACTIONS as OF_ACCOUNTS

ACTIONS: dict[str, Promise] = OF_ACCOUNTS | {
    "add_newcomer": _("newcomer joined a round"),
    "abandon_round": _("drill stopped before its end"),
    "ask_home_sampling": _("test at home asked for"),
    "audit_exported": _("record of who did what exported"),
    "close_round": _("round closed"),
    "close_site": _("site closed"),
    "columns_remembered": _("columns of a ledger remembered"),
    "community_added": _("community added"),
    "device_added": _("shared phone added"),
    "device_enrolled": _("shared phone enrolled"),
    "device_revoked": _("shared phone given up"),
    "discard_drills": _("drills discarded"),
    "divisions_loaded": _("divisions loaded"),
    "follow_register": _("round brought up to the register"),
    "grid_parts_set": _("grid given its buildings"),
    "grid_set": _("grid named"),
    "grids_set": _("grids read from a file"),
    "household_moved": _("household moved"),
    "household_slips_made": _("household slips made"),
    "household_slips_renewed": _("household slips renewed"),
    "identity_unmasked": _("numbers shown in full"),
    "landlord_edited": _("landlord corrected"),
    "lay_out_round": _("sites and call groups laid out"),
    "ledger_exported": _("household ledger exported"),
    "ledger_import_undone": _("ledger import taken back"),
    "ledger_imported": _("household ledger imported"),
    "ledger_refused": _("household ledger refused"),
    "ledger_upload_dropped": _("uploaded ledger dropped"),
    "ledger_uploaded": _("household ledger uploaded"),
    "load_shipped_packs": _("rule packs loaded"),
    "mark_mobilised": _("households told to come"),
    "take_back_told": _("taken back that a building was told"),
    "mark_mustered": _("team assembled"),
    "open_round": _("round opened"),
    "person_added": _("person added"),
    "person_came_back": _("person came back"),
    "door_list_printed": _("door list printed"),
    "people_edit_undone": _("change of many people taken back"),
    "people_edited": _("many people changed"),
    "person_edited": _("person corrected"),
    "pin_locked": _("PIN locked"),
    "plan_round": _("round planned"),
    "record_facts": _("arrivals, specimens or visits recorded"),
    "person_moved": _("person moved within the community"),
    "residency_ended": _("person left the register"),
    "roles_ended": _("roles ended with a round"),
    "round_opening_asked": _("round asked for"),
    "round_opening_stopped": _("opening of a round stopped"),
    "start_drill": _("drill started"),
    "phone_list_exported": _("phone list exported"),
    "start_sweep": _("sweep started"),
    "state_outcome": _("outcome stated by the office"),
    "stop_drill": _("drill stopped"),
    "take_back_facts": _("records taken back"),
    "venue_set": _("venue set"),
}


def action_words(action: str) -> str:
    """Return what was done in words; an action without words of its own by its name in the program."""
    return str(ACTIONS.get(action, action.replace("_", " ")))
