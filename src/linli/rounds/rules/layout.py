"""Whether a layout of sites and call groups, or a sweep, may be put into force."""

from collections import Counter
from collections.abc import Collection, Sequence

from linli.orders.rules import RulePackRules
from linli.rounds.asked import CallGroupAsked, SiteAsked, TeamAsked


def decide_layout(
    sites: Sequence[SiteAsked], groups: Sequence[CallGroupAsked], targets: Collection[object], rules: RulePackRules
) -> str:
    """Return what is wrong with a layout (R92, R96, R113), or an empty text.

    Codes: `site_twice`, `site_without_desk`, `site_closes_before_it_opens`, `group_at_unknown_site`, `group_too_large`,
    `group_empty`, `group_outside_hours`, `target_unknown`, `target_in_two_groups`.
    """
    by_id = {site.id: site for site in sites}
    called = Counter(target for group in groups for target in group.targets)
    rows = (
        (len(by_id) < len(sites), "site_twice"),
        (any(site.desks < 1 for site in sites), "site_without_desk"),
        (any(site.closes_at <= site.opens_at for site in sites), "site_closes_before_it_opens"),
        (any(group.site not in by_id for group in groups), "group_at_unknown_site"),
        (any(len(group.targets) > rules.call_group_at_most for group in groups), "group_too_large"),
        (any(not group.targets for group in groups), "group_empty"),
        (not all(_within_hours(group, by_id.get(group.site)) for group in groups), "group_outside_hours"),
        (any(target not in targets for target in called), "target_unknown"),
        (any(times > 1 for times in called.values()), "target_in_two_groups"),
    )
    return next((code for holds, code in rows if holds), "")


def _within_hours(group: CallGroupAsked, site: SiteAsked | None) -> bool:
    return site is None or site.opens_at <= group.starts_at < site.closes_at


def decide_sweep(teams: Sequence[TeamAsked], doors: Collection[object], outstanding: Collection[object]) -> str:
    """Return what is wrong with a sweep (R120, R129), or an empty text.

    Every door behind which somebody is outstanding stands on exactly one list. Codes: `no_team`, `team_twice`,
    `door_unknown`, `door_on_two_lists`, `door_left_out`.
    """
    listed = Counter(door for team in teams for door in team.doors)
    rows = (
        (not teams, "no_team"),
        (len({team.number for team in teams}) < len(teams), "team_twice"),
        (any(door not in doors for door in listed), "door_unknown"),
        (any(times > 1 for times in listed.values()), "door_on_two_lists"),
        (any(door not in listed for door in outstanding), "door_left_out"),
    )
    return next((code for holds, code in rows if holds), "")
