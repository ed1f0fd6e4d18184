from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.orders.rules import RulePackRules
from linli.orders.shipped import shipped_packs
from linli.rounds.models import Outcome
from linli.rounds.rules.outcome import LEAVES_OPEN, SETTLES, Evidence, Known, Word, decide_outcome

RULES = RulePackRules.read(next(iter(shipped_packs())).rules)
MORNING = datetime(2022, 4, 2, 8, tzinfo=UTC)
AT_THE_DOOR = frozenset(Word) - {Word.EXEMPT, Word.BACK}


def known(minute: int, word: Word, evidence: Evidence = Evidence.VISIT) -> Known:
    return Known(MORNING + timedelta(minutes=minute), UUID(int=minute * 100 + list(Word).index(word)), word, evidence)


def came(minute: int) -> Known:
    return Known(MORNING + timedelta(minutes=minute), UUID(int=minute * 100 + 99), Word.CAME, None)


def decided(*history: Known) -> Outcome | None:
    return decide_outcome(history, RULES).outcome


things = st.builds(
    known,
    st.integers(0, 5),
    st.sampled_from(Word),
    st.sampled_from([Evidence.VISIT, Evidence.LEDGER, Evidence.STATEMENT, Evidence.SPECIMEN]),
)


@given(st.lists(things, max_size=8), st.randoms(use_true_random=False))
def test_order_and_repeats_of_what_is_known_do_not_matter(history: list[Known], random):
    once = list({each.id: each for each in history}.values())
    shuffled = once + random.sample(once, len(once) // 2)
    random.shuffle(shuffled)
    assert decide_outcome(shuffled, RULES) == decide_outcome(once, RULES)


@given(st.lists(things, max_size=8))
def test_every_outcome_names_its_evidence_and_every_open_target_its_reason(history: list[Known]):
    verdict = decide_outcome(history, RULES)
    assert (verdict.outcome is None) == (verdict.reason in LEAVES_OPEN.values())
    assert verdict.outcome is None or verdict.by in history


@given(st.lists(things, max_size=8), st.integers(0, 9))
def test_specimen_settles_whatever_else_is_known_of_one_who_is_entered_once(history: list[Known], minute: int):
    history = [each for each in history if each.word is not Word.MERGED]
    assert decided(*history, known(minute, Word.DONE, Evidence.SPECIMEN)) == Outcome.DONE


@pytest.mark.parametrize("word", SETTLES)
def test_word_that_settles_gives_its_outcome(word: Word):
    assert decided(known(1, word)) == SETTLES[word][0]


def test_latest_word_counts():
    for history in permutations([known(1, Word.MOVED), known(2, Word.AWAY), known(3, Word.TESTED_ELSEWHERE)]):
        assert decided(*history) == Outcome.TESTED_ELSEWHERE


def test_person_away_by_the_ledger_who_is_met_at_home_is_outstanding_again():
    away = known(0, Word.AWAY, Evidence.LEDGER)
    assert decided(away) == Outcome.AWAY
    assert decide_outcome([away, known(5, Word.CANNOT_COME)], RULES).reason == "home_sampling"
    assert decided(away, known(5, Word.REFUSED)) is None


@pytest.mark.parametrize("evidence", [Evidence.LEDGER, Evidence.REGISTER])
@pytest.mark.parametrize("minute", [0, 9])
def test_person_away_by_the_ledger_who_comes_to_a_site_is_outstanding_again(evidence: Evidence, minute: int):
    verdict = decide_outcome([known(minute, Word.AWAY, evidence), came(5)], RULES)
    assert (verdict.outcome, verdict.reason) == (None, "came_untested")


@pytest.mark.parametrize("word", [Word.AWAY, Word.MOVED, Word.VACANT, Word.DEAD])
@pytest.mark.parametrize("evidence", [Evidence.VISIT, Evidence.STATEMENT])
def test_who_comes_to_a_site_proves_earlier_words_of_absence_wrong_and_no_later_one(word: Word, evidence: Evidence):
    assert decided(known(1, word, evidence), came(5)) is None
    assert decided(known(9, word, evidence), came(5)) == SETTLES[word][0]
    assert decided(known(0, Word.AWAY, Evidence.LEDGER), came(5), known(9, word, evidence)) == SETTLES[word][0]


def test_who_comes_to_a_site_does_not_undo_what_says_nothing_of_absence():
    refused = [known(1, Word.REFUSED), known(2, Word.REFUSED)]
    assert decided(known(1, Word.TESTED_ELSEWHERE), came(5)) == Outcome.TESTED_ELSEWHERE
    assert decided(known(1, Word.EXEMPT, Evidence.STATEMENT), came(5)) == Outcome.EXEMPT
    assert decided(*refused, came(5)) == Outcome.REFUSED
    assert decide_outcome([known(1, Word.CANNOT_COME), came(5)], RULES).reason == "home_sampling"
    assert decide_outcome([known(1, Word.BACK, Evidence.STATEMENT), came(5)], RULES).reason == "back"


def test_knocks_before_somebody_came_to_a_site_do_not_count():
    before = [known(minute, Word.NOT_FOUND) for minute in (1, 2)]
    after = [known(minute, Word.NOT_FOUND) for minute in (6, 7, 8)]
    back = known(0, Word.BACK, Evidence.STATEMENT)
    assert decided(*before, came(5), after[0]) is None
    assert decided(back, *before, came(5), after[0]) is None
    assert decided(*before, came(5), *after) == Outcome.NOT_FOUND


@given(st.lists(things, max_size=8), st.integers(0, 9))
def test_coming_to_a_site_alone_settles_nobody_who_was_open(history: list[Known], minute: int):
    if decided(*history) is None:
        assert decided(*history, came(minute)) is None


def test_knocks_with_nobody_at_home_leave_somebody_away_as_away():
    knocks = [known(minute, Word.NOT_FOUND) for minute in (1, 2, 3, 4)]
    assert decided(known(0, Word.AWAY, Evidence.LEDGER), *knocks) == Outcome.AWAY


def test_nobody_at_home_is_not_found_after_three_visits():
    knocks = [known(minute, Word.NOT_FOUND) for minute in (1, 2, 3)]
    assert decided(*knocks[:2]) is None
    verdict = decide_outcome(knocks, RULES)
    assert (verdict.outcome, verdict.visits, verdict.by) == (Outcome.NOT_FOUND, 3, knocks[2])


def test_refusal_is_final_after_two_visits():
    assert decide_outcome([known(1, Word.REFUSED)], RULES).reason == "refused_once"
    assert decided(known(1, Word.REFUSED), known(2, Word.REFUSED)) == Outcome.REFUSED


def test_refusal_is_final_after_three_knocks_too():
    assert decided(known(1, Word.REFUSED), known(2, Word.NOT_FOUND)) is None
    assert decided(known(1, Word.REFUSED), known(2, Word.NOT_FOUND), known(3, Word.NOT_FOUND)) == Outcome.REFUSED


def test_who_cannot_come_stays_outstanding_until_tested_at_home():
    asked = known(1, Word.CANNOT_COME)
    verdict = decide_outcome([asked, known(2, Word.NOT_FOUND), known(3, Word.NOT_FOUND)], RULES)
    assert (verdict.outcome, verdict.home_sampling_asked_at) == (None, asked.at)
    assert decided(asked, known(9, Word.DONE, Evidence.HOME_SPECIMEN)) == Outcome.DONE


def test_unanswered_knocks_never_settle_who_is_to_be_tested_at_home():
    knocks = [known(minute, Word.NOT_FOUND) for minute in (5, 6, 7, 8)]
    by_visit = known(1, Word.CANNOT_COME)
    by_office = known(1, Word.CANNOT_COME, Evidence.STATEMENT)
    assert decided(by_visit, *knocks) is None
    assert decided(by_office, *knocks) is None
    assert decided(by_visit, known(2, Word.BACK, Evidence.STATEMENT), *knocks) is None
    assert decided(known(2, Word.BACK, Evidence.STATEMENT), *knocks) == Outcome.NOT_FOUND


@given(st.lists(things, max_size=8), st.integers(0, 5))
def test_paper_and_closed_doors_never_settle_who_is_here(history: list[Known], minute: int):
    verdict = decide_outcome([*history, known(minute, Word.CANNOT_COME)], RULES)
    assert verdict.outcome != Outcome.NOT_FOUND
    assert verdict.by is None or not verdict.by.is_away_on_paper
    assert decide_outcome([*history, came(minute)], RULES).by not in [each for each in history if each.is_away_on_paper]


def test_away_mark_of_the_ledger_is_no_word_about_who_was_met_at_the_door():
    away = known(9, Word.AWAY, Evidence.REGISTER)
    assert decide_outcome([known(1, Word.CANNOT_COME), away], RULES).reason == "home_sampling"
    assert decide_outcome([known(1, Word.REFUSED), away], RULES).reason == "refused_once"
    assert decided(known(1, Word.CANNOT_COME), known(9, Word.AWAY)) == Outcome.AWAY
    assert decided(known(1, Word.CANNOT_COME), known(9, Word.AWAY, Evidence.STATEMENT)) == Outcome.AWAY


def test_vacant_dwelling_means_its_registered_people_have_moved():
    assert decide_outcome([known(1, Word.VACANT)], RULES).reason == "vacant"
    assert decided(known(1, Word.VACANT)) == Outcome.MOVED


@given(st.lists(things, max_size=8))
def test_who_is_another_target_too_leaves_whatever_else_is_known(history: list[Known]):
    merged = known(100, Word.MERGED, Evidence.REGISTER)
    verdict = decide_outcome([*history, merged], RULES)
    assert (verdict.outcome, verdict.reason, verdict.by) == (Outcome.MOVED, "merged", merged)


def test_two_entries_that_are_two_again_count_as_before():
    specimen = known(1, Word.DONE, Evidence.SPECIMEN)
    merged, back = known(2, Word.MERGED, Evidence.REGISTER), known(3, Word.BACK, Evidence.REGISTER)
    assert decided(specimen, merged, back) == Outcome.DONE
    assert decided(merged, back) is None
