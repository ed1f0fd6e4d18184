"""What is copied from one column to another fits there, however long it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Building, Compound, Dwelling, Unit
from linli.registry.intake import particulars
from linli.registry.models import Person, RegisterFlag, Residency
from linli.registry.services.people import PersonWords, add_person_without_dwelling, edit_person
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import ZHANG, changed

BELOW = ("places", "registry")


def copies() -> Iterator[tuple[Any, Any]]:
    """Yield each text column of a model with the column of the same name of what the model refers to in the register."""
    for model in (model for model in apps.get_models() if model._meta.app_label != "places"):
        own = {field.name: field for field in model._meta.concrete_fields if isinstance(field, models.CharField)}
        for reference in model._meta.concrete_fields:
            there: Any = reference.related_model
            if there is not None and there._meta.app_label in BELOW:
                for field in there._meta.concrete_fields:
                    if isinstance(field, models.CharField) and field.name in own and not field.choices:
                        yield field, own[field.name]


def test_a_column_copied_from_the_register_is_as_long_as_there():
    found = {(str(source), str(copy)): (source.max_length or 0, copy.max_length or 0) for source, copy in copies()}
    assert ("registry.Person.name", "rounds.Target.name") in found
    assert [pair for pair, (source, copy) in found.items() if copy < source] == []


def test_a_ledger_is_cut_to_what_the_columns_hold():
    def most(model: Any, name: str) -> Any:
        return model._meta.get_field(name).max_length

    assert {
        "name": most(Person, "name"),
        "hukou_division": most(Person, "hukou_division"),
        "relation": most(Residency, "relation"),
    } == particulars._LONGEST
    assert most(RegisterFlag, "name") == most(Person, "name")
    parts = [most(Compound, "name"), most(Building, "name"), most(Unit, "name"), most(Dwelling, "room")]
    assert parts == [80, 40, 40, 40]


@pytest.mark.django_db
def test_the_longest_name_of_a_ledger_is_taken_and_a_longer_one_is_cut(take_in: Import, coordinator: Actor):
    take_in((changed(ZHANG, 姓名="阿" * 120), changed(ZHANG, 姓名="买" * 121, 身份证号码="")))
    with scoped(coordinator, Right.LEDGER_READ):
        assert {len(name) for name in Person.objects.values_list("name", flat=True)} == {120}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [PersonWords(name="买" * 121), PersonWords(name="买", hukou_division="武" * 201),
     PersonWords(name="买", care_needs=("透" * 61,)), PersonWords(name="买", relation="子" * 41)],
)  # fmt: skip
def test_what_a_column_cannot_hold_is_refused_in_words(coordinator: Actor, community: int, words: PersonWords):
    person = add_person_without_dwelling(coordinator, BALICHA, PersonWords(name="买" * 120))
    with answers("too_long"):
        add_person_without_dwelling(coordinator, BALICHA, words)
    with answers("too_long"):
        edit_person(coordinator, person.pk, words)
