"""Cells that list several people: 张三、李四, 张三（户主）、李四（妻）, 妻：李四 身份证号, one a line with numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from linli.registry.ledger.care import care_needs_in
from linli.registry.ledger.content import RELATIONS, SEX_WORDS
from linli.registry.ledger.householdtext import household_in
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.row import Row
from linli.registry.ledger.surnames import could_be_a_name, is_a_double_surname, is_like_a_name
from linli.registry.ledger.text import Value, clean, visible

Said = tuple[tuple[str, str], ...]
"""What a cell says about one person, by field; the name is always among it."""

_BETWEEN_PEOPLE = (
    re.compile(r"[;；\n]+"),
    re.compile(r"[、]+"),
    re.compile(r"[,，/]+"),
    re.compile(r"(?<=[)）])\s*(?=[\u3400-\u9fff])"),
)
_BETWEEN_WORDS = re.compile(r"[\s,，、:：;；()（）\[\]【】/|]+")
_BESIDE_DIGITS = re.compile(r"(?<=[\u3400-\u9fff])(?=\d|[A-Z]\d{8})|(?<=[\dXx])(?=[\u3400-\u9fff])")
_LISTED = re.compile(r"[/、,，;；\n]+")
_IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}|[A-Z]\d{8}")
_BESIDE = ("id_number", "phone", "sex", "relation", "birth")
_HEADS = frozenset(("户主", "本人", "戶主"))


def one_person_each(row: Row) -> list[Row]:
    """Return one row for each person that the cell of names lists, with what it or as long a list beside it says."""
    if row.kind != "person" or "name" not in row.texts:
        return [row]
    people = people_in(row.value("name"))
    if not people or (len(people) == 1 and len(people[0]) == 1):
        return [row]
    if len(people) == 1:
        return [_with(row, {field: text for field, text in people[0] if field not in row.texts or field == "name"})]
    lists = {field: parts for field in _BESIDE if len(parts := _split(row.value(field))) == len(people)}
    rows = []
    for place, said in enumerate(people):
        one = _with(row, {field: parts[place] for field, parts in lists.items()} | dict(said))
        if place and "relation" not in lists and "relation" not in dict(said) and one.text("relation") in _HEADS:
            one.texts.pop("relation")
            one.cells.pop("relation")
        rows.append(one)
    return rows


def _with(row: Row, own: dict[str, str]) -> Row:
    cells = row.cells | {field: [text] for field, text in own.items()}
    return replace(row, cells=cells, texts=row.texts | own)


def all_names_in(values: Iterable[Value]) -> set[str]:
    """Return every name in a column, lists taken apart."""
    names: set[str] = set()
    for value in values:
        people = people_in(value)
        names |= {dict(said)["name"].replace(" ", "") for said in people} or {clean(value).replace(" ", "")}
    return names


@lru_cache(maxsize=16384)
def people_in(value: Value) -> tuple[Said, ...]:
    """Return the people that a cell lists with what it says about each; nothing where it is no such list.

    A cell with one name and no more gives that name alone. Every part must be a person, and half of them at least
    must have a known surname, so that a name, an organisation or a remark is not torn apart.
    """
    text = visible(value)
    if could_be_a_name(text):
        return _between_spaces(text) or ((("name", text),),)
    for mark in _BETWEEN_PEOPLE:
        people = [_person_in(part) for part in mark.split(text) if clean(part)]
        named = [dict(said)["name"] for said in people if said]
        if people and len(named) == len(people) and sum(map(is_like_a_name, named)) * 2 >= len(named):
            return tuple(said for said in people if said)
    return _between_spaces(text) or household_in(text)


def _person_in(part: str) -> Said | None:
    """Read one person: a name, and around it nothing but relation, sex, numbers and phones."""
    said: dict[str, str] = {}
    notes: list[str] = []
    words = [word for word in _BETWEEN_WORDS.split(_BESIDE_DIGITS.sub(" ", clean(part))) if word]
    if len(words) > 1 and could_be_a_name(clean(part)):
        words = [clean(part).replace(" ", "")]
    for word in words:
        field = "relation" if f"{word}:" in clean(part) and word.lower() in RELATIONS else _field_of(word)
        if field and field not in said:
            said[field] = word
        elif f"({word})" in clean(part):
            notes.append(word)
        else:
            return None
    if "name" not in said:
        return None
    said["name"] += "".join(f"({note})" for note in notes)
    return tuple(said.items())


def _field_of(word: str) -> str:
    if _IDENTITY.fullmatch(word):
        return "id_number"
    if word.lower() in SEX_WORDS:
        return "sex"
    if word.lower() in RELATIONS:
        return "relation"
    if could_be_a_name(word) and not care_needs_in(word):
        return "name"
    return "phone" if read_phones(word)[0] else ""


def _between_spaces(text: str) -> tuple[Said, ...]:
    """Read whole Han names between spaces, so that 张 三 and 欧阳 娜 stay one."""
    words = clean(text).split(" ")
    if len(words) < 2 or not all(map(_is_whole, words)):
        return ()
    return tuple((("name", word),) for word in words)


def _is_whole(word: str) -> bool:
    return 2 <= len(word) <= 3 and not word.isascii() and is_like_a_name(word) and not is_a_double_surname(word)


def _split(value: Value) -> list[str]:
    return [text for part in _LISTED.split(visible(value)) if (text := clean(part))]
