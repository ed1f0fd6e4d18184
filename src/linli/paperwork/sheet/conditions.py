"""Whom a header counts or ticks: 60岁以上独居老人 is everybody of 60 or more who lives alone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from linli.registry.ledger.care import care_needs_in
from linli.registry.ledger.headers import normal_header

PEOPLE, HOUSEHOLDS, DWELLINGS, VACANT, LET = "people", "households", "dwellings", "vacant", "let"
COMPOUNDS, BUILDINGS, BUILDING_UNITS, FLOORS = "compounds", "buildings", "building_units", "floors"
UNITS = (PEOPLE, HOUSEHOLDS, DWELLINGS, VACANT, LET, COMPOUNDS, BUILDINGS, BUILDING_UNITS, FLOORS)
"""What is counted; of FLOORS the highest."""
OF_BUILT = (COMPOUNDS, BUILDINGS, BUILDING_UNITS, FLOORS)
ANY_NEED = "*"
OLD_AGE, MAJORITY = 60, 18
"""Elderly people by the law on their rights (2018, article 2); adults by the Civil Code, article 17."""
FERTILE, WORKING_AGE = (15, 49), (16, 59)
"""Reproductive age by the World Health Organization; working age by the National Bureau of Statistics."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is counted, and which people count: those with one of the needs and of one of the kinds.

    `is_share` asks for the part of the round's people in percent.
    """

    unit: str = PEOPLE
    sex: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    round: str = ""
    papers: tuple[str, ...] = ()
    """Kinds of documents: who holds a passport or a permit."""
    is_share: bool = False

    @property
    def names_people(self) -> bool:
        """Whether it chooses some people out of all."""
        return bool(self.sex or self.needs or self.kinds or self.round or self.papers or self.ages != (None, None))

    def and_also(self, other: Condition) -> Condition:
        """Return who fits both; where both say something of the same kind, the other's word counts.

        Who is said to be old by a need (独居老人) need not have a birth date that says so too.
        """
        is_old_by_need = bool(other.needs) and all(need.endswith("老人") for need in other.needs)
        return Condition(
            other.unit if other.unit != PEOPLE else self.unit,
            other.sex or self.sex,
            other.ages if other.ages != (None, None) or is_old_by_need else self.ages,
            other.needs or self.needs,
            other.kinds or self.kinds,
            other.round or self.round,
            other.papers or self.papers,
            other.is_share or self.is_share,
        )

    def written(self) -> str:
        """Return it as a layout keeps it: people|age=60-|need=独居老人."""
        low, high = self.ages
        parts = [self.unit]
        parts += [f"sex={self.sex}"] if self.sex else []
        parts += (
            [f"age={low if low is not None else ''}-{high if high is not None else ''}"]
            if self.ages != (None, None)
            else []
        )
        parts += [f"need={need}" for need in self.needs]
        parts += [f"kind={kind}" for kind in self.kinds]
        parts += [f"round={self.round}"] if self.round else []
        parts += [f"paper={paper}" for paper in self.papers]
        return "|".join([*parts, "share"] if self.is_share else parts)


def read_condition(written: str) -> Condition:
    """Return the condition that `written` told; what it does not know is left out."""
    unit, *parts = written.split("|")
    told = Condition(unit if unit in UNITS else PEOPLE)
    for part in parts:
        name, _, value = part.partition("=")
        match name:
            case "sex":
                told = replace(told, sex=value)
            case "age":
                low, _, high = value.partition("-")
                told = replace(told, ages=(int(low) if low else None, int(high) if high else None))
            case "need":
                told = replace(told, needs=(*told.needs, value))
            case "kind":
                told = replace(told, kinds=(*told.kinds, value))
            case "round":
                told = replace(told, round=value)
            case "paper":
                told = replace(told, papers=(*told.papers, value))
            case "share":
                told = replace(told, is_share=True)
    return told


_FROM = re.compile(r"(\d{1,3})(?:周?岁)?(?:及|\(含\)|含)?以上|(?:满|≥|>=)(\d{1,3})(?:周?岁)")
_ABOVE = re.compile(r"(?:超过|大于)(\d{1,3})周?岁")
_UNTIL = re.compile(r"(\d{1,3})(?:周?岁)?(?:及|\(含\)|含)?(?:以下|以内)")
_BELOW = re.compile(r"(?:不满|未满|小于|低于)(\d{1,3})(?:周?岁)")
_BETWEEN = re.compile(r"(\d{1,3})(?:周?岁)?(?:-|~|—|–|～|至|到)(\d{1,3})(?:\(含\))?周?岁")
_NAMED_AGES: tuple[tuple[str, tuple[int | None, int | None]], ...] = (
    ("未成年", (None, MAJORITY - 1)),
    ("老年|老人|老龄|长者", (OLD_AGE, None)),
    ("育龄", FERTILE),
    ("学龄前", (0, 6)),
    ("劳动年龄", WORKING_AGE),
    ("儿童|少儿", (0, 14)),
)
_MALE, _FEMALE = re.compile(r"男(?!女)"), re.compile(r"(?<!男)女(?!儿|婿|友)|妇女")
_NO_SEX = re.compile(r"子女|儿女|孙女|侄女|男女|孕产?妇")
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("空挂|挂户", ("registered_only",)),
    ("人户分离|外出|外流|流出|在外|不在家|离家", ("away",)),
    ("租客|租户|租住|承租|出租|流动|流入|外来|外地|暂住|寄住", ("tenant",)),
    ("常住|常驻", ("resident",)),
    ("户籍人|户籍户|本地户籍|户籍数|在册", ("resident", "away", "registered_only")),
)
_ROUNDS: tuple[tuple[str, str], ...] = (
    ("应[检采测]未[检采测]", "open"),
    ("应[检采测]|应参[加检]|应完成", "expected"),
    ("未[检采测]|未(?:参加|做|进行|按时).{0,4}(?:核酸|采样|检测)|漏[检采测]|未完成|尚未|未参检", "open"),
    (
        "[已实][检采测]|已完成|完成[数人采检核]|采样[数人]|参检|检测[数人]|核酸[数人]|完成率|采样率|检测率|参检率",
        "done",
    ),
    ("拒[检绝采测]", "refused"),
    ("豁免|免检|暂缓", "exempt"),
)
_PAPERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("境外|涉外", ("passport", "hk_macau", "taiwan")),
    ("(?:外籍|外国).*港澳台", ("passport", "hk_macau", "taiwan")),
    ("港澳台", ("hk_macau", "taiwan")),
    ("港澳(?!台)", ("hk_macau",)),
    ("台胞|台籍", ("taiwan",)),
    ("外籍|外国人|外国籍|国际友人", ("passport",)),
)
_UNITS: tuple[tuple[str, str], ...] = (
    ("小区(?:总|个)?数|院落(?:总)?数", COMPOUNDS),
    ("楼栋?(?:总|幢)?数|[栋幢]数|楼房数|楼宇数", BUILDINGS),
    ("单元(?:总)?数|门洞数", BUILDING_UNITS),
    ("^(?:总|最高|楼|地上)?层(?:总)?数$|楼层数", FLOORS),
    ("空置|空房|闲置", VACANT),
    ("出租[房屋]|出租户|出租住?房", LET),
    ("房屋[总套]?[数量]|总?套数|住房[总套]?[数量]|房屋总|住宅[数套]|房屋$|户室数", DWELLINGS),
    ("户数|总户|家庭数|家庭总数|户$|住户总|几户|\\(户\\)", HOUSEHOLDS),
)
_EVERYBODY = re.compile(
    r"人[数口]|人次|总人|总数|数量|合计|小计|共计|总计|人员数|居民数|\(人\)|^(?:人|计|总)$|常住人|^数据$|^个数$"
)


@lru_cache(maxsize=4096)
def condition_in(text: str) -> Condition | None:
    """Return what a header, a row's label or a title counts; None where it names nothing to be counted or ticked."""
    bare = normal_header(text)
    whole = text.replace(" ", "")
    needs = () if _says_age_of_elderly(bare) else tuple(care_needs_in(_without_whether(_usual(bare))))
    ages = _ages_in(bare, needs)
    found = Condition(
        _first(_UNITS, whole) or PEOPLE,
        _sex_in(bare),
        ages,
        needs
        or (
            (ANY_NEED,)
            if re.search(r"[特重][殊点](?:人[员群]|群体|对象)|关爱(?:对象|人[员群])|困难(?:群体|群众|人[员群])", bare)
            else ()
        ),
        next((kinds for words, kinds in _KINDS if re.search(words, bare)), ()),
        _first(_ROUNDS, bare) or "",
        next((papers for words, papers in _PAPERS if re.search(words, bare)), ()),
        bare.endswith("率"),
    )
    counts = found.names_people or found.unit != PEOPLE or _EVERYBODY.search(whole) is not None
    return found if counts else None


