"""Which community a ledger itself says it belongs to, and whether that is the one it is imported into. Pure."""

import re

from linli.registry.ledger import Ledger

_NAMED = re.compile(
    r"(?:填报单位|单位|社区名称|所属社区|社区)?[:：]?([\u4e00-\u9fffA-Za-z0-9]{2,30}?(?:社区居民委员会|社区居委会|社区|村民委员会|村委会|居委会))"
)
_NO_NAMES = re.compile(r"(?:街道|镇|乡|区|县|市|办|本|各|我|该|所属|所在|智慧|城市|示范|文明|全)$")
_DATED = re.compile(r"^(?:\d{2,4}年度?)?(?:\d{1,2}月份?)?(?:关于)?")
_WITH_DIVISION = re.compile(r"^.{2,}(?:街道办事处|街道|镇|乡)(?=.{2,}社区)")
_OFFICE = re.compile(r"(?:社区)?(?:居民委员会|居委会)$|(?:村民委员会|村委会)$|社区$|村$")
_ABOVE = re.compile(r"^.*(?:省|自治区|市|区|县|旗|街道办事处|街道|镇|乡)(?=.{2,})")
_COMMUNITY_COLUMNS = ("社区", "所属社区", "社区名称", "村居", "村（居）")
_MOST = 0.8


def named_community(ledger: Ledger) -> str:
    """Return the community that the lines above the header or a column of the ledger name, else an empty text."""
    for sheet in ledger.sheets:
        for title in sheet.titles:
            name = community_in(title)
            if name:
                return name
    return _named_in_column(ledger)


def community_in(line: str) -> str:
    """Return the community that a title names: 八里岔社区居民信息台账（2026年） names 八里岔社区."""
    found = _NAMED.search("".join(line.split()))
    if found is None:
        return ""
    name = found[1].replace("居民委员会", "").replace("居委会", "").replace("村民委员会", "村").replace("村委会", "村")
    core = _OFFICE.sub("", _DATED.sub("", name))
    if len(core) < 2 or _NO_NAMES.search(core):
        return ""
    return _WITH_DIVISION.sub("", f"{core.removesuffix('村')}村" if name.endswith("村") else f"{core}社区")


def _named_in_column(ledger: Ledger) -> str:
    people = ledger.people
    said = [value for person in people for header, value in person.extra if header in _COMMUNITY_COLUMNS and value]
    top = max(set(said), key=said.count, default="")
    return top if top and said.count(top) >= _MOST * len(people) else ""


def is_same_community(one: str, other: str) -> bool:
    """Tell whether two names mean one community: 北郊街道八里岔社区居委会 and 八里岔 do."""
    a, b = _core(one), _core(other)
    return not a or not b or a.endswith(b) or b.endswith(a)


def _core(name: str) -> str:
    bare = _OFFICE.sub("", "".join(name.split()))
    return _ABOVE.sub("", bare) if len(bare) > 4 else bare
