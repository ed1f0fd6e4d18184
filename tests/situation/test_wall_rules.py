"""What a wall adds up, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.core.ids import uuid7
from linli.situation.wall import RoundSeen, child_over, hourly_sum, part_of, rows_by, sum_of

NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CITY, DISTRICT, STREET = 421300000000, 421303000000, 421303004000
COMMUNITIES = [421303004001, 421303004002, 421303005001, 421321001001, 421300001001]
NAMES = {code: str(code) for code in (CITY, DISTRICT, STREET, 421303005000, 421321000000, 421321001000, *COMMUNITIES)}


def seen(community: int, total: int = 100, outstanding: int = 40, **changes: object) -> RoundSeen:
    usual = RoundSeen(
        uuid7(), community, "第一轮", False, False, NOW - 6 * HOUR, NOW + 6 * HOUR, None, NOW, NOW, total, outstanding,
        20, 0, None, NOW - timedelta(minutes=5), ((NOW - HOUR, 10), (NOW, 3)),
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


rounds = st.lists(
    st.builds(
        lambda community, outstanding, more, waiting, drill, closed, paced, ago: seen(
            community, outstanding + more, 0 if closed else outstanding, waiting=waiting, is_drill=drill, is_closed=closed,
            paced=paced, deadline=NOW + HOUR * ago,
        ),
        st.sampled_from(COMMUNITIES), st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 50), st.booleans(),
        st.booleans(), st.integers(0, 900), st.integers(-3, 9),
    ),
    max_size=12,
)  # fmt: skip

ADDED = ("total", "outstanding", "settled", "waiting", "running", "closed", "late", "silent", "stale", "unknown")


@given(rounds, st.sampled_from([0, 420000000000, CITY]), st.booleans())
def test_rows_add_up_to_the_wall_and_the_walls_below_to_theirs(all: list[RoundSeen], division: int, drills: bool):
    names = {**NAMES, division: "x"}
    part = part_of(division, names, all, NOW, drills=drills)
    for name in ADDED:
        assert sum(getattr(row.sum, name) for row in part.rows) == getattr(part.sum, name)
    assert sum(row.without for row in part.rows) == part.without
    assert part.sum == sum_of([each for each in all if each.is_drill is drills], NOW)
    shares = [(-row.sum.late, -row.sum.share_open) for row in part.rows]
    assert shares == sorted(shares)


@given(rounds)
def test_a_street_has_a_row_for_each_round_and_each_community_without_one(all: list[RoundSeen]):
    here = [each for each in all if each.community // 1000 == STREET // 1000]
    names = {code: name for code, name in NAMES.items() if code // 1000 == STREET // 1000}
    part = part_of(STREET, names, here, NOW, drills=False)
    live = [each for each in here if not each.is_drill]
    assert sorted(row.round.id for row in part.rows if row.round) == sorted(each.id for each in live)
    assert sum(row.sum.total for row in part.rows) == part.sum.total
    assert part.without == len({421303004001, 421303004002} - {each.community for each in live if not each.is_closed})


def test_what_stands_below_nothing_in_between_is_shown_itself():
    assert child_over(CITY, 421303004001) == DISTRICT
    assert child_over(DISTRICT, 421303004001) == STREET
    assert child_over(CITY, 421300001001) == 421300001000
    assert child_over(DISTRICT, 421303000007) == 421303000007


def test_a_round_is_late_when_its_forecast_or_its_deadline_says_so():
    assert not seen(1).is_late
    assert seen(1, outstanding=1000, total=2000).is_late
    assert seen(1, deadline=NOW - HOUR).is_late
    assert not seen(1, deadline=NOW - HOUR, outstanding=0).is_late
    assert not seen(1, paced=0).is_late


def test_a_round_is_silent_after_an_hour_without_a_fact():
    assert not seen(1).is_silent
    assert seen(1, reported_at=NOW - 2 * HOUR).is_silent
    assert seen(1, reported_at=None).is_silent
    assert not seen(1, reported_at=NOW - 2 * HOUR, outstanding=0).is_silent


def test_old_figures_of_a_live_round_are_marked():
    old = seen(1, counted_at=NOW - timedelta(minutes=3))
    assert old.is_stale(NOW)
    assert not replace(old, is_drill=True).is_stale(NOW)
    assert not replace(old, is_closed=True).is_stale(NOW)


def test_whoever_waits_goes_on_waiting_between_two_counts_but_not_in_a_drill():
    waits = seen(1, waiting=1, waiting_since=NOW - HOUR)
    assert waits.longest_wait(NOW + HOUR) == 120
    assert replace(waits, is_drill=True).longest_wait(NOW + HOUR) == 60


def test_the_last_forecast_is_that_of_the_wall_and_what_cannot_be_told_is_counted():
    whole = sum_of([seen(1), seen(2, outstanding=80), seen(3, paced=0)], NOW)
    assert (whole.finish, whole.unknown) == (NOW + 4 * HOUR, 1)


def test_hours_of_all_rounds_are_added():
    assert hourly_sum([seen(1), seen(2)], NOW - HOUR / 2) == ((NOW, 6),)


def test_a_figure_chooses_the_rows_that_have_any_the_most_first():
    part = part_of(CITY, NAMES, [seen(421303004001, waiting=2), seen(421321001001, waiting=5)], NOW, drills=False)
    assert [row.sum.waiting for row in rows_by(part, "waiting")] == [5, 2]
    assert rows_by(part, "late") == ()
    assert rows_by(part, "nonsense") == part.rows
