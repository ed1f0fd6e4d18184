"""The words of the register's pages: columns, fields, what was found in a ledger and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMNS: dict[str, Promise] = {
    "ignore": _("leave out"),
    "other": _("kept as it is"),
    "sequence": _("running number"),
    "compound": _("compound"),
    "building": _("building"),
    "unit": _("unit"),
    "floor": _("floor"),
    "room": _("room"),
    "building_unit": _("building and unit"),
    "unit_room": _("unit and room"),
    "address": _("whole address"),
    "door": _("door number"),
    "name": _("name"),
    "head_name": _("head of household"),
    "head_id": _("the head's identity number"),
    "head_phone": _("the head's phone"),
    "contact_name": _("contact's name"),
    "relation": _("relation to the head"),
    "sex": _("sex"),
    "birth": _("birth date"),
    "age": _("age"),
    "id_number": _("identity number"),
    "id_kind": _("kind of document"),
    "phone": _("phone"),
    "category": _("residency kind"),
    "occupancy": _("use of the dwelling"),
    "hukou_division": _("household registration"),
    "household_number": _("household number"),
    "people_count": _("number of people"),
    "landlord": _("landlord, name and phone"),
    "landlord_name": _("landlord's name"),
    "landlord_id": _("landlord's identity number"),
    "landlord_phone": _("landlord's phone"),
    "remarks": _("remarks and care needs"),
    "care_flag": _("care need, ticked"),
}
"""What a column can be."""

HOW: dict[str, Promise] = {
    "remembered": _("as you corrected it"),
    "header": _("by its header"),
    "content": _("by its content"),
    "none": _("not recognised"),
}
ROLES: dict[str, Promise] = {
    "no_table": _("There is no table of people on this sheet."),
    "blank": _("This sheet is empty."),
    "hidden": _("This sheet is hidden. Unhide it in your spreadsheet program to import it."),
}
"""Why a sheet was not read."""

SKIPPED: dict[str, Promise] = {
    "total": _("totals"),
    "signature": _("signatures"),
    "note": _("notes"),
    "example": _("an example row"),
    "numbering": _("column numbers"),
    "household": _("a household's heading"),
    "section": _("a heading between rows"),
    "header": _("a repeated header"),
    "unknown": _("not understood"),
}
"""Why a row was read and not taken as a person or dwelling."""

FIELDS: dict[str, Promise] = {
    "name": _("name"),
    "sex": _("sex"),
    "birth": _("birth date"),
    "id_kind": _("kind of document"),
    "id_number": _("identity number"),
    "phones": _("phones"),
    "relation": _("relation to the head"),
    "residency_kind": _("residency kind"),
    "hukou_division": _("household registration"),
    "care_needs": _("care needs"),
    "remarks": _("remarks"),
    "place": _("address"),
    "floor": _("floor"),
    "landlord_name": _("landlord's name"),
    "landlord_phones": _("landlord's phone"),
}
"""Fields of a person or dwelling, in conflicts and in the history."""

ALIKE: dict[str, Promise] = {
    "number": _("one identity number"),
    "birth": _("same name and birth date"),
    "phone": _("same name and phone"),
    "door": _("same name behind one door"),
    "birth_and_door": _("same birth date behind one door"),
}
"""Why two entries look like one person."""

WHY_KEPT: dict[str, Promise] = {
    "edited_here": _("edited in Linli since the last import"),
    "both_changed": _("changed in Linli and in the file"),
}

SAID_WORDS: dict[str, Promise] = {"unwell": _("is unwell"), "met_a_case": _("has met a case")}
"""What a household can say of somebody in a self-report, as a key list asks for it."""

REQUESTS: dict[str, Promise] = {
    "medicine": _("medicine"),
    "food": _("food and daily goods"),
    "doctor": _("a doctor or the hospital"),
    "other": _("something else"),
}
"""What somebody can ask for at their door."""

BECAUSE: dict[str, Promise] = {
    "needs": _("care need"),
    "kinds": _("residency kind"),
    "age": _("age"),
    "hukou_elsewhere": _("registered elsewhere"),
    "hukou_in": _("household registration"),
    "came": _("came lately"),
    "came_from": _("where they came from"),
    "said": _("what they say"),
}
"""Why a rule put somebody on a key list."""

ACTS: dict[str, Promise] = {
    "person_added": _("added"),
    "person_edited": _("corrected"),
    "person_moved": _("moved within the community"),
    "residency_ended": _("left"),
    "identity_unmasked": _("full numbers shown"),
    "landlord_edited": _("corrected"),
    "help_asked_for": _("help asked for"),
    "put_on_key_list": _("put on a key list"),
    "taken_off_key_list": _("taken off a key list"),
    "key_list_deed": _("looked after by a key list"),
    "key_list_deed_taken_back": _("an entry of a key list taken back"),
    "people_merged": _("merged with another entry"),
    "merge_undone": _("merge taken back"),
    "said_two_people": _("told apart from somebody alike"),
    "two_people_taken_back": _("no longer told apart from somebody alike"),
}
END_REASONS: dict[str, Promise] = {
    "moved": _("moved away"),
    "dead": _("died"),
    "merged": _("same person as another entry"),
}

_CARD = _("Look at the card, then correct the number in the file and import again, or on the person's page.")
_FILE = _("Correct it in the file and import again, or correct the person here afterwards.")
_PLACE = _("Complete building, unit and room in the file and import again.")
_WHICH = _("Check which of the two is right and correct the other.")
_TWICE = _("If it is one person, delete one of the rows.")
_FINE = _("Nothing has to be done if that is right.")

KINDS: dict[str, tuple[Promise, Promise]] = {
    "id_check_digit": (_("identity number fails its check"), _CARD),
    "id_precision_lost": (_("identity number lost its end"), _CARD),
    "id_length": (_("identity number too long or short"), _CARD),
    "id_missing": (_("no identity number"), _("Ask for it at the next visit; the person is imported all the same.")),
    "duplicate_person": (_("same person again"), _FINE),
    "id_birth_date": (_("birth date in the number does not exist"), _CARD),
    "id_division_unknown": (_("identity number begins wrongly"), _CARD),
    "id_kind_unknown": (_("unknown document"), _FINE),
    "id_shared": (_("one number, two names"), _CARD),
    "duplicate_other_address": (_("same person at two addresses"), _WHICH),
    "possible_duplicate": (_("possibly entered twice"), _TWICE),
    "address_missing": (_("no address"), _PLACE),
    "address_unclear": (_("address not fully understood"), _PLACE),
    "address_as_date": (_("room turned into a date"), _FINE),
    "unit_missing": (_("no unit"), _PLACE),
    "room_missing": (_("no room number"), _PLACE),
    "sex_disagrees": (_("sex disagrees with the number"), _WHICH),
    "sex_unknown": (_("sex not understood"), _FILE),
    "birth_disagrees": (_("birth date disagrees with the number"), _WHICH),
    "birth_invalid": (_("birth date not valid"), _FILE),
    "phone_invalid": (_("phone number not valid"), _FILE),
    "category_unknown": (_("category not understood"), _FILE),
    "name_missing": (_("no name"), _FILE),
    "landlord_missing": (_("tenant without landlord"), _FILE),
    "landlord_disagrees": (_("two landlords for one dwelling"), _WHICH),
    "value_shortened": (_("too long, shortened"), _FILE),
    "row_not_understood": (_("row not understood"), _("If it is a person, complete the row and import again.")),
    "hidden_sheet": (_("hidden sheet"), _FINE),
    "sheet_without_table": (_("sheet without people"), _FINE),
    "compound_unknown": (_("compound not named"), _("Add a column or a title with the compound's name.")),
    "bytes_replaced": (_("unreadable characters"), _("Save the file as .xlsx and upload it again.")),
    "vacant_unmarked": (_("address without people"), _FINE),
}
"""What can be found in a ledger: its short name, and what to do about it."""
