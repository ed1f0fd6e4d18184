"""Cells that list several people: 张三、李四, 张三（户主）、李四（妻）, one name a line with numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from linli.registry.ledger.content import RELATIONS
from linli.registry.ledger.row import Row
from linli.registry.ledger.surnames import could_be_a_name, is_a_double_surname, is_like_a_name
from linli.registry.ledger.text import Value, clean, visible

_MARKS = re.compile(r"[/、,，;；\n]+")
_NOTE = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_PHONE_BEHIND = re.compile(r"[:： ]*[\d+-][\d +/-]{6,}$")
_BESIDE = ("id_number", "phone", "sex", "relation", "birth")
_HEADS = frozenset(("户主", "本人", "戶主"))


def one_person_each(row: Row) -> list[Row]:
    """Return one row for each name of a cell that lists several, with its own number and phone if those list as many."""
    if row.kind != "person" or "name" not in row.texts:
        return [row]
    names = names_in(row.value("name"))
    if len(names) < 2:
        _take_number_out(row)
        return [row]
    lists = {field: parts for field in _BESIDE if len(parts := _split(row.value(field))) == len(names)}
    rows = []
    for place, name in enumerate(names):
        own = {"name": name} | {field: parts[place] for field, parts in lists.items()}
        one = replace(row, cells=row.cells | {key: [text] for key, text in own.items()}, texts=row.texts | own)
        if place and "relation" not in lists and one.text("relation") in _HEADS:
            one.texts.pop("relation")
            one.cells.pop("relation")
        _take_number_out(one)
        rows.append(one)
    return rows


@lru_cache(maxsize=16384)
def names_in(value: Value) -> tuple[str, ...]:
    """Return the names that a cell lists, each with what stands behind it; one or none where it is no list."""
    parts = _split(value)
    bare = [bare_name(part) for part in parts]
    if len(parts) > 1:
        listed = all(could_be_a_name(name) and name not in RELATIONS for name in bare) and sum(
            map(is_like_a_name, bare)
        ) * 2 >= len(parts)
        return tuple(parts) if listed else (clean(value),)
    words = parts[0].split(" ") if parts else []
    if len(words) > 1 and all(map(_is_whole, words)):
        return tuple(words)
    return tuple(parts)


def all_names_in(values: Iterable[Value]) -> set[str]:
    """Return every name in a column, lists taken apart."""
    return {bare_name(name) for value in values for name in names_in(value)}


def bare_name(text: str) -> str:
    """Return a name without brackets, numbers and spaces around and behind it."""
    name = _PHONE_BEHIND.sub("", _NUMBER.sub("", _NOTE.sub("", clean(text))).strip(" :：-"))
    return name if name.isascii() else name.replace(" ", "")


def _is_whole(word: str) -> bool:
    """Tell whether a word between spaces is a whole Han name, so that 张 三 and 欧阳 娜 stay one."""
    return 2 <= len(word) <= 3 and not word.isascii() and is_like_a_name(word) and not is_a_double_surname(word)


def _split(value: Value) -> list[str]:
    return [text for part in _MARKS.split(visible(value)) if (text := clean(part))]


def _take_number_out(row: Row) -> None:
    """Move an identity number that stands behind the name to its own field."""
    text = row.text("name")
    found = _NUMBER.search(text)
    if found is None or row.text("id_number") not in ("", found[0]) or not bare_name(text):
        return
    name = _NUMBER.sub("", text).strip(" :：,，-/")
    row.texts |= {"name": name, "id_number": found[0]}
    row.cells |= {"name": [name], "id_number": [found[0]]}
