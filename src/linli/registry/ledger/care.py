"""What remarks and category cells say: care needs, and why a person is here or away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from linli.registry.ledger.records import ResidencyKind
from linli.registry.ledger.text import clean, is_nothing, simplified

# One row a need: the word the register uses, and what offices write for it.
CARE_NEEDS: tuple[tuple[str, str], ...] = (
    ("独居老人", "独居老|独居|獨居|孤寡老|孤老|鳏寡"),
    ("空巢老人", "空巢"),
    ("高龄老人", "高龄|高齡"),
    ("孕妇", "孕|待产|临产|婦產"),
    ("产妇", "产妇|坐月子|哺乳"),
    ("婴幼儿", "婴|嬰|幼儿(?!园|教)|新生儿"),
    ("肢体残疾", "肢体|肢體|肢残|(?:腿|手|臂|足|脚|下肢|上肢).{0,3}残|肢障|截肢|偏瘫|轮椅|小儿麻痹"),
    ("视力残疾", "视力|視力|视残|视障|盲人|失明|双目"),
    ("听力残疾", "听力|聽力|听残|听障|聋|聾|失聪"),
    ("言语残疾", "言语|哑"),
    ("智力残疾", "智力|智障|唐氏"),
    ("精神障碍", "精神(?!文明)|精障|严重精神|重性精神|抑郁症|双相"),
    ("认知障碍", "认知|失智|痴呆|阿尔茨海默"),
    ("长期卧床", "卧床|臥床|瘫痪|癱瘓|植物人|失能"),
    ("行动不便", "行动不便|行動不便|腿脚不便|行走不便"),
    ("透析", "透析|血透|腹透|尿毒症"),
    ("肿瘤化疗", "化疗|化療|放疗|肿瘤|腫瘤|癌"),
    ("慢性病", "慢性病|慢病|高血压|糖尿病|冠心病|哮喘|慢阻肺|心脏病"),
    ("困境儿童", "困境儿童|留守儿童|孤儿"),
    ("重病", "重病|大病(?![医保救])|重大疾病|病危|病重"),
    ("低保", "低保|特困|五保"),
)
_NEEDS = tuple((need, re.compile(words)) for need, words in CARE_NEEDS)
_DISABLED = re.compile(r"残疾|殘疾|残障|持残疾证")
_DENIED = re.compile(r"^(?:无|無|非|不是|未|否|没有|曾|已停|已康复|排除)")

# In this order: the first row that fits wins.
RESIDENCIES: tuple[tuple[ResidencyKind, str], ...] = (
    ("registered_only", "空挂|挂户|掛戶|挂靠|空户|registered ?only"),
    ("away", "人户不一致"),
    ("resident", "人在户不在|户不在人在|人在户在|户在人在|人户一致|人户同在"),
    (
        "away",
        "户在人不在|人走户[在留]|人户分离|人戶分離|外出|外流|流出|在外|外住|外地务工|不在|出国|非常住|搬走|搬离|搬出|迁出|迁走|有户无人|外地(?:居住|生活|工作|上学|求学)|服兵役|服役|^离开"
        r"|away|absent|abroad|moved ?out",
    ),
    (
        "tenant",
        "租|流动|流動|外来|外來|流入|承租|暂住|暫住|寄住|借住|暂口|流口"
        r"|tenant|rent(?:er|ed|ing|al)|lodger|migrant|floating",
    ),
    (
        "resident",
        "常住|户籍|戶籍|自住|本地|本社区|居住|业主|在家|在册|在住|居民|本市|户主|家庭成员|单位|常驻|常口"
        r"|resident|permanent|local|owner",
    ),
)
_RESIDENCIES = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in RESIDENCIES)
_AWAY_REMARK = re.compile(
    r"^已?(?:出嫁|嫁[到往](?!本|我|此|这).*|搬走|搬离|搬出|迁出|迁走)|人户分离|户在人不在|[长常][期年]不在|外出|在外|去外地|在.{1,8}(?:上大学|读大学|读书|读研|读博|留学|上学|务工|打工|(?<![院校学司局厂店所行心])(?:工作|实习)|居住|定居|经商|生活|陪读|带孙子?)|随.{1,4}在|出国|服役|当兵|参军"
    r"|外地(?:上大学|读书|上学|务工|打工|工作|居住)|^(?:本)?人(?:现|长期|常年)?(?:在|住)(?![户家本此这校册世院读])|^现(?:居|住|居住)(?!本).{2,8}[省市县]$"
)
# provinces, and the cities that people of a community most often work or study in
_FAR_AWAY = re.compile(
    r"^现(?:居|住|居住)(?:在|于)?(?:北京|上海|天津|重庆|广东|广州|深圳|东莞|佛山|惠州|珠海|中山|浙江|杭州|宁波|温州|义乌|江苏|苏州|无锡|南京|常州|昆山"
    r"|湖北|武汉|襄阳|宜昌|随州|孝感|黄冈|荆州|十堰|湖南|长沙|河南|郑州|洛阳|信阳|南阳|安徽|合肥|淮南|四川|成都|绵阳|贵州|贵阳|云南|昆明|陕西|西安|山西|太原"
    r"|山东|济南|青岛|烟台|福建|福州|厦门|泉州|江西|南昌|广西|南宁|海南|海口|三亚|辽宁|沈阳|大连|吉林|长春|黑龙江|哈尔滨|河北|石家庄|甘肃|兰州|宁夏|青海"
    r"|新疆|西藏|内蒙古|香港|澳门|台湾|国外|境外|外地|外省|老家|乡下)"
)
_NOT_SO = re.compile(
    r"户[籍口](?:所在地|地)?(?:不在|在)[^,;。]*?(?:外地|外省|外市|外县|外|本地|本市|本省|本县|本社区|省外|市外|县外|省|市|县)(?!的?[\u3400-\u9fff])"
    r"|(?:从不|从未|不能|不便|不宜|不再|很少|极少|未|不|没有|没|无|非)(?:外出|外流|租户|租客|租住|出租|流动(?:人口|人员)?|外来(?:人口|人员)?)"
)
"""What only sounds like being away or renting: 户籍在外省 and 未外出."""
_OF_OTHERS = re.compile(
    r"^(?:其|有|因)?(?:[大小长次独二三两一]|\d)?个?(?:儿子|女儿|子女|孩子|儿女|丈夫|老公|妻子?|老婆|爱人|老伴|配偶|父母|父亲|母亲|家人|家属|亲属|孙子|孙女|儿媳|女婿|哥哥|弟弟|姐姐|妹妹|房东|户主)(?!离)"
)
_HELPS_OTHERS = re.compile(r"^(?:长期|在家|专职)?(?:照顾|照料|陪护|陪伴|看护|赡养|伺候)(?!对象)|^负责|^家(?:里|中)?有")
_WORKS = re.compile(
    r"(?:工作人员|教师|老师|医生|医师|护士|职工|员工|干部|院长|校长|主任|店主|老板|工作|上班|任职|任教|退休)$"
)
_INSTITUTION = re.compile(
    r"(?:残疾人|残联|聋哑人?|盲人|精神(?:病|卫生)?|肿瘤|化疗|孕[婴妇产]?|母婴|婴(?:幼)?儿?|透析|血透|孤儿|失能)"
    r"(?:联合会|(?:特殊)?(?:教育)?学校|专科|科室?|医?院|室|(?:卫生|护理|服务|康复)?中心|(?:按摩|用品|推拿)*店|(?:服务|护理)?机构|协会|保险)|残联"
)
"""Where somebody works who looks after others: 精神科, 聋哑学校."""
_OF_A_HOUSEHOLD = ("独居老人", "空巢老人")
_IN_TOWN = re.compile(r"在(?:本(?!科)|我|附近|家|社区|小区)")
_TENANT_REMARK = re.compile(
    r"^(?:租户|租住|租房|租房户|租客|承租|承租人|承租户|流动人口|流动|外来人口|暂住|暂住人口|合租|整租|租赁|已?出租房?屋?|(?:外地|外来|本地)?(?:租户|租客|租住)(?:人员|户)?|租房(?:居住|住|人员)|外来务工(?:人员)?|外来人员|流动人员|tenant)$",
    re.IGNORECASE,
)
_ONLY_REGISTERED_REMARK = re.compile(r"空挂|挂户|挂靠户|户口?挂靠|^挂靠$")
_STAYS = re.compile(r"^(?!.*(?:满|半年|年以上|月|天|独|合|群|几)).*(?:在家|居住|在住)|^人户一致$")
"""What a column that asks whether somebody lives here calls that; 是否居住满半年 asks something else."""
_YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "●", "1", "y", "yes", "true", "对"))
_NO = frozenset(("否", "0", "×", "x", "✗", "n", "no", "false", "2"))
_STAYING = frozenset(("常住", "常住人口", "常住人员"))
_SEPARATORS = re.compile(r"([、,;。；，/|\s]+)")
_VACANT = re.compile(
    r"空置|空房|空关|空闲|无人|無人|未入住|没人住|没人$|没有人$|[无無]住[户戶人]|未装修|毛坯|未售|待租|待售|閒置|闲置|空户|^空$|尚未入住|未交房"
    r"|^vacant|^unoccupied|^empty$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a remark says: care needs, a residency kind if it names one, and the words not understood."""

    needs: tuple[str, ...]
    residency: ResidencyKind | None
    rest: str


