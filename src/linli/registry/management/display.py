"""What the ledger commands say to a person at a terminal, in Chinese and English."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from linli.registry.intake.report import ImportReport
from linli.registry.ledger.messages import FLAGS, PROBLEMS, sentence
from linli.registry.masking import masked, masked_all
from linli.registry.services.ledger_export import ExportReport
from linli.registry.services.ledger_import import Progress as Watcher
from linli.registry.services.ledger_undo import UndoReport

_STEPS = {
    "reading": "读取表格 Reading the spreadsheet",
    "comparing": "与台账比对 Comparing with the register",
    "writing": "写入 Writing",
    "done": "完成 Done",
}
_COUNTS = (
    ("persons", "人员 persons"), ("households", "户 households"), ("dwellings", "房屋 dwellings"), ("vacant", "空置 vacant"),
    ("created", "新增人员 new persons"), ("updated", "有变化 updated"), ("moved", "其中搬动 of these moved"),
    ("unchanged", "无变化 unchanged"), ("new_dwellings", "新增房屋 new dwellings"),
)  # fmt: skip
_SHOWN = 20
_OWN_FLAGS = {"value_shortened": ("内容太长，已截短（{read}）。", "Too long; it was shortened ({read}).")}


@contextmanager
def watched(*, is_shown: bool) -> Iterator[Watcher]:
    """Yield what an import tells its progress; shown on the error stream of a terminal only."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, disable=not is_shown) as bar:
        task = bar.add_task(_STEPS["reading"], total=None)

        def tell(step: str, done: int, total: int) -> bool:
            bar.update(task, description=_STEPS[step], completed=done, total=total)
            return True

        yield tell


def show_import(report: ImportReport) -> None:
    """Print counts, what has to be looked at, conflicts and who is missing from the file."""
    console = Console()
    head = "试算（未写入） Dry run (nothing written)" if report.is_dry_run else "已导入 Imported"
    console.print(
        f"[bold]{head}[/bold]  {report.community_name} {report.community}  {report.seconds:.1f} s", highlight=False
    )
    if report.import_id:
        console.print(f"撤销 To undo: linli ledger undo {report.import_id}", highlight=False, soft_wrap=True)
    table = Table(show_header=False, box=None)
    for key, words in _COUNTS:
        table.add_row(words, str(getattr(report, key)))
    console.print(table)
    _show_flags(console, report)
    _show_findings(console, report)


def _show_flags(console: Console, report: ImportReport) -> None:
    if not report.flags:
        return
    counts = ", ".join(f"{kind} {count}" for kind, count in Counter(flag.kind for flag in report.flags).most_common())
    console.print(f"\n[bold]需要核对 To be checked[/bold]: {len(report.flags)} ({counts})", highlight=False)
    for flag in report.flags[:_SHOWN]:
        line = f"  {flag.sheet}!{flag.row} {flag.name}: {_say(flag.kind, flag.read)}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    _show_rest(console, len(report.flags))
    for problem in report.problems[:_SHOWN]:
        line = f"  {problem.sheet}!{problem.row}: {_say(problem.kind, problem.read)}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _say(kind: str, read: str) -> str:
    read = masked(read)
    if kind in _OWN_FLAGS:
        return " ".join(text.format(read=read) for text in _OWN_FLAGS[kind])
    known = kind in FLAGS or kind in PROBLEMS
    return f"{sentence(kind, read, 'zh')} {sentence(kind, read, 'en')}" if known else kind


def _show_findings(console: Console, report: ImportReport) -> None:
    if report.conflicts:
        console.print(f"\n[bold]与邻里中的修改不一致，保留原值 Kept as edited in Linli[/bold]: {len(report.conflicts)}")
    for one in report.conflicts[:_SHOWN]:
        line = f"  {one['sheet']}!{one['row']} {one['name']} {one['field']}: {masked_all(one['file'])} → {masked_all(one['kept'])}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    _show_rest(console, len(report.conflicts))
    if report.missing_from_file:
        console.print(f"\n[bold]表中没有、仍保留 Not in the file, kept[/bold]: {len(report.missing_from_file)}")
    for one in report.missing_from_file[:_SHOWN]:
        console.print(f"  {one['name']} {'-'.join(one['address'])}", highlight=False, markup=False, soft_wrap=True)
    _show_rest(console, len(report.missing_from_file))


def _show_rest(console: Console, count: int) -> None:
    if count > _SHOWN:
        console.print(f"  … 还有 {count - _SHOWN} 条 {count - _SHOWN} more (--json)", highlight=False)


def show_undo(report: UndoReport) -> None:
    """Print what was taken back."""
    console = Console()
    console.print(
        f"已撤销，恢复到导入前 Undone: 删除 removed {report.removed}, 恢复 restored {report.restored}", highlight=False
    )
    if report.discarded:
        names = "、".join(report.discarded)
        console.print(
            f"一并删除的演练 Drills discarded with it: {names}", highlight=False, markup=False, soft_wrap=True
        )


def show_export(report: ExportReport) -> None:
    """Print where the file is and how much it holds."""
    Console().print(
        f"已导出 Exported: {report.path}  {report.persons} 人 persons, {report.vacant} 空置 vacant",
        highlight=False, soft_wrap=True,
    )  # fmt: skip
