"""Names of compounds: what they end with, and what stands before them in a full address."""

from __future__ import annotations

import re
from functools import lru_cache

EDGES = " -/.,;:、，。；：()#"
_ENDING = re.compile(
    r"(?:小区|花园|苑|华府|公寓|家园|院|城|庭|里|楼|村|院落|府|居|园|湾|轩|郡|邸|公馆|广场|家属院|宿舍|新村|新城|天地|大厦|社区|一期|二期|三期|坊|台|墅|山庄|国际|门第|世家|人家|时代|半岛|小镇|大院|名都|华都)$"
)
_DIVISIONS = re.compile(
    r"^(?P<p>\S{2,8}?(?:省|自治区))?(?P<c>\S{2,8}?市)?(?P<d>\S{1,8}?(?:(?<!小)(?<!社)区|县|旗))?"
    r"(?P<s>\S{1,8}?(?:街道办事处|街道|镇|乡))?(?P<m>\S{1,10}?(?:社区居委会|社区|居委会|村委会))?(?P<rest>\S{2,})$"
)
# 文峰路12号院 is a name by itself; 文峰路12号东风小区 is 东风小区.
_STREET = re.compile(
    r"^\S*?(?:路|街|巷|大道|弄|胡同)(?:东|西|南|北|中)?(?:段)?[\d-]+号(?=[\u3400-\u9fff]{2})(?!大?院|家属|宿舍)"
)


def ends_like_a_compound(text: str) -> bool:
    """Tell whether text ends as compounds' names do: 小区, 花园, 苑."""
    return _ENDING.search(text) is not None


@lru_cache(maxsize=4096)
def compound_name(prefix: str) -> str:
    """Return what stands before the building, without province to community and street when they lead it."""
    return _STREET.sub("", _without_divisions(prefix.strip(EDGES)))


def _without_divisions(name: str) -> str:
    match = _DIVISIONS.match(name)
    if match is None:
        return name
    levels = sum(match[group] is not None for group in "pcdsm")
    community_alone = levels == 1 and match["m"] is not None
    rest = match["rest"].strip(EDGES)
    district = match["d"] or match["s"] or ""
    district_alone = levels == 1 and len(district) > 2 and len(rest) > 2 and ends_like_a_compound(rest)
    return rest if levels >= 2 or community_alone or district_alone else name
