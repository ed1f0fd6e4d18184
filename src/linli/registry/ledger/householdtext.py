"""Families told in one cell, with whatever marks: 妻：李娜 4201…，子：王小明; 户主王建国，家庭成员李娜; 王建国(户主,男) 李娜(妻)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from linli.registry.ledger.care import read_remarks, says_vacant
from linli.registry.ledger.content import RELATIONS, SEX_WORDS, is_category
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.surnames import could_be_a_name, is_like_a_name
from linli.registry.ledger.text import clean

_TOKEN = re.compile(
    r"(?P<id_number>(?<![\dXx])(?:\d{14,19}|\d{14,18}[Xx]|(?<![A-Za-z])[A-Z]\d{8})(?![\dXx]))"
    r"|(?P<birth>(?<!\d)(?:19|20)\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?[日月]?(?!\d))"
    r"|(?P<phone>\+?\d[\d-]{6,14}(?!\d))"
    r"|(?P<aside>\d{1,3}周?岁|[共计等]*\d{1,2}(?:口?人|口|个)|^\d{1,2}[.、)]|(?<=[\s;,、])\d{1,2}[.、)]|[①-⑳])"
    r"|(?P<open>[(\[【])|(?P<close>[)\]】])|(?P<colon>:)|(?P<mark>[\s,;、/|。.+-]+)"
    r"|(?P<word>(?:[\u3400-\u9fff·•]|[A-Za-z](?!\d{8}))+)|(?P<unknown>.)"
)
_LABEL = re.compile(
    r"^(?:姓名|名字|身份证(?:号码?)?|公民身份号码|证件号码?|(?:联系)?(?:电话|手机)|电话号码|手机号码?|联系方式|家庭成员|家庭人口|成员|家人|家属|关系|与户主关系|性别|年龄"
    r"|出生日期|居住人员?|现住人员|住户|共同居住人?员?|其他成员|人员|等|和|及|与|另有|还有)$"
)
_LEADS = re.compile(r"^(?:家庭成员|共同居住人|居住人员?|成员有?|家属|住户|和|及)(?=[\u3400-\u9fff])")
_RELATION_WORDS = sorted((word for word in RELATIONS if not word.isascii()), key=len, reverse=True)
_BEHIND_A_NAME = re.compile(r"(?:一家|(?<=^[\u3400-\u9fff]{3})家|户|等)$")
_EITHER = "女"


@dataclass(slots=True)
class _Word:
    kind: str
    text: str
    bracketed: bool
    leads: bool = False
    """Whether the word plainly belongs to the name after it: a colon or nothing at all stands between them."""


@dataclass(slots=True)
class _Person:
    said: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def named(self) -> tuple[tuple[str, str], ...]:
        name = self.said["name"] + "".join(f"({note})" for note in self.notes)
        return tuple((self.said | {"name": name}).items())


@lru_cache(maxsize=16384)
def household_in(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return what a cell says about each person, by field; nothing where some of its words are about nobody.

    A relation stands before the name where the cell begins with one, or where a colon or nothing parts them.
    """
    words = list(_words(clean(text)))
    if says_vacant(text) or not any(word.kind == "name" for word in words):
        return ()
    first = next(word for word in words if word.kind in ("name", "relation"))
    people = _told(words, before=first.kind == "relation")
    names = [person.said["name"] for person in people]
    if not people or sum(map(is_like_a_name, names)) * 2 < len(names):
        return ()
    return tuple(person.named() for person in people)


def _words(line: str) -> Iterator[_Word]:
    depth = 0
    held: _Word | None = None
    for match in _TOKEN.finditer(line):
        kind = match.lastgroup or ""
        depth += (kind == "open") - (kind == "close")
        for word in _classified(kind, match[0], bracketed=depth > 0):
            if held is not None:
                yield held
            held = word
        if kind == "colon" and held is not None:
            held.leads = True
            held.kind = "relation" if held.text == _EITHER else held.kind
    if held is not None:
        yield held


def _classified(kind: str, text: str, *, bracketed: bool) -> Iterator[_Word]:
    if kind == "word":
        yield from (_Word(name, part, bracketed, leads) for name, part, leads in _in_word(text))
    elif kind == "phone":
        yield _Word("phone" if read_phones(text)[0] else "unknown", text, bracketed)
    elif kind in ("id_number", "birth", "unknown"):
        yield _Word(kind, text, bracketed)


def _in_word(text: str) -> list[tuple[str, str, bool]]:
    """Tell what a run of signs says: one word, or a relation with the name it runs into."""
    word = _LEADS.sub("", text)
    if _LABEL.match(word):
        return []
    bare = _BEHIND_A_NAME.sub("", word)
    if bare != word and is_like_a_name(bare):
        return [("name", bare, False)]
    plain = _plain_kind(word)
    if plain in ("relation", "sex") or (plain == "name" and is_like_a_name(word)):
        return [(plain, word, False)]
    split = next((lead for lead in _RELATION_WORDS if word.startswith(lead) and is_like_a_name(word[len(lead) :])), "")
    if split:
        return [("relation", split, True), ("name", word[len(split) :], False)]
    return [(plain, word, False)]


def _plain_kind(word: str) -> str:
    if word.lower() in SEX_WORDS:
        return "sex"
    if word.lower() in RELATIONS:
        return "relation"
    remark = read_remarks(word)
    if is_category(word) or remark.needs or remark.residency or says_vacant(word):
        return "note"
    return "name" if could_be_a_name(word) else "unknown"


def _told(words: list[_Word], *, before: bool) -> list[_Person]:
    """Put words to names; nothing where a word is unknown or says again what the person already has."""
    people: list[_Person] = []
    ahead = ""
    for word in words:
        if word.kind == "name" and not (word.bracketed and people and not ahead):
            people.append(_Person({"name": word.text} | ({"relation": ahead} if ahead else {})))
            ahead = ""
        elif word.kind == "relation" and (word.leads or (before and not word.bracketed)):
            ahead = word.text
        elif not people or not _add(people[-1], word):
            return []
    return [] if ahead else people


def _add(person: _Person, word: _Word) -> bool:
    """Add a word to a person. Returns whether it could be understood."""
    if word.kind in ("note", "name") or (word.kind == "unknown" and word.bracketed and len(word.text) > 1):
        person.notes.append(word.text)
        return True
    if word.kind == "unknown" or (word.kind in person.said and word.kind != "phone"):
        return False
    told = person.said.get(word.kind, "")
    person.said[word.kind] = f"{told}、{word.text}" if told else word.text
    return True
