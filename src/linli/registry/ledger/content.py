"""What a column holds, told from its cells alone: for sheets whose headers fail or are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from linli.registry.ledger.address import read_address
from linli.registry.ledger.care import read_remarks, says_vacant
from linli.registry.ledger.compounds import ends_like_a_compound
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.text import Value, clean, is_ditto, is_nothing, simplified

SEX_WORDS = frozenset("男 女 男性 女性 m f male female".split())
RELATIONS = frozenset(
    "户主 本人 配偶 妻 夫 妻子 丈夫 老婆 老公 爱人 子女 子 女 儿子 女儿 长子 次子 三子 长女 次女 三女 独生子 独生女 父亲 母亲 父 母 父母 岳父 岳母 公公 婆婆 祖父 祖母 爷爷 奶奶 外公 外婆"
    " 孙子 孙女 外孙 外孙女 孙 儿媳 媳妇 女婿 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹 侄子 侄女 侄 外甥 合租 合租人 租户 承租人 同住 同住人 室友 保姆 亲属 其他亲属 其他 非亲属 戶主 妻子 租客 父子 母子"
    " 之妻 之夫 之子 之女 养子 养女 继子 继女 曾孙 head spouse wife husband son daughter father mother child parent tenant roommate".split()
)
_CATEGORIES = re.compile(
    r"^(?:户籍常住|常住人口|常住|流动人口|流动|租户|租住|租房|承租户?|人户分离|外出|外出务工|外出人员|空挂户?|挂户|自住|本地户籍|外来人口|暂住|暂住人口|户籍|户籍人口|非户籍|非常住|在住|户在人不在|人在户不在|外来|租赁|人户一致|户籍人口|寄住|流入|流出|业主|出租|自有"
    r"|resident|permanent|permanent resident|tenant|renter|lodger|away|absent|registered only)$",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"^(?:\d{14,19}|\d{16,18}X|[HMEGCWT]\d{8,10}|\d(?:\.\d+)?E\+?1[5-9])$")
_DIVISION = re.compile(r"^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])(?:\d{4}|\d{7}|\d{10})$")
_BUILDING = re.compile(r"^第?[\dA-Z一二三四五六七八九十]{1,3}(?:栋|幢|号楼|座|#|#楼|楼|号)$")
_UNIT = re.compile(r"^第?[\dA-Z一二三四五六七八九十]{1,2}(?:单元|门)$")
_BUILDING_UNIT = re.compile(
    r"^第?[\dA-Z一二三四五六七八九十]{1,3}(?:栋|幢|号楼|座|#|楼)-?[\dA-Z一二三四五六七八九十]{1,2}(?:单元|门)$"
)
_UNIT_ROOM = re.compile(
    r"^第?[\dA-Z一二三四五六七八九十]{1,2}(?:单元|門洞|门洞|门|梯)-?[A-Z]?\d{1,4}[A-Z]?(?:室|房|号|户)?$"
)
_ROOM = re.compile(r"^[A-Z]?\d{3,4}[A-Z]?(?:室|房|号)?$|^\d{1,2}-\d{1,4}$")
_PAIR = re.compile(r"^\d{1,2}-\d{1,2}$")
_SMALL = re.compile(r"^\d{1,2}$|^[A-Z]$")
_DATE = re.compile(r"^(?:19|20)\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?$")
_ATTRIBUTE = re.compile(
    r"^(?:文盲|小学|初中|高中|中专|职高|技校|大专|专科|本科|大学|硕士|博士|研究生|群众|(?:中共)?(?:预备)?党员|(?:共青)?团员|[已未]婚|离异|丧偶|退休|在职|无业|务[农工]|学生|工人|农民|教师|医生|个体(?:户)?|自由职业"
    r"|.{1,4}族|汉|(?:非)?农业(?:户口)?|.*(?:社区|居委会|村委会|街道|办事处|网格|派出所|公司|中心|疫苗|接种|剂|针|阴性|绿码))$"
)
_HAN_WORD = re.compile(r"^[\u3400-\u9fffA-Za-z0-9·()]{2,14}$")


def like_identity(value: Value) -> bool:
    """Tell whether a cell has the form of an identity or document number, whole or damaged."""
    if isinstance(value, int | float):
        return not isinstance(value, bool) and value >= 1e14
    return _IDENTITY.match(re.sub(r"[\s\-'.]", "", clean(value).upper().replace("×", "X"))) is not None or (
        _IDENTITY.match(clean(value).upper()) is not None
    )


def like_phone(value: Value) -> bool:
    """Tell whether a cell holds a telephone number."""
    if isinstance(value, float) and not 1e6 <= value < 1e12:
        return False
    return bool(read_phones(value)[0]) and not like_identity(value)


def _text(test: Callable[[str], object]) -> Callable[[Value], bool]:
    return lambda value: bool(test(clean(value)))


@lru_cache(maxsize=16384)
def _like_address(text: str) -> bool:
    address = read_address(text)
    parts = bool(address.building) + bool(address.unit) + bool(address.compound)
    return (address.clear and bool(address.room) and bool(address.building) and parts >= 2) or (
        address.clear and bool(address.building) and bool(address.compound)
    )


def _like_relation(text: str) -> bool:
    return text.lower() in RELATIONS


def _like_remark(text: str) -> bool:
    remark = read_remarks(text)
    return bool(remark.needs or remark.residency) or says_vacant(text)


@lru_cache(maxsize=16384)
def _like_name(text: str) -> bool:
    """Tell whether text has a name's form and is no other word of a ledger: 空 and 常 are surnames too."""
    return is_like_a_name(text) and not (
        _like_remark(text) or _CATEGORIES.match(text) or _like_relation(text) or _ATTRIBUTE.match(text)
    )


