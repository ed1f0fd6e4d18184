"""What an agency's word in a list of choices means: 户籍常住人口 is the kind resident, 子 a son, 2-否 is no. Pure.

For each field, each value that the register knows, with the words that may stand for it, the closest first. A form's own list
decides: of its words the first that fits the closest pattern is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from linli.registry.ledger.care import care_needs_in

YES, NO = "yes", "no"
NOTHING = "nothing"
VACANT, LET, OWN = "vacant", "let", "own"
LOCAL, SAME_CITY, SAME_PROVINCE, FOREIGN = "local", "same_city", "same_province", "other_province"

Words = Mapping[str, Sequence[str]]

_YES = (r"^(?:是|有|√|✓|☑|对|Y|YES|1|已)$", r"^(?:是|有|已)(?!否|无)", r"^属于|^符合|^需要?$|^愿意")
_NO = (r"^(?:否|无|没有|不是|×|✗|N|NO|0|未|非)$", r"^(?:否|无|没|未|不|非)")
_OTHER = r"^其[他它](?:$|[^\u4e00-\u9fff]|人员|情况|类|关系|证件|亲属|成员|有效)"

MEANINGS: dict[str, Words] = {
    "sex": {"male": ("^男", "^M"), "female": ("^女", "^F")},
    "category": {
        "resident": (
            "人户一致|户籍常住|常住户籍|本地常住|户在人在|人在户在", r"(?<!非)常住(?!.*非(?:户籍|本))|常驻",
            r"(?<!非)(?:户籍|本地|本市|本县|本区|本社区)(?!.*分离)", "自住|在住|居民|业主|在家|自有",
        ),
        "tenant": (
            r"(?<!出)(?<!不)租(?!出)|承租", "流动|暂住|外来|寄住|流入", "非(?:户籍|本地|本市|本社区)|外地|外省|外市|外县|户不在",
            "出租",
        ),
        "away": ("人户分离|户在人不在|人走户在", "外出|外流|流出|在外|不在|离开", r"(?<!非)(?:户籍|本地)(?!.*常住)"),
        "registered_only": ("空挂|挂户|挂靠", "户在人不在|人户分离", r"(?<!非)(?:户籍|本地)(?!.*常住)"),
    },
    "hukou_kind": {
        LOCAL: ("本社区|本村|本街道|本镇|本乡", r"(?<!非)(?:本地|本区|本县|本市|本省)", "^户籍|^常住|^常口|^本辖区|户籍人口$"),
        SAME_CITY: ("(?:本市|市内)(?:其他|外区|跨区|.*非本)", r"(?<!非)本市|市内", "本省|省内|外区|外县", "^非户籍|^非本|^外地|^流动"),
        SAME_PROVINCE: ("(?:本省|省内)(?:其他|外市|跨市)", "外市|市外", r"(?<!非)本省|省内", "非本市|^非户籍|^非本|^外地|^外来|^流动"),
        FOREIGN: ("外省|省外|跨省", "外市|市外", "非本省|非本市|^非户籍|^非本|^外地|^外来|^流动|^暂住|^外"),
    },
    "relation": {
        "head": ("^户主|本人|^房主|^承租人$",),
        "husband": ("^(?:丈夫|夫)$", "配偶|夫妻|爱人"),
        "wife": ("^(?:妻子?|爱人)$", "配偶|夫妻|爱人"),
        "spouse": ("配偶|夫妻|爱人",),
        "son": (r"^(?:儿子|长子|子)(?![女]|$)|^(?:儿子|子|长子)$", "子女|儿女|孩子"),
        "daughter": ("^(?:女儿|长女|女)$", "子女|儿女|孩子"),
        "child": ("子女|儿女|孩子",),
        "father": ("^(?:父亲?|爸爸?)$", "父母|双亲"),
        "mother": ("^(?:母亲?|妈妈?)$", "父母|双亲"),
        "parent": ("父母|双亲",),
        "parent_in_law": ("岳父母|公婆|配偶.*父母", "父母", _OTHER, "亲属"),
        "child_in_law": ("儿媳|女婿|媳", _OTHER, "亲属"),
        "grandchild": ("^孙|孙子|外孙", _OTHER, "亲属"),
        "grandparent": ("祖父母|外祖|爷爷|奶奶|^祖", _OTHER, "亲属"),
        "sibling": ("兄弟|姐妹|兄.?弟|^[兄弟姐妹]", _OTHER, "亲属"),
        "other_relative": ("其[他它]亲属|亲戚|亲属", _OTHER),
        "not_related": ("非亲属|无亲属|无关|合租|租|室友|同住|寄住", _OTHER),
    },
    "id_kind": {
        "resident_id": ("身份证",),
        "passport": ("护照", "外籍|外国", _OTHER),
        "hk_macau": ("港澳(?!台)", "港澳台|通行证", _OTHER),
        "taiwan": ("台湾|台胞|台居民", "港澳台|通行证", _OTHER),
        "other": (_OTHER, "其[他它]"),
    },
    "occupancy": {
        VACANT: ("空置|闲置|空房|空闲|无人|未入住|^空", _OTHER),
        LET: (r"(?<!未)(?<!非)出租|租赁|租住|承租|租用|^租",),
        OWN: ("自住|自用|自有|业主", "常住|居住|入住|有人|在住|使用|已住", "^非出租|^未出租"),
    },
    "round_result": {
        "done": ("^已(?!在外).*[采检测]|已完成|^完成|^是$|^阴性待报|^采样$|^已$",),
        "tested_elsewhere": ("外.*[采检测]|他处|异地|其他点", "^已|^是$|完成"),
        "away": ("外出|不在|出差|外地", "^未|^否$"),
        "refused": ("拒", "^未|^否$"),
        "not_found": ("未找到|失联|联系不上|未联系", "^未|^否$"),
        "exempt": ("免|豁|暂缓|特殊|不宜", "^未|^否$"),
        "open": ("^未[采检测]|^未完成|^未$|^否$|^未",),
    },
    "round_reason": {
        "away": ("外出|不在|出差|外地", _OTHER, "其[他它]"),
        "refused": ("拒|不配合|不愿", _OTHER, "其[他它]"),
        "not_found": ("未找到|失联|联系不上|未联系", _OTHER, "其[他它]"),
        "exempt": ("免|豁|暂缓|身体|疾病|特殊|不宜", _OTHER, "其[他它]"),
    },
    "yes_no": {YES: _YES, NO: _NO},
}  # fmt: skip
"""GB/T 4761-2008 names the relations, GB/T 2261.1-2003 the sexes."""

_CODE_BEFORE = re.compile(r"^[(\[]?(?:\d{1,2}|[A-Za-z]|[①-⑨])[)\]]?[.、:=\-—\s]*(?=[\u4e00-\u9fff])")
_RELATIONS: tuple[tuple[str, str], ...] = (
    ("head", r"^(?:户主|本人|head)$"),
    ("husband", r"^(?:丈夫|夫|老公|之夫|husband)$"),
    ("wife", r"^(?:妻|妻子|老婆|媳妇|之妻|wife)$"),
    ("spouse", r"配偶|爱人|夫妻|spouse"),
    ("grandchild", r"孙"),
    ("child_in_law", r"儿媳|女婿"),
    ("parent_in_law", r"岳|公公|婆婆|公婆"),
    ("grandparent", r"祖|爷爷|奶奶|外公|外婆|姥"),
    ("son", r"^(?:儿子|[长次三四五独养继]?生?子|之子|son)$"),
    ("daughter", r"^(?:女儿|[长次三四五独养继]?生?女|之女|daughter)$"),
    ("child", r"子女|儿女|孩子|child"),
    ("father", r"^(?:父亲?|爸爸?|father)$"),
    ("mother", r"^(?:母亲?|妈妈?|mother)$"),
    ("parent", r"父母|parent"),
    ("not_related", r"非亲属|合租|室友|租|同住|保姆|寄住|tenant|roommate"),
    ("sibling", r"兄|弟|姐|妹|哥"),
    ("other_relative", r"侄|甥|亲|叔|伯|姑|姨|舅|婶|嫂"),
)
_SPOUSE_OF_SEX = {("spouse", "male"): "husband", ("spouse", "female"): "wife"}
_CHILD_OF_SEX = {("child", "male"): "son", ("child", "female"): "daughter"}
_PARENT_OF_SEX = {("parent", "male"): "father", ("parent", "female"): "mother"}


def relation_key(said: str, sex: str) -> str:
    """Return which relation the register's word is; the sex tells a son from a daughter."""
    key = next((key for key, words in _RELATIONS if re.search(words, said, re.IGNORECASE)), "")
    return (_SPOUSE_OF_SEX | _CHILD_OF_SEX | _PARENT_OF_SEX).get((key, sex), key or ("other_relative" if said else ""))


