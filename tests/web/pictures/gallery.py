"""Every picture with easy and hard content, for tests, screenshots and eyes; it is no route."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from linli.core.shapes import (
    FacadeBuilding,
    FacadeCommunity,
    FacadeCompound,
    FacadeDoor,
    FacadeUnit,
    RoundRibbon,
    SiteQueue,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
STATES = ("done", "done", "done", "done", "open", "open", "waiting", "refused", "away", "help", "nobody")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 3, 14, hour, minute, tzinfo=SHANGHAI)


def building(name: str, *, units: int, floors: int, doors: int, seed: int = 1) -> FacadeBuilding:
    random = Random(seed)
    return FacadeBuilding(
        name, tuple(unit(f"{n}单元", floors, doors, random) for n in range(1, units + 1)), f"/b/{name}"
    )


def unit(name: str, floors: int, doors: int, random: Random) -> FacadeUnit:
    return FacadeUnit(
        name,
        tuple(
            FacadeDoor(
                f"{floor}{column:02}",
                floor,
                column,
                random.choice(STATES),
                random.randint(1, 4),
                f"/d/{name}/{floor}-{column}",
            )
            for floor in range(1, floors + 1)
            for column in range(1, doors + 1)
        ),
    )


def odd_building() -> FacadeBuilding:
    rooms = ("底商1", "底商2", "101A", "101", "负一", "B2-03", "门卫室", "东头老李家", "302", "501", "-101")
    doors = tuple(
        FacadeDoor(room, state=STATES[n % 11], open_count=n % 3, url=f"/d/{n}") for n, room in enumerate(rooms)
    )
    return FacadeBuilding("老机关院", (FacadeUnit("", doors),))


def bungalows() -> FacadeBuilding:
    return FacadeBuilding(
        "平房区", (FacadeUnit("", tuple(FacadeDoor(str(n), 1, n, STATES[n % 11]) for n in range(1, 61))),)
    )


def compound(name: str, buildings: int, seed: int) -> FacadeCompound:
    random = Random(seed)
    return FacadeCompound(
        name,
        tuple(
            building(
                f"{n}栋",
                units=random.randint(1, 3),
                floors=random.choice((6, 7, 11, 18)),
                doors=random.choice((2, 3, 4)),
                seed=n,
            )
            for n in range(1, buildings + 1)
        ),
        f"/c/{name}",
    )


def community() -> FacadeCommunity:
    names = ("明珠华府", "金地格林小城", "交通局宿舍", "水岸星城", "铁路新村")
    return FacadeCommunity("巴里坨社区", tuple(compound(name, 1 + 2 * n, n) for n, name in enumerate(names)))


def ribbon_running() -> RoundRibbon:
    return RoundRibbon(
        ordered_at=at(2),
        mustered_at=at(2, 40),
        mobilised_at=at(6, 10),
        first_specimen_at=at(7, 5),
        hourly=tuple((at(hour), count) for hour, count in zip(range(7, 12), (210, 480, 640, 655, 320), strict=True)),
        forecast=tuple(
            (at(hour), 560 - 90 * (hour - 11), 640 - 90 * (hour - 11), 720 - 80 * (hour - 11)) for hour in range(11, 17)
        ),
        deadline_at=at(22),
        now=at(11, 30),
    )


def ribbon_closed() -> RoundRibbon:
    hourly = tuple((at(hour), 600 - 40 * abs(10 - hour)) for hour in range(7, 15))
    return RoundRibbon(at(2), at(2, 40), at(6, 10), at(7, 5), hourly, (), at(22), at(20), at(16, 45))


def ribbon_ordered() -> RoundRibbon:
    return RoundRibbon(ordered_at=at(2), deadline_at=at(22), now=at(2, 5))


def queue_running() -> SiteQueue:
    predicted = tuple((at(7) + timedelta(minutes=30 * n), 5 + (n * 7) % 23, 3 + (n * 5) % 9) for n in range(16))
    actual = tuple((at(7) + timedelta(minutes=15 * n), 4 + (n * 5) % 29, 2 + (n * 4) % 13) for n in range(19))
    return SiteQueue("社区广场采样点", 3, 24, 8.4, predicted, actual, at(11, 30), "/s/1")


def queue_empty() -> SiteQueue:
    return SiteQueue("小学操场采样点", 1, 0, 0)


def pictures() -> dict[str, Any]:
    return {
        "facades": [
            building("3栋", units=3, floors=7, doors=2),
            building("8栋", units=2, floors=34, doors=8, seed=3),
            building("1栋", units=1, floors=11, doors=4, seed=5),
            odd_building(),
            bungalows(),
            FacadeBuilding("新建楼", ()),
        ],
        "compound": compound("明珠华府", 9, 7),
        "empty_compound": FacadeCompound("待建小区", ()),
        "community": community(),
        "ribbons": [ribbon_running(), ribbon_closed(), ribbon_ordered()],
        "queues": [queue_running(), queue_empty()],
    }
