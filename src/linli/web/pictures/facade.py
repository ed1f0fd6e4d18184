"""Draws façades. Two thousand doors are strings joined, not templates included; each text is escaped once, here."""

from dataclasses import dataclass
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from linli.core.shapes import FacadeBuilding, FacadeDoor, FacadeUnit
from linli.web.pictures.layout import FloorRow, Tally, rows
from linli.web.pictures.states import LOOKS, UNSETTLED, State


@dataclass(frozen=True)
class Words:
    """The words of a drawing, translated once for all its doors."""

    states: dict[State, str]
    one: str
    many: str
    floor: str
    unknown_floor: str


def words() -> Words:
    """Translate into the language of the page."""
    return Words(
        states={state: str(look.word) for state, look in LOOKS.items()},
        one=gettext("%(room)s: %(state)s"),
        many=gettext("%(room)s: %(state)s, %(count)d people"),
        floor=gettext("Floor %(floor)s"),
        unknown_floor=gettext("Floor not known"),
    )


def units_html(building: FacadeBuilding) -> SafeString:
    """Draw a building's units side by side; each door is a link with its room, mark and number."""
    spoken = words()
    drawn = (_unit(unit, spoken) for unit in building.units if unit.doors)
    return mark_safe("".join(drawn))  # noqa: S308  # every text in it is escaped in this file


def sentence(counts: Tally) -> str:
    """Say how many doors are still open, or that nobody is missing."""
    if not counts.doors:
        return gettext("Nobody to reach here")
    if not counts.unsettled:
        return gettext("All dwellings accounted for")
    left = counts.unsettled
    return ngettext("%(n)d dwelling still open", "%(n)d dwellings still open", left) % {"n": left}


def counts_of(counts: Tally) -> list[tuple[str, str, Promise, int]]:
    """Return (state, mark, word, doors) of each state that occurs, for legends."""
    return [(state.value, LOOKS[state].mark, LOOKS[state].word, number) for state, number in counts.items()]


def _unit(unit: FacadeUnit, spoken: Words) -> str:
    body = "".join(_row(row, spoken) for row in rows(unit))
    caption = f"<caption>{escape(unit.name)}</caption>" if unit.name else ""
    return f'<table class="facade__unit">{caption}<tbody>{body}</tbody></table>'


def _row(row: FloorRow, spoken: Words) -> str:
    if row.floor is None:
        label, shown = spoken.unknown_floor, "?"
    else:
        shown = str(row.floor).replace("-", "−")
        label = spoken.floor % {"floor": shown}
    seen = "" if row.continued else shown
    head = f'<span class="visually-hidden">{escape(label)}</span><span aria-hidden="true">{seen}</span>'
    cells = "".join(_cell(door, spoken) for door in row.cells)
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


def _cell(door: FacadeDoor | None, spoken: Words) -> str:
    if door is None:
        return "<td></td>"
    kind, mark, said = _own_look(door, spoken) if door.word else _look_of_state(door, spoken)
    label = escape(said)
    inside = f'{escape(door.room)}<b aria-hidden="true">{escape(mark)}</b>'
    here = ' aria-current="location"' if door.is_here else ""
    named = f'class="door door--{escape(kind)}" aria-label="{label}" title="{label}"{here}'
    if door.url:
        return f'<td><a {named} href="{escape(door.url)}">{inside}</a></td>'
    return f'<td><span {named} role="img">{inside}</span></td>'


def _look_of_state(door: FacadeDoor, spoken: Words) -> tuple[str, str, str]:
    """Return class, mark and label of a door in a round."""
    state = State(door.state)
    number = str(door.open_count) if door.open_count > 1 and state in UNSETTLED else ""
    pattern = spoken.many if number else spoken.one
    said = pattern % {"room": door.room, "state": spoken.states[state], "count": door.open_count}
    return state.value, f"{LOOKS[state].mark}{number}", said


def _own_look(door: FacadeDoor, spoken: Words) -> tuple[str, str, str]:
    """Return the same of a door that brings its own word."""
    return door.state, door.mark, spoken.one % {"room": door.room, "state": door.word}
