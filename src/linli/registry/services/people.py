"""Newcomers, corrections of what the register says about a person, and seeing a number in full."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, crypto, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_dwelling
from linli.places.scope import in_community
from linli.registry.access import access_household, access_person
from linli.registry.households import household_of
from linli.registry.intake.particulars import SEX_OF
from linli.registry.intake.write import WRONG_NUMBER, phone_rows, sealed_id_number
from linli.registry.ledger.identity import read_identity
from linli.registry.models import CareNeed, Household, Person, PersonPhone, RegisterFlag, Residency
from linli.registry.turns import editing
from linli.registry.versions import version_of


@dataclass(frozen=True)
class PersonWords:
    """What somebody says about a person; only `name` is needed. None leaves a field as it is when editing."""

    name: str | None = None
    sex: str | None = None
    birth: date | None = None
    id_kind: str | None = None
    id_number: str | None = None
    phones: tuple[str, ...] | None = None
    hukou_division: str | None = None
    remarks: str | None = None
    care_needs: tuple[str, ...] | None = None
    relation: str | None = None
    residency_kind: str | None = None


_KIND_HINTS = {"passport": "护照", "hk_macau": "港澳", "taiwan": "台湾", "other": "其他证"}
"""The words by which the ledger reader knows kinds of documents."""
_COLUMNS = ("name", "sex", "birth", "id_kind", "hukou_division", "remarks")


def add_person(
    actor: Actor,
    dwelling_id: UUID,
    words: PersonWords,
    *,
    household_id: UUID | None = None,
    number_shared: bool = False,
    right: Right = Right.PERSON_WRITE,
) -> Person:
    """Add somebody who lives behind this door, to its household or to a new one.

    With `number_shared` somebody whose identity number is another's in the register is entered without it, and flagged
    `id_shared` with the number as it was read, so that the two cards are compared later.

    For who holds `right` there (person_write; a desk or sweep service passes its own). Writes the person, phones, care
    needs, residency and one audit entry. Raises NotFound, Invalid without a name or with a wrong number, Conflict when
    the identity number belongs to somebody in the register already and is not said to be shared, RegisterBusy. Serves R48.
    """
    with scoped(actor, right):
        dwelling = access_dwelling(actor, dwelling_id, right=right)
        with editing(dwelling.community):
            told = words
            person, words = _new_person(dwelling.community, told, number_shared=number_shared)
            household = access_household(actor, household_id, right=right) if household_id else household_of(dwelling)
            _open_residency(person, household, words)
            shared: dict[str, Any] = {"number_shared": True} if told.id_number and not words.id_number else {}
            _record(actor, right, "person_added", person, None, words, household=str(household.id), **shared)
    return person


def add_person_without_dwelling(
    actor: Actor, community: int, words: PersonWords, *, right: Right = Right.PERSON_WRITE
) -> Person:
    """Add somebody who is here and lives behind no known door: a visitor, a worker, a walk-in (R45).

    For who holds `right` there. Writes the person, phones, care needs and one audit entry; a later edit or ledger gives
    the dwelling. Raises Invalid without a name or with a wrong identity number, Conflict when the number is known,
    RegisterBusy.
    """
    with in_community(actor, right, community), editing(community):
        person, words = _new_person(community, words)
        _record(actor, right, "person_added", person, None, words)
    return person


def edit_person(
    actor: Actor, person_id: UUID, words: PersonWords, *, reason: str = "", version: str | None = None
) -> Person:
    """Correct what the register says about a person; fields that are None stay.

    For who holds person_write there. The next ledger that says something else is listed as a conflict. Raises
    NotFound, Invalid for an empty name and a wrong identity number, Conflict for somebody else's identity number, and
    where `version` is given and somebody or an import has changed the person since, RegisterBusy.
    """
    with scoped(actor, Right.PERSON_WRITE):
        community = access_person(actor, person_id, right=Right.PERSON_WRITE).community
        with editing(community):
            locks.hold("person", person_id)
            person = access_person(actor, person_id, right=Right.PERSON_WRITE)
            if version not in (None, version_of(person)):
                raise Conflict
            before = {name: getattr(person, name) for name in _COLUMNS}
            words = _rewrite(person, words)
            _record(actor, Right.PERSON_WRITE, "person_edited", person, before, words, reason=reason)
    return person


def unmask_identity(actor: Actor, person_id: UUID, reason: str) -> dict[str, Any]:
    """Return a person's identity number, phones and remarks in full, and write down who looked and why.

    For who holds identity_unmask there. Raises NotFound, Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid(_("Say why you need to see the number."), code="reason_missing")
    with scoped(actor, Right.IDENTITY_UNMASK):
        person = access_person(actor, person_id, right=Right.IDENTITY_UNMASK)
        phones = PersonPhone.objects.filter(person=person).order_by("position")
        audit.record(
            actor, "identity_unmasked", community=person.community, right=Right.IDENTITY_UNMASK, object_type="person",
            object_id=person.id, reason=reason.strip(),
        )  # fmt: skip
        return {
            "id_number": crypto.unseal(person.id_number, "id_number") if person.id_number else None,
            "phones": [crypto.unseal(phone.number, "phone") for phone in phones],
            "remarks": person.remarks,
        }


