"""Reading a file of facts: one JSON object a line, or a table with a row for each fact."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linli.places.csv_table import Source, content_of, read_table
from linli.rounds.models import Visit

HEADERS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "类型", "类别"),
    "at": ("at", "time", "时间", "开始时间"),
    "finished_at": ("finished_at", "结束时间", "完成时间"),
    "id": ("id", "编号"),
    "target": ("target", "对象"),
    "name": ("name", "姓名"),
    "door": ("door", "地址", "门牌", "住址"),
    "number": ("number", "身份证或电话", "身份证号", "身份证号码", "电话", "联系电话", "后四位"),
    "site": ("site", "采样点"),
    "desk": ("desk", "采样台", "台号"),
    "result": ("result", "结果", "走访结果"),
    "team": ("team", "扫楼队", "队"),
    "note": ("note", "备注"),
}
"""Columns of a table, by the words that may head them in small letters; the first is also the key in JSON."""

KINDS = {"arrival": "到达", "specimen": "采样", "visit": "上门"}
_KIND_OF = {**{word: kind for kind, word in KINDS.items()}, "到场": "arrival", "签到": "arrival", "走访": "visit"}
RESULTS = {
    "done": "已采样", "tested_elsewhere": "已在别处检测", "away": "外出", "refused": "拒检", "cannot_come": "来不了",
    "not_found": "家中无人", "moved": "已搬走", "dead": "已去世", "vacant": "空置",
}  # fmt: skip
"""What teams write for each result of a visit, besides its English key."""
_RESULT_OF = {word: result for result, word in RESULTS.items()}
_LEFT_BLANK = ("at", "result")


@dataclass(frozen=True)
class FactRow:
    """One line of a file: where it stands and what its fields say; `wrong` when it could not be read at all."""

    row: int
    said: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def kind(self) -> str:
        """arrival, specimen or visit in either language; what else was written stays as it is."""
        return _KIND_OF.get(self["kind"], self["kind"].lower())

    @property
    def result(self) -> str:
        """The result of a visit by its key."""
        said = self["result"]
        return _RESULT_OF.get(said) or next(
            (key for key, label in Visit.Result.choices if str(label) == said), said.lower()
        )

    @property
    def is_blank(self) -> bool:
        """Whether this is a row of a list on which nothing was entered yet."""
        return not self.wrong and self.kind == "visit" and not any(self[name] for name in _LEFT_BLANK)


@dataclass(frozen=True)
class _Piped:
    """What was piped into a command."""

    content: bytes
    name: str = "-"

    def read_bytes(self) -> bytes:
        return self.content


def read_rows(file: str) -> list[FactRow]:
    """Return the rows of a file, `-` for standard input. Raises Invalid when there is no such file or no such table."""
    source: Source = _Piped(sys.stdin.buffer.read()) if file == "-" else Path(file)
    content = content_of(source)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return list(_from_lines(content))
    rows = read_table(_Piped(content, source.name), HEADERS, optional=HEADERS.keys() - {"kind", "at"})
    return [FactRow(number, {name: _unquoted(cell) for name, cell in said.items()}) for number, said in rows]


def _from_lines(content: bytes) -> Iterator[FactRow]:
    for number, text in enumerate(content.decode("utf-8-sig", "replace").splitlines(), start=1):
        if text.strip():
            yield _from_line(number, text)


def _from_line(number: int, text: str) -> FactRow:
    try:
        said = json.loads(text)
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return FactRow(number, wrong="unreadable")
    if not isinstance(said, dict):
        return FactRow(number, wrong="unreadable")
    return FactRow(number, {str(key): str(value).strip() for key, value in said.items() if value is not None})


def _unquoted(cell: str) -> str:
    """Take off the apostrophe with which spreadsheets mark a number as text."""
    return cell.removeprefix("'")
