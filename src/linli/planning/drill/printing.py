"""A drill's report for a terminal, in both languages."""

from typing import Any

from rich.table import Table

OUTCOMES = {
    "done": "已采样 done",
    "tested_elsewhere": "他处已检 tested elsewhere",
    "away": "外出 away",
    "refused": "拒检 refused",
    "not_found": "未找到 not found",
    "exempt": "免检 exempt",
}


def figures_table(report: dict[str, Any]) -> Table:
    """Return the figures of a report as a table."""
    table = Table("演练，不产生实际效果\nDrill, no live effect", f"seed {report['seed']}", title_justify="left")
    for label, value in _lines(report):
        table.add_row(label, value)
    return table


def _lines(report: dict[str, Any]) -> list[tuple[str, str]]:
    waits, hours = report["wait_minutes"], report["hours"]
    return [
        ("应检、离开、新来 targets, left, new", _arithmetic(report)),
        *((OUTCOMES[name], str(count)) for name, count in report["outcomes"].items()),
        ("未了结 outstanding", str(report["outstanding"])),
        ("上门采样 tested at home", str(report["home_sampled"])),
        ("采样点、采样台 sites, desks", f"{report['sites']}, {report['desks']}"),
        ("台时、利用率 desk hours, utilisation", f"{report['desk_hours']}, {report['utilisation']}"),
        ("等候分钟 wait in minutes", f"{waits['median']} / {waits['p95']} / {waits['max']} (50 % / 95 % / max)"),
        (
            "小时：动员、采样、扫楼、合计",
            f"{hours['mobilise']} / {hours['sample']} / {hours['sweep']} / {hours['total']}",
        ),
        ("hours: mobilise, sample, sweep, total", ""),
    ]


def _arithmetic(report: dict[str, Any]) -> str:
    expected = report["targets"] - report["leavers"] + report["newcomers"]
    return f"{report['targets']} − {report['leavers']} + {report['newcomers']} = {expected}"
