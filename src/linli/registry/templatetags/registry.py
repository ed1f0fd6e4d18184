"""Words of the register in templates: `{% load registry %}`."""

from collections.abc import Sequence

from django import template

from linli.places.addresses import Address
from linli.registry import care_words as care
from linli.registry.key_rules import Rule
from linli.registry.key_words import mark_of, said_of
from linli.registry.models import Person, Residency
from linli.registry.shown import address_words
from linli.registry.wording import ACTS, ALIKE, BECAUSE, END_REASONS, FIELDS, KINDS

register = template.Library()


@register.filter
def door(address: Sequence[str] | None) -> str:
    """Say an address as offices do: 明珠华府 3-2-501."""
    return address_words(Address(*address)) if address else ""


@register.filter
def inner_door(address: Sequence[str] | None) -> str:
    """Say an address within its compound: 3-2-501."""
    return "-".join(part for part in (address or ())[1:] if part)


@register.filter
def sex_word(sex: str) -> str:
    """Say a person's sex."""
    return str(Person.Sex(sex).label) if sex else ""


@register.filter
def residency_word(kind: str) -> str:
    """Say how a person lives here."""
    return str(Residency.Kind(kind).label) if kind else ""


@register.filter
def document_word(kind: str) -> str:
    """Say what kind of document a number belongs to."""
    return str(Person.IdKind(kind).label) if kind else ""


register.filter(mark_of)
register.filter(care.care_word)
register.filter(care.care_words)


@register.filter
def flag_word(kind: str) -> str:
    """Say what was found in a ledger."""
    return str(KINDS[kind][0]) if kind in KINDS else kind


@register.filter
def alike_word(reason: str) -> str:
    """Say why two entries look like one person."""
    return str(ALIKE[reason])


@register.filter
def act_word(action: str) -> str:
    """Say what was done with a person."""
    return str(ACTS.get(action, action))


@register.filter
def end_word(reason: str) -> str:
    """Say why somebody no longer lives at a place."""
    return str(END_REASONS.get(reason, reason))


@register.filter
def field_words(names: Sequence[str]) -> str:
    """Name fields of a person."""
    return ", ".join(str(FIELDS[name]) for name in names if name in FIELDS)


@register.filter
def because_words(conditions: Sequence[str]) -> str:
    """Say which conditions of a rule put somebody on a key list."""
    return ", ".join(str(BECAUSE[one]) for one in conditions if one in BECAUSE)


@register.filter
def rule_words(rule: Rule) -> list[str]:
    """Say what a key list's rule asks for, a sentence each."""
    return said_of(rule)
