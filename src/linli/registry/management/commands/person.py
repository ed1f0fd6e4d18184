"""`linli person find|move|left`: who somebody is, where they live, that they have left."""

import argparse
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rich.console import Console

from linli.core.actors import Actor
from linli.core.errors import Invalid
from linli.core.management.answering import Act, ActsCommand, Answer, Options, line, table
from linli.places.door_names import door_name
from linli.places.selectors import door_names
from linli.registry.models import Residency
from linli.registry.selectors.cards import person_card
from linli.registry.selectors.numbers import persons_with_numbers
from linli.registry.selectors.search import find_persons
from linli.registry.services.lookup import look_up
from linli.registry.services.stays import END_REASONS, end_residency, move_household
from linli.registry.shown import PersonShown

_SHOWN = 50
_LOOKED_AT = 500


class NotOnePerson(Invalid):
    """Nobody fits, or several do."""

    code = "person_unclear"
    message = _("%(count)s people fit “%(who)s”. Add --door or --number, or look them up first: linli person find")


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="name, identity number, phone, their last four digits, or a door")


def _find(actor: Actor, community: int, options: Options) -> Answer:
    found = look_up(actor, options["query"], community, size=_SHOWN)
    told = {"count": found.count, "persons": [_as_json(person) for person in found.people]}
    return Answer(told, lambda console: _show(console, found.people, found.count))


def _move_arguments(parser: argparse.ArgumentParser) -> None:
    _person_arguments(parser)
    parser.add_argument("--to", required=True, metavar="DOOR", help="where the household lives now: 明珠华府 3-2-501")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="2026-04-02; by default today")


def _move(actor: Actor, community: int, options: Options) -> Answer:
    person = _person(actor, community, options)
    if person.household_id is None:
        raise Invalid(
            _("%(name)s lives in no household here, so there is none to move."), code="no_household", name=person.name
        )
    move_household(actor, person.household_id, door_names(actor, community).the_one(options["to"]), on=options["on"])
    card = person_card(actor, person.id)
    moved = [card.person, *card.household]
    told = {"persons": [_as_json(each) for each in moved]}
    return Answer(told, lambda console: _show(console, moved, len(moved), "已搬到 moved"))


def _left_arguments(parser: argparse.ArgumentParser) -> None:
    _person_arguments(parser)
    parser.add_argument("--reason", required=True, choices=END_REASONS, help="moved 搬离, dead 去世")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="2026-04-02; by default today")


def _left(actor: Actor, community: int, options: Options) -> Answer:
    person = _person(actor, community, options)
    residency = end_residency(actor, person.id, options["reason"], on=options["on"])
    told = {
        "id": person.id,
        "name": person.name,
        "door": _door(person),
        "reason": options["reason"],
        "until": str(residency.until),
    }
    words = {"moved": "已搬离 moved away", "dead": "已去世 died"}[options["reason"]]
    return Answer(
        told, lambda console: console.print(line(f"{person.name} {_door(person)}：{words} {residency.until}"))
    )


def _person_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help="name, identity number, phone or its last four digits, or id")
    parser.add_argument("--door", default="", help="明珠华府 3-2-501")
    parser.add_argument("--number", default="", help="identity number or phone, or its last four digits")


def _person(actor: Actor, community: int, options: Options) -> PersonShown:
    """Return the one person who is meant. Raises NotOnePerson."""
    found, number, door = _named(actor, community, options["person"]), options["number"], options["door"]
    if number:
        with_number = persons_with_numbers(actor, community, [number])[number]
        found = [person for person in found if person.id in with_number]
    if door:
        doors = door_names(actor, community).find(door)
        found = [person for person in found if person.dwelling_id in doors]
    if len(found) != 1:
        raise NotOnePerson(count=len(found), who=" ".join(part for part in (options["person"], door, number) if part))
    return found[0]


def _named(actor: Actor, community: int, text: str) -> list[PersonShown]:
    """Return who has this id, exactly this name, or this identity number or phone."""
    try:
        return [person_card(actor, UUID(text)).person]
    except ValueError:
        found = find_persons(actor, text, community, size=_LOOKED_AT).people
    if any(character.isdecimal() for character in text):
        numbered = persons_with_numbers(actor, community, [text])[text]
        return [person for person in found if person.id in numbered]
    return [person for person in found if _bare(person.name) == _bare(text)]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _as_json(person: PersonShown) -> dict[str, Any]:
    return {
        "id": person.id, "name": person.name, "sex": person.sex, "birth": str(person.birth or "") or None,
        "id_number": person.id_number, "phones": person.phones, "door": _door(person), "residency_kind": person.residency_kind,
        "relation": person.relation, "household": person.household_id, "care_needs": person.care_needs,
    }  # fmt: skip


def _door(person: PersonShown) -> str:
    return door_name(person.address) if person.address else ""


def _show(console: Console, people: Sequence[PersonShown], count: int, head: str = "找到 found") -> None:
    console.print(line(f"{head}：{count} 人", "bold"))
    kinds = dict(Residency.Kind.choices)
    rows = [
        (person.name, _door(person) or "—", person.relation, kinds.get(person.residency_kind, ""), person.id_number,
         "、".join(person.phones), "、".join(person.care_needs))
        for person in people
    ]  # fmt: skip
    headers = ("姓名 name", "门牌 door", "关系", "类别 kind", "证件 identity", "电话 phone", "特殊 care")
    if rows:
        console.print(table(headers, rows))
    if count > len(people):
        console.print(line(f"  … 还有 {count - len(people)} 人 more"))


class Command(ActsCommand):
    help = "Look somebody up, move their household, note that they moved away or died. Numbers are masked."
    acts = (
        Act("find", "who somebody is and where they live", _find, _find_arguments),
        Act("move", "move the whole household of a person to another door", _move, _move_arguments),
        Act("left", "somebody moved away or died", _left, _left_arguments),
    )