@lru_cache(maxsize=16384)
def read_remarks(text: str) -> Remarks:
    """Read a remark; separators between words that stay are kept as they were."""
    needs: list[str] = []
    residency: ResidencyKind | None = None
    kept: list[str] = []
    for part in _SEPARATORS.split(text.strip()):
        line = simplified(clean(part))
        found = _own_needs(line)
        kind = _residency_in_remark(line)
        needs += found
        residency = residency or kind
        if not found and not (kind and _TENANT_REMARK.match(line)):
            kept.append(part)
    rest = "".join(kept).strip("、,;。；，/| \n\t")
    return Remarks(settled(needs), residency, "" if is_nothing(clean(rest)) else rest)


def _own_needs(line: str) -> list[str]:
    """Return the care needs that a remark names of the person themselves: 妻子怀孕 and 聋哑学校教师 name none."""
    if _HELPS_OTHERS.match(line):
        return []
    found = care_needs_in(_INSTITUTION.sub("", line) if _WORKS.search(line) else line)
    of_others = _OF_OTHERS.match(line) and not line.startswith("户主")
    return [need for need in found if need in _OF_A_HOUSEHOLD] if of_others else found


def settled(needs: Iterable[str]) -> tuple[str, ...]:
    """Return each need once; a disability of a kind says more than one of no kind."""
    once = tuple(dict.fromkeys(needs))
    of_a_kind = any(need != "残疾" and need.endswith(("残疾", "障碍")) for need in once)
    return tuple(need for need in once if need != "残疾") if of_a_kind else once


