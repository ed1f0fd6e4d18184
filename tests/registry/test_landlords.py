"""Who lets a dwelling, corrected by hand and then named by a ledger again."""

import pytest

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.models import AuditEntry, OutboxEntry
from linli.core.scope import scope_of
from linli.places.models import Dwelling
from linli.registry.intake.particulars import phones_unsealed
from linli.registry.services.landlords import REMOVED, LandlordWords, edit_landlord
from linli.registry.services.ledger_undo import undo_import
from linli.registry.versions import version_of
from tests.conftest import BALICHA
from tests.places.answers import answers
from tests.registry.conftest import Import
from tests.registry.office import WANG, changed, whole_register

pytestmark = pytest.mark.django_db
HERE = ((BALICHA, BALICHA + 1),)
OTHER = LandlordWords("钱七", ("13800001111", "0722-3234567"))


@pytest.fixture
def let(take_in: Import) -> Dwelling:
    """The dwelling that Zhao lets."""
    take_in()
    return dwelling("102")


def dwelling(room: str) -> Dwelling:
    with scope_of(HERE):
        found: Dwelling = Dwelling.objects.get(room=room)
        return found


def landlord(room: str = "102") -> tuple[str, tuple[str, ...]]:
    row = dwelling(room)
    return row.landlord_name, phones_unsealed(row.landlord_phones)


def entries() -> list[AuditEntry]:
    with scope_of(HERE):
        return list(AuditEntry.objects.filter(action="landlord_edited").order_by("number"))


def test_landlord_is_set_changed_and_removed(let: Dwelling, coordinator: Actor):
    assert landlord() == ("赵六", ("13700000009",))
    edit_landlord(coordinator, let.pk, OTHER)
    assert landlord() == ("钱七", ("13800001111", "0722-3234567"))
    edit_landlord(coordinator, let.pk, LandlordWords(phones=("13800002222",)))
    assert landlord() == ("钱七", ("13800002222",))
    edit_landlord(coordinator, let.pk, REMOVED)
    assert landlord() == ("", ())


def test_one_entry_says_what_was_changed_with_masked_phones(let: Dwelling, coordinator: Actor):
    edit_landlord(coordinator, let.pk, LandlordWords("赵六", ("13800001111",)))
    (entry,) = entries()
    with scope_of(HERE):
        detail = audit.details_of([entry])[0]
    assert (entry.actor, entry.object_id) == (coordinator.name, let.pk)
    assert detail["after"] == {"landlord_phones": ["138****1111"]}
    assert detail["before"] == {"landlord_name": "赵六"}


def test_saying_what_is_known_already_writes_nothing(let: Dwelling, coordinator: Actor):
    edit_landlord(coordinator, let.pk, LandlordWords(" 赵六 ", ("13700000009",)))
    assert entries() == []


def test_other_apps_hear_that_the_register_changed(let: Dwelling, coordinator: Actor):
    with scope_of(HERE):
        words = OutboxEntry.objects.count()
        edit_landlord(coordinator, let.pk, OTHER)
        assert OutboxEntry.objects.count() == words + 1


def test_next_ledger_that_says_something_else_is_listed_and_not_taken(
    let: Dwelling, coordinator: Actor, take_in: Import
):
    edit_landlord(coordinator, let.pk, OTHER)
    assert reasons(take_in()) == {"landlord_name": "edited_here", "landlord_phones": "edited_here"}
    assert reasons(take_in((changed(WANG, 房东姓名="孙八"),)))["landlord_name"] == "both_changed"
    assert landlord()[0] == "钱七"


def test_removed_landlord_does_not_come_back_with_the_next_ledger(let: Dwelling, coordinator: Actor, take_in: Import):
    edit_landlord(coordinator, let.pk, REMOVED)
    assert reasons(take_in()) == {"landlord_name": "edited_here", "landlord_phones": "edited_here"}
    assert landlord() == ("", ())


def reasons(report) -> dict[str, str]:
    return {conflict["field"]: conflict["reason"] for conflict in report.conflicts}


def test_refuses_to_undo_an_import_under_an_edited_landlord_and_names_the_door(take_in: Import, coordinator: Actor):
    report = take_in()
    edit_landlord(coordinator, dwelling("102").pk, OTHER)
    before = whole_register()
    assert report.import_id
    with answers("undo_blocked") as caught:
        undo_import(coordinator, report.import_id)
    assert "明珠华府 1-1-102" in caught.value.in_language("zh-hans")
    assert whole_register() == before


def test_refuses_whoever_may_not_edit_here(let: Dwelling, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        edit_landlord(desk_clerk, let.pk, OTHER)
    with pytest.raises(NotFound):
        edit_landlord(stranger, let.pk, OTHER)
    assert landlord()[0] == "赵六"


def test_refuses_a_stale_page_and_a_name_that_does_not_fit(let: Dwelling, coordinator: Actor):
    version = version_of(let)
    edit_landlord(coordinator, let.pk, OTHER, version=version)
    with answers("conflict"):
        edit_landlord(coordinator, let.pk, REMOVED, version=version)
    with answers("too_long"):
        edit_landlord(coordinator, let.pk, LandlordWords("长" * 61))
    assert landlord()[0] == "钱七"
