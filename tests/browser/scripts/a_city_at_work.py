"""Put live rounds into communities around the one of the tests, with figures as if they had been counted."""

import os
import sys
from datetime import timedelta

from linli.core import clock
from linli.core.scope import everywhere
from linli.orders.models import RulePack
from linli.places.models import Division
from linli.rounds.models import Round, RoundFigures

STREET = int(os.environ["COMMUNITY"]) // 1000 * 1000
DISTRICT = STREET // 10**6 * 10**6
now = clock.now()
hour = now.replace(minute=0, second=0, microsecond=0)
names = {
    DISTRICT // 10**8 * 10**8: "武汉市", DISTRICT: "江汉区", STREET: "前进街道", DISTRICT + 4000: "民族街道",
    DISTRICT + 10**6: "硚口区", DISTRICT + 10**6 + 1000: "易家街道",
}  # fmt: skip
rounds = (
    (STREET + 2, "泰宁社区", 4800, 2100, 900, 45, 20, 6),
    (STREET + 3, "清芬社区", 3900, 0, 300, 0, 0, 6),
    (STREET + 4, "前进新村社区", 5200, 4000, 200, 0, 0, 3),
    (DISTRICT + 4001, "民意社区", 6100, 900, 1200, 12, 5, 6),
    (DISTRICT + 10**6 + 1001, "古田路社区", 7000, 350, 1500, 8, 3, 6),
)
names |= {code: name for code, name, *_figures in rounds} | {STREET + 5: "燕马社区"}
for code, name in names.items():
    Division.objects.get_or_create(code=code, defaults={"name": name})
with everywhere():
    for code, _name, total, outstanding, paced, waiting, waited, left in rounds:
        opened = Round.objects.create(
            community=code, name="第三轮", rule_pack=RulePack.objects.order_by("code", "version")[0], opened_by="x",
            t0=now - timedelta(hours=7), ordered_at=now - timedelta(hours=7), deadline=now + timedelta(hours=left),
        )  # fmt: skip
        RoundFigures.objects.create(
            community=code, round=opened, entry=0, counted_at=now + timedelta(days=1), as_of=now, total=total,
            outstanding=outstanding, paced=paced, waiting=waiting,
            waiting_since=now - timedelta(minutes=waited) if waiting else None,
            reported_at=now - timedelta(minutes=3 if paced > 200 else 95),
            hourly=[[(hour - timedelta(hours=each)).isoformat(), paced + 40 * each] for each in range(5, -1, -1)],
        )  # fmt: skip
sys.stdout.write(f"street={STREET}\ndistrict={DISTRICT}\ncity={DISTRICT // 10**8 * 10**8}\n")