def care_needs_in(line: str) -> list[str]:
    """Return the care needs one word names; a denied one (无残疾) names none."""
    if not line or _DENIED.match(line):
        return []
    found = [need for need, words in _NEEDS if words.search(line)]
    return found or (["残疾"] if _DISABLED.search(line) else [])


def read_flag_cell(header: str, text: str) -> str:
    """Return what a yes/no column (是否孕妇, 独居老人) says as a remark."""
    word = re.sub(r"^是否为?|情况|类别|类型|等级|\?", "", header)
    answer = text.lower()
    stays = _STAYS.search(word) is not None
    if (stays or word in _STAYING) and answer in (*_NO - {"2"}, "不是", "不在", "不一致"):
        return "非常住"
    if stays and answer in (*_YES, "在", "一致"):
        return ""
    if answer in _YES:
        return word
    if is_nothing(text) or answer in _NO:
        return ""
    return text if care_needs_in(text) or "残" not in header else f"{text}残疾"


@lru_cache(maxsize=4096)
def read_residency(text: str) -> ResidencyKind | None:
    """Read a category cell: empty is resident, unknown words are None."""
    said = simplified(clean(text)).replace(" ", "")
    line = _NOT_SO.sub("", said)
    if is_nothing(line.strip("()（）,，、;")) or line == "是":
        return "resident"
    kind = next((kind for kind, words in _RESIDENCIES if words.search(line)), None)
    return kind or ("resident" if line != said else None)


def _residency_in_remark(said: str) -> ResidencyKind | None:
    line = _NOT_SO.sub("", said)
    if _ONLY_REGISTERED_REMARK.search(line):
        return "registered_only"
    away = _AWAY_REMARK.search(line) or _FAR_AWAY.match(line)
    if away and not (_IN_TOWN.search(line) or _OF_OTHERS.match(line)):
        return "away"
    return "tenant" if _TENANT_REMARK.match(line) else None


@lru_cache(maxsize=4096)
def says_vacant(text: str) -> bool:
    """Tell whether a cell says that nobody lives here."""
    return _VACANT.search(simplified(clean(text)).replace(" ", "")) is not None
