"""What the pages call fields, conditions and kinds of rows."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.paperwork.sheet.conditions import (
    ANY_NEED,
    BUILDING_UNITS,
    BUILDINGS,
    COMPOUNDS,
    DWELLINGS,
    FLOORS,
    HOUSEHOLDS,
    LET,
    PEOPLE,
    VACANT,
    Condition,
    read_condition,
)  # fmt: skip
from linli.paperwork.sheet.lexicon import COUNT, IS, OWN
from linli.paperwork.sheet.records import DWELLING, FIGURES, HOUSEHOLD, PERSON, PLACE
from linli.paperwork.sheet.splitting import (
    CITY,
    COUNTY,
    DAY,
    GIVEN,
    MONTH,
    PROVINCE,
    REST,
    SURNAME,
    TOWN,
    VILLAGE,
    YEAR,
)
from linli.registry.care_words import care_word
from linli.registry.models import Person, Residency

FIELDS: dict[str, Promise] = {
    "sequence": gettext_lazy("running number"),
    "name": gettext_lazy("name"),
    "sex": gettext_lazy("sex"),
    "birth": gettext_lazy("birth date"),
    "age": gettext_lazy("age"),
    "id_kind": gettext_lazy("kind of document"),
    "id_number": gettext_lazy("identity number"),
    "phone": gettext_lazy("phones"),
    "relation": gettext_lazy("relation to the head"),
    "is:head": gettext_lazy("is it the head: yes or no"),
    "category": gettext_lazy("residency kind"),
    "hukou_division": gettext_lazy("household registration"),
    "hukou_kind": gettext_lazy("registered here or elsewhere"),
    "age_band": gettext_lazy("age group, as the form lists them"),
    "care_needs": gettext_lazy("care needs in words"),
    "remarks": gettext_lazy("remarks"),
    "since": gettext_lazy("lives here since"),
    "address": gettext_lazy("whole address in one cell"),
    "compound": gettext_lazy("compound"),
    "building": gettext_lazy("building"),
    "unit": gettext_lazy("unit"),
    "building_unit": gettext_lazy("building and unit"),
    "floor": gettext_lazy("floor"),
    "room": gettext_lazy("room"),
    "unit_room": gettext_lazy("unit and room"),
    "grid": gettext_lazy("grid"),
    "head_name": gettext_lazy("name of the head of household"),
    "head_phone": gettext_lazy("phones of the head"),
    "head_id": gettext_lazy("identity number of the head"),
    "household_number": gettext_lazy("number of the household"),
    "household_size": gettext_lazy("number of people in the household"),
    "members": gettext_lazy("the others of the household"),
    "occupancy": gettext_lazy("lived in, let or vacant"),
    "landlord_name": gettext_lazy("landlord"),
    "landlord_phone": gettext_lazy("landlord's phones"),
    "landlord": gettext_lazy("landlord with phones"),
    "round_result": gettext_lazy("what became of it in the round"),
    "round_reason": gettext_lazy("why not tested in the round"),
    "round_time": gettext_lazy("time of the specimen"),
    "round_name": gettext_lazy("name of the round"),
    "community": gettext_lazy("community"),
    "subdistrict": gettext_lazy("sub-district"),
    "district": gettext_lazy("district"),
    "city": gettext_lazy("city"),
    "province": gettext_lazy("province"),
    "today": gettext_lazy("the day it is filled for"),
    "clerk": gettext_lazy("name of whoever fills it"),
}
ROUND_FIELDS = ("round_result", "round_reason", "round_time", "round_name")

KINDS_OF_ROWS: dict[str, Promise] = {
    PERSON: gettext_lazy("one row a person"),
    HOUSEHOLD: gettext_lazy("one row a household"),
    DWELLING: gettext_lazy("one row a dwelling"),
    PLACE: gettext_lazy("one row a building, grid or compound, with numbers"),
    FIGURES: gettext_lazy("rows that are there already, with numbers"),
}
PARTS: dict[str, Promise] = {
    YEAR: gettext_lazy("year only"),
    MONTH: gettext_lazy("month only"),
    DAY: gettext_lazy("day only"),
    SURNAME: gettext_lazy("surname only"),
    GIVEN: gettext_lazy("given name only"),
    PROVINCE: gettext_lazy("province only"),
    CITY: gettext_lazy("city only"),
    COUNTY: gettext_lazy("district only"),
    TOWN: gettext_lazy("sub-district only"),
    VILLAGE: gettext_lazy("community only"),
    REST: gettext_lazy("the rest of the address"),
}
HOW: dict[str, Promise] = {
    "remembered": gettext_lazy("as you said"),
    "header": gettext_lazy("by its header"),
    "own": gettext_lazy("from your ledger's own column"),
    "none": gettext_lazy("not recognised: left empty"),
}
_UNITS: dict[str, Promise] = {
    PEOPLE: gettext_lazy("people"),
    HOUSEHOLDS: gettext_lazy("households"),
    DWELLINGS: gettext_lazy("dwellings"),
    VACANT: gettext_lazy("vacant dwellings"),
    LET: gettext_lazy("let dwellings"),
    COMPOUNDS: gettext_lazy("compounds"),
    BUILDINGS: gettext_lazy("buildings"),
    BUILDING_UNITS: gettext_lazy("units of buildings"),
    FLOORS: gettext_lazy("floors"),
}
_ROUND: dict[str, Promise] = {
    "expected": gettext_lazy("to be tested"),
    "done": gettext_lazy("tested"),
    "open": gettext_lazy("not tested"),
    "refused": gettext_lazy("refused a test"),
    "exempt": gettext_lazy("exempt from the test"),
    "away": gettext_lazy("away from the test"),
}


def group_words(condition: Condition) -> str:
    """Return whom a condition is about in words: 60 and older, living alone."""
    low, high = condition.ages
    vacant = [str(_UNITS[VACANT])] if condition.unit == VACANT else []
    words = [*vacant, *(str(Person.IdKind(paper).label) for paper in condition.papers)]
    words += [_("any care need") if need == ANY_NEED else care_word(need) for need in condition.needs]
    words += [str(Residency.Kind(kind).label) for kind in condition.kinds if kind in Residency.Kind.values]
    words += [str(Person.Sex(condition.sex).label)] if condition.sex in Person.Sex.values else []
    if low is not None and high is not None:
        words.append(_("%(low)s to %(high)s years old") % {"low": low, "high": high})
    elif low is not None:
        words.append(_("%(low)s years and older") % {"low": low})
    elif high is not None:
        words.append(_("up to %(high)s years old") % {"high": high})
    words += [str(_ROUND[condition.round])] if condition.round in _ROUND else []
    return _(", ").join(words)


def field_words(field: str) -> str:
    """Return what a column is filled with in words."""
    if field in FIELDS:
        return str(FIELDS[field])
    if field.startswith(OWN):
        return _("your ledger's column “%(header)s”") % {"header": field.removeprefix(OWN)}
    if field.startswith(IS):
        return _("yes or no: %(group)s") % {"group": group_words(read_condition(field.removeprefix(IS)))}
    if field.startswith(COUNT):
        condition = read_condition(field.removeprefix(COUNT))
        if condition.is_share:
            return _("share of those to be tested, in percent")
        unit, group = _UNITS[condition.unit], group_words(condition)
        return (
            _("number of %(unit)s: %(group)s") % {"unit": unit, "group": group}
            if group
            else _("number of %(unit)s") % {"unit": unit}
        )
    return _("a fixed text") if field == "text" else _("left empty")