def _new_person(community: int, words: PersonWords, *, number_shared: bool = False) -> tuple[Person, PersonWords]:
    """Write somebody new, and return them with the words as they were read."""
    _refuse_unnamed(words.name)
    _refuse_too_long(words)
    words = _with_number_read(words)
    shared = words.id_number if number_shared and _holders(community, words.id_number) else None
    words = replace(words, id_number=None) if shared else words
    _refuse_known_number(community, words.id_number)
    person = Person(community=community, edited_at=clock.now())
    _tell(person, words)
    person.save(force_insert=True)
    _write_phones_and_needs(person, words)
    if shared:
        RegisterFlag.objects.create(
            community=community, person=person, row=0, kind="id_shared", name=person.name, read=crypto.seal(shared)
        )
    return person, words


def _rewrite(person: Person, words: PersonWords) -> PersonWords:
    """Write what somebody says about a person over what the register said; return the words as they were read."""
    if words.name is not None:
        _refuse_unnamed(words.name)
    _refuse_too_long(words)
    words = _with_number_read(words)
    _refuse_known_number(person.community, words.id_number, but=person.id)
    _tell(person, words)
    person.edited_at = clock.now()
    person.save()
    _write_phones_and_needs(person, words)
    _tell_residency(person, words)
    if words.id_number:
        _resolve_number_flags(person)
    return words


def _refuse_unnamed(name: str | None) -> None:
    if not (name or "").strip():
        raise Invalid(_("A person needs a name."), code="name_missing")


def _refuse_too_long(words: PersonWords) -> None:
    """Refuse what the columns of the register cannot hold, before the database does."""
    told = [(words.name, Person.name), (words.hukou_division, Person.hukou_division)]
    told += [(words.relation, Residency.relation), *((need, CareNeed.kind) for need in words.care_needs or ())]
    for text, column in told:
        most = column.field.max_length
        if text and most and len(text.strip()) > most:
            raise Invalid(
                _("“%(read)s…” is too long: at most %(most)s characters."), code="too_long", read=text[:20], most=most
            )


def _with_number_read(words: PersonWords) -> PersonWords:
    """Bring an identity number into its plain form, and take from it what was not said. Raises Invalid for a wrong one."""
    if not words.id_number:
        return words
    read = read_identity(words.id_number, "" if words.id_kind in (None, "resident_id") else _KIND_HINTS[words.id_kind])
    if read.number is None:
        raise Invalid(
            _("The identity number “%(read)s” is not right: a digit is wrong or missing. Compare it with the card."),
            code=read.flag, read=words.id_number,
        )  # fmt: skip
    return replace(
        words,
        id_number=read.number,
        id_kind=words.id_kind or read.kind,
        birth=words.birth or read.birth,
        sex=words.sex or SEX_OF.get(read.sex),
    )


def _resolve_number_flags(person: Person) -> None:
    flags = RegisterFlag.objects.filter(person=person, resolved_at=None, kind__in=(*WRONG_NUMBER, "id_missing"))
    flags.update(resolved_at=clock.now())


def _refuse_known_number(community: int, number: str | None, but: UUID | None = None) -> None:
    if _holders(community, number) - {but}:
        raise Conflict(
            _("Somebody in the register has this identity number already. Look them up instead of adding them again."),
            code="id_number_known",
        )


def _holders(community: int, number: str | None) -> set[UUID | None]:
    if not number:
        return set()
    same = Person.objects.filter(community=community, id_index=crypto.blind_index("id_number", number))
    return set(same.values_list("id", flat=True))


def _tell(person: Person, words: PersonWords) -> None:
    for name in _COLUMNS:
        if (value := getattr(words, name)) is not None:
            setattr(person, name, value.strip() if isinstance(value, str) else value)
    if words.id_number is not None:
        for name, value in sealed_id_number(words.id_number).items():
            setattr(person, name, value)


def _write_phones_and_needs(person: Person, words: PersonWords) -> None:
    if words.phones is not None:
        PersonPhone.objects.filter(person=person).delete()
        PersonPhone.objects.bulk_create(phone_rows(person, words.phones))
    if words.care_needs is not None:
        CareNeed.objects.filter(person=person).delete()
        CareNeed.objects.bulk_create(
            CareNeed(community=person.community, person=person, kind=kind) for kind in dict.fromkeys(words.care_needs)
        )


def _tell_residency(person: Person, words: PersonWords) -> None:
    told = {"relation": words.relation, "kind": words.residency_kind}
    values = {name: value for name, value in told.items() if value is not None}
    if values:
        Residency.objects.filter(person=person, until=None).update(**values)


def _open_residency(person: Person, household: Household, words: PersonWords) -> Residency:
    residency: Residency = Residency.objects.create(
        community=person.community,
        person=person,
        household=household,
        kind=words.residency_kind or Residency.Kind.RESIDENT,
        relation=words.relation or "",
    )
    return residency


def _record(
    actor: Actor, right: Right, action: str, person: Person, before: dict[str, Any] | None, words: PersonWords,
    *, reason: str = "", **more: Any,
) -> None:  # fmt: skip
    told = {name: value for name, value in asdict(_masked(words)).items() if value is not None}
    audit.record(
        actor, action, community=person.community, right=right, object_type="person", object_id=person.id,
        before=before, after={**told, **more}, reason=reason,
    )  # fmt: skip


def _masked(words: PersonWords) -> PersonWords:
    return replace(
        words,
        id_number=crypto.mask_id_number(words.id_number) if words.id_number else words.id_number,
        phones=tuple(map(crypto.mask_phone, words.phones)) if words.phones else words.phones,
    )
