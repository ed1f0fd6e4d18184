"""Entries that look like one person, on pages: found, compared, merged, made two again."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.core.rights import Role
from linli.core.scope import scope_of
from linli.registry.models import Merge, Person, TwoPeople
from tests.conftest import BALICHA
from tests.registry.office import NO_NUMBER, PEOPLE
from tests.registry.pages.conftest import Sign, text_of

HERE = ((BALICHA, BALICHA + 1),)
ALIKE = f"/c/{BALICHA}/alike/"
AGAIN = [*NO_NUMBER[:3], "202", "陈静", "户主", "女", "", "13900000004", "租户", "", "", "透析"]


@pytest.fixture
def pair(taken_in) -> tuple[UUID, UUID]:
    """陈静 twice, with one phone at two doors."""
    taken_in(PEOPLE[:-1])
    taken_in([*PEOPLE[:-1], AGAIN])
    with scope_of(HERE):
        first, second = Person.objects.filter(name="陈静").order_by("id").values_list("id", flat=True)
    return first, second


def compare(pair: tuple[UUID, UUID]) -> str:
    return f"/persons/{pair[0]}/same/{pair[1]}/"


def merged(office: Client, pair: tuple[UUID, UUID], **chosen: str) -> Any:
    """Send the page of a pair as it was shown."""
    version = office.get(compare(pair)).context["both"].version
    return office.post(compare(pair), {"version": version, **chosen}, follow=True)


def test_a_pair_that_changed_since_it_was_shown_is_not_merged(office: Client, pair: tuple[UUID, UUID]) -> None:
    version = office.get(compare(pair)).context["both"].version
    with scope_of(HERE):
        Person.objects.filter(pk=pair[1]).update(name="陈婧")
    assert office.post(compare(pair), {"version": version}).status_code == 409
    assert office.post(compare(pair)).status_code == 409
    with scope_of(HERE):
        assert not Merge.objects.exists()


def test_the_list_names_the_pair_and_why(office: Client, pair: tuple[UUID, UUID]) -> None:
    shown = text_of(office.get(ALIKE))
    assert "姓名和电话相同" in shown
    assert compare(pair) in shown
    assert ALIKE in text_of(office.get(f"/c/{BALICHA}/"))


def test_without_pairs_the_list_says_so(office: Client, taken_in) -> None:
    taken_in()
    assert "没有疑似重复的登记" in text_of(office.get(ALIKE))


def test_merged_the_old_address_leads_to_the_person(office: Client, pair: tuple[UUID, UUID]) -> None:
    assert 'name="home" value="other"' in text_of(office.get(compare(pair))).replace('id="home-other" ', "")
    done = merged(office, pair, home="other", name="this")
    shown = text_of(done)
    assert "202" in shown
    assert "透析" in shown
    assert office.get(f"/persons/{pair[1]}/").headers["Location"] == f"/persons/{pair[0]}/"
    assert office.get(compare(pair)).status_code == 404


def test_made_two_again_from_the_persons_page(office: Client, pair: tuple[UUID, UUID]) -> None:
    merged(office, pair)
    with scope_of(HERE):
        merge = Merge.objects.get()
    assert f"/merges/{merge.pk}/undo/" in text_of(office.get(f"/persons/{pair[0]}/"))
    office.post(f"/merges/{merge.pk}/undo/")
    assert office.get(f"/persons/{pair[1]}/").status_code == 200


def test_two_people_are_not_asked_about_again(office: Client, pair: tuple[UUID, UUID]) -> None:
    office.post(f"{compare(pair)}two/")
    assert compare(pair) not in text_of(office.get(ALIKE))
    assert "记为两个人" in text_of(office.get(compare(pair)))
    office.post(f"{compare(pair)}two/", {"back": "1"})
    with scope_of(HERE):
        assert not TwoPeople.objects.exists()


def test_the_other_entry_is_found_from_the_person(office: Client, pair: tuple[UUID, UUID]) -> None:
    look = f"/persons/{pair[0]}/same/"
    assert compare(pair) in text_of(office.get(look))
    assert "王芳" in text_of(office.get(look, {"q": "王芳"}))
    assert office.get(look, {"q": "13900000004"}).headers["Location"] == look


def test_who_may_not_write_people_sees_no_way_to_merge(signed_in: Sign, pair: tuple[UUID, UUID]) -> None:
    viewer = signed_in(Role.SAMPLER)
    for address in (ALIKE, compare(pair), f"/persons/{pair[0]}/same/"):
        assert viewer.get(address).status_code == 403
    assert viewer.post(compare(pair)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_pairs(office: Client, taken_in) -> None:
    def rows(count: int) -> list[list[str]]:
        return [
            [
                *NO_NUMBER[:3],
                str(300 + at),
                f"双名{at // 2}",
                "户主",
                "女",
                "",
                f"1390000{at // 2:04}",
                "租户",
                "",
                "",
                "",
            ]
            for at in range(count)
        ]

    taken_in(rows(4))
    with CaptureQueriesContext(connection) as few:
        assert text_of(office.get(ALIKE)).count("/same/") == 2
    taken_in(rows(40))
    with CaptureQueriesContext(connection) as many:
        assert text_of(office.get(ALIKE)).count("/same/") == 20
    assert len(many) == len(few)
