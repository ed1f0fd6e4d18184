"""Invented people of a round, without a database."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from linli.core.ids import seeded_uuid7
from linli.orders.rules import DeskTeam, RulePackRules
from linli.places.addresses import Address
from linli.planning.microplan import Asked
from linli.planning.people import TargetRow

ORDERED = datetime(2026, 3, 2, 6, tzinfo=UTC)
OPENS = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
ROUND = UUID("01963000-0000-7000-8000-000000000001")

RULES = RulePackRules(
    call_group_at_most=20,
    desk_rate_per_hour=130,
    desk_team=DeskTeam(1, 2, 4),
    desks_at_most=8,
    persons_per_site=2500,
    persons_per_desk=700,
    pool_size=10,
    wait_target_minutes=10,
    wait_alarm_minutes=20,
    wait_at_most_minutes=30,
    door_visits_before_not_found=3,
    door_visits_before_refused=2,
)


def asked(desks: int = 8, window_hours: float = 6.75) -> Asked:
    return Asked(desks, OPENS, window_hours)


def household_rows(compound: str, building: str, room: str, size: int, *, called: bool = True) -> list[TargetRow]:
    address = Address(compound, building, "1", room)
    household = seeded_uuid7(ORDERED, *address)
    return [
        TargetRow(
            target=seeded_uuid7(ORDERED, *address, number),
            address=address,
            name=f"居民{number}",
            household=household,
            dwelling=seeded_uuid7(ORDERED, "door", *address),
            floor=int(room[:-2] or 0),
            relation="户主" if number == 0 else "成员",
            called=called,
        )
        for number in range(size)
    ]


def community_rows(buildings: int, households: int, size: int = 3) -> list[TargetRow]:
    """So many people in even compounds of four buildings."""
    return [
        row
        for building in range(buildings)
        for door in range(households)
        for row in household_rows(
            f"小区{building // 4 + 1}", str(building % 4 + 1), f"{door // 4 + 1}0{door % 4 + 1}", size
        )
    ]


@st.composite
def communities(draw: st.DrawFn) -> list[TargetRow]:
    """Up to some hundred people in households of any size, some of them not to be called."""
    rows: list[TargetRow] = []
    for compound in range(draw(st.integers(1, 4))):
        for building in range(draw(st.integers(1, 3))):
            for door in range(draw(st.integers(1, 8))):
                size, called = draw(st.integers(1, 25)), draw(st.integers(0, 9)) > 0
                rows += household_rows(f"小区{compound}", str(building), f"{door + 1}01", size, called=called)
    return rows
