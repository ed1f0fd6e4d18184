"""Care needs in the reader's language."""

import pytest
from django.utils import translation

from linli.registry.care_words import care_word, care_words
from linli.registry.ledger.care import CARE_NEEDS

KNOWN = [need for need, _words in CARE_NEEDS]


@pytest.mark.parametrize("need", KNOWN)
def test_what_ledgers_are_read_for_is_said_in_both_languages(need: str) -> None:
    with translation.override("en"):
        assert care_word(need).isascii()
    with translation.override("zh-hans"):
        assert care_word(need) == need


def test_a_word_of_the_office_stays_as_it_is() -> None:
    with translation.override("en"):
        assert care_words(["透析", "夜间护理"]) == "dialysis, 夜间护理"