def meaning_of(choice: str) -> str:
    """Return a choice without the code before it: 2-否 is 否."""
    return _CODE_BEFORE.sub("", choice.strip())


@lru_cache(maxsize=2048)
def place_of_word(field: str, value: str, meanings: tuple[str, ...]) -> int | None:
    """Return which of an agency's words stands for a value of a field, None where none does."""
    for pattern in MEANINGS[field].get(value, ()):
        for place, word in enumerate(meanings):
            if re.search(pattern, word, re.IGNORECASE):
                return place
    return None


@lru_cache(maxsize=2048)
def understood(field: str, meanings: tuple[str, ...]) -> int:
    """Return for how many of a list's words the register has a value of this field."""
    words = MEANINGS[field]
    return len({place_of_word(field, value, meanings) for value in words} - {None})


def fits_choices(field: str, meanings: tuple[str, ...]) -> bool:
    """Tell whether words that a header lists are choices for a field, not parts of it (省/市/县) or an example."""
    if field.startswith("is:"):
        return understood("yes_no", meanings) > 0
    if field == "care_needs":
        return sum(bool(care_needs_in(word)) for word in meanings) > 0
    return field == "age_band" or (field in MEANINGS and understood(field, meanings) > 0)


def field_of_choices(meanings: tuple[str, ...]) -> str:
    """Return the field that a list of choices is about, where its header does not say: 自住, 出租, 空置 is the dwelling's use."""
    fields = ("sex", "id_kind", "occupancy", "category", "relation", "hukou_kind")
    found = {field: understood(field, meanings) for field in fields}
    best = max(fields, key=lambda field: found[field])
    needs = sum(bool(care_needs_in(word)) for word in meanings)
    if needs >= 2 and needs * 2 >= len(meanings) and needs > found[best]:
        return "care_needs"
    return best if found[best] >= 2 and found[best] * 2 >= len(meanings) else ""