def is_category(text: str) -> bool:
    """Tell whether text is a word for why somebody is here or away."""
    return _CATEGORIES.match(simplified(text)) is not None


TESTS: dict[str, Callable[[Value], bool]] = {
    "id_number": like_identity,
    "phone": like_phone,
    "sex": _text(lambda text: text.lower() in SEX_WORDS),
    "relation": _text(_like_relation),
    "category": _text(is_category),
    "birth": lambda value: not isinstance(value, str | int | float) or _DATE.match(clean(value)) is not None,
    "hukou_division": _text(_DIVISION.match),
    "name": _text(_like_name),
    "address": _text(_like_address),
    "building": _text(_BUILDING.match),
    "building_unit": _text(_BUILDING_UNIT.match),
    "unit": _text(_UNIT.match),
    "room": _text(_ROOM.match),
    "unit_room": _text(_UNIT_ROOM.match),
    "small": _text(_SMALL.match),
    "pair": _text(_PAIR.match),
    "compound": _text(lambda text: ends_like_a_compound(text) and _HAN_WORD.match(text)),
    "remarks": _text(_like_remark),
    "attribute": _text(_ATTRIBUTE.match),
}


def told(values: Sequence[Value]) -> list[Value]:
    """Return the cells that say something: not blank, not a dash, not a ditto mark."""
    return [value for value in values if not isinstance(value, str) or _told(value)]


@lru_cache(maxsize=65536)
def _told(text: str) -> bool:
    line = clean(text)
    return not is_nothing(line) and not is_ditto(line)


def share(kind: str, values: Sequence[Value]) -> float:
    """Return the share of told cells that pass the test of `kind`."""
    test = TESTS[kind]
    return sum(map(test, values)) / len(values) if values else 0.0


def is_a_sequence(values: Sequence[Value]) -> bool:
    """Tell whether cells number the rows: whole numbers, almost all different, mostly one more than before."""
    numbers = [int(text) for text in map(clean, values) if text.isdigit() and len(text) <= 7]
    if len(numbers) < 3 or len(numbers) < len(values) * 0.8:
        return False
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    return len(set(numbers)) > len(numbers) * 0.95 and steps > (len(numbers) - 1) * 0.5