def group_in(title: str) -> Condition | None:
    """Return whom a title or a sheet's name is about, notes in parentheses too; None where it names no group.

    Of a round only who is still to be tested or refused: a form about testing is about everybody.
    """
    bare = re.sub(r"[()（）\[\]【】《》]", "", title)
    told = condition_in(re.sub(r"[表册]|登记|摸底|统计|信息|汇总|全员|人员", "", bare))
    if told is None:
        return None
    if told.unit == HOUSEHOLDS:
        told = replace(told, unit=PEOPLE)
    if "业主" in bare and told.kinds:
        told = replace(told, kinds=())
    if told.needs == (ANY_NEED,) and told.ages != (None, None):
        told = replace(told, needs=())
    told = replace(told, round=told.round if told.round in ("open", "refused") else "")
    return told if told.names_people or told.unit in (VACANT, LET) else None


def _usual(text: str) -> str:
    """Return what agencies call a need in the word that the ledger knows."""
    return re.sub(r"基础(?:性)?疾?病", "慢性病", text)


def _without_whether(text: str) -> str:
    return re.sub(r"^是否(?:属于|为|是|有|患)?|^有无|^其中[:：]?", "", text)


def _says_age_of_elderly(text: str) -> bool:
    """Tell whether 高龄 stands with an age of its own, which says more."""
    return "高龄" in text and any(mark.search(text) for mark in (_FROM, _BETWEEN))


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((value for words, value in table if re.search(words, text)), None)


def _sex_in(text: str) -> str:
    if _NO_SEX.search(text):
        return ""
    male, female = _MALE.search(text), _FEMALE.search(text)
    return "" if bool(male) == bool(female) else "male" if male else "female"


def _ages_in(text: str, needs: tuple[str, ...]) -> tuple[int | None, int | None]:
    if between := _BETWEEN.search(text):
        return (int(between[1]), int(between[2]))
    low, high = None, None
    if found := _FROM.search(text):
        low = int(found[1] or found[2])
    elif found := _ABOVE.search(text):
        low = int(found[1]) + 1
    if found := _UNTIL.search(text):
        high = int(found[1])
    elif found := _BELOW.search(text):
        high = int(found[1]) - 1
    if (low, high) == (None, None) and not needs:
        return next((ages for words, ages in _NAMED_AGES if re.search(words, text)), (None, None))
    return (low, high)
