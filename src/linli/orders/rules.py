"""What a rule pack says, typed and checked, and whether it is in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from linli.core.errors import Invalid


class RulePackUnusable(Invalid):
    """A rule pack lacks a number, or says one that cannot be."""

    code = "rule_pack_unusable"
    message = _("This rule pack cannot be used: %(field)s is %(read)s.")


@dataclass(frozen=True)
class DeskTeam:
    """Who staffs one sampling desk (R108)."""

    medic: int
    cadre: int
    community_worker: int

    @property
    def size(self) -> int:
        """All together."""
        return self.medic + self.cadre + self.community_worker


@dataclass(frozen=True)
class RulePackRules:
    """The numbers a round runs by. All are at least one; the three waits rise."""

    call_group_at_most: int
    desk_rate_per_hour: int
    desk_team: DeskTeam
    desks_at_most: int
    persons_per_site: int
    persons_per_desk: int
    pool_size: int
    wait_target_minutes: int
    wait_alarm_minutes: int
    wait_at_most_minutes: int
    door_visits_before_not_found: int
    door_visits_before_refused: int

    @classmethod
    def read(cls, rules: Mapping[str, Any]) -> Self:
        """Read the JSON of a rule pack. Raises RulePackUnusable naming the first field that is wrong."""
        unknown = sorted(set(rules) - {field.name for field in fields(cls)})
        if unknown:
            raise RulePackUnusable(field=unknown[0], read=rules[unknown[0]])
        team = rules.get("desk_team")
        if not isinstance(team, Mapping):
            raise RulePackUnusable(field="desk_team", read=team)
        people = {who.name: _whole(who.name, team.get(who.name)) for who in fields(DeskTeam)}
        others = (each.name for each in fields(cls) if each.name != "desk_team")
        numbers = {name: _whole(name, rules.get(name)) for name in others}
        read = cls(desk_team=DeskTeam(**people), **numbers)
        if not read.wait_target_minutes <= read.wait_alarm_minutes <= read.wait_at_most_minutes:
            raise RulePackUnusable(field="wait_alarm_minutes", read=read.wait_alarm_minutes)
        return read

    @property
    def service_seconds(self) -> float:
        """Mean time one person takes at a desk, in seconds."""
        return 3600 / self.desk_rate_per_hour


def _whole(field: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise RulePackUnusable(field=field, read=value)
    return value


def pack_is_in_force(effective_from: date, effective_to: date | None, day: date) -> bool:
    """Tell whether rules that begin on one day and end before another hold on `day`."""
    return effective_from <= day and (effective_to is None or day < effective_to)
