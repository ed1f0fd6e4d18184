from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from linli.places.addresses import Address
from linli.registry.rules import Particulars, Place, Reason, Tenure, decide_field, merge_person, merge_tenure

HOME, OTHER = Place(Address("甲", "1", "1", "101")), Place(Address("甲", "1", "1", "102"))
BASE = Particulars("张伟", "male", date(1980, 1, 1), "resident_id", "X1", ("1",), "户主", place=HOME, remarks="旧")
SAID = frozenset(("phones", "remarks", "care_needs", "residency_kind"))


@pytest.mark.parametrize(
    ("base", "file", "present", "answer"),
    [
        (("a",), "b", "a", None),
        (("a",), "a", "c", Reason.EDITED_HERE),
        (("a",), "b", "c", Reason.BOTH_CHANGED),
        (None, "b", "", None),
        (None, "b", "c", Reason.EDITED_HERE),
    ],
)
def test_decides_each_field_by_three_words(base: Any, file: str, present: str, answer: Reason | None):
    assert decide_field(base, file, present) is answer


def test_takes_what_the_file_changed_and_keeps_what_was_edited():
    file, present = replace(BASE, relation="子女", phones=("2",)), replace(BASE, phones=("3",))
    merged = merge_person(BASE, file, present, SAID)
    assert merged.outcome == replace(present, relation="子女")
    assert [(one.field, one.file, one.kept, one.reason) for one in merged.conflicts] == [
        ("phones", ("2",), ("3",), Reason.BOTH_CHANGED)
    ]


def test_empty_cell_removes_only_where_the_file_has_the_column():
    file = replace(BASE, phones=(), remarks="", id_number=None, birth=None)
    assert merge_person(BASE, file, BASE, SAID).outcome == replace(BASE, phones=(), remarks="")
    assert merge_person(BASE, file, BASE, frozenset()).outcome == BASE


def test_dead_person_is_not_brought_back_by_a_ledger():
    present = replace(BASE, place=None)
    merged = merge_person(None, replace(BASE, place=OTHER), present, SAID, is_dead=True)
    assert merged.outcome.place is None
    assert merged.conflicts[-1].field == "place"


def test_landlord_stays_with_the_dwelling():
    base = Tenure(1, "赵六", ("137",))
    assert merge_tenure(base, Tenure(), base).outcome == base
    assert merge_tenure(base, Tenure(1, "钱七", ("138",)), base).outcome == Tenure(1, "钱七", ("138",))
