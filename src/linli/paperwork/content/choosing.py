"""What the register says, in the words or codes that an agency lets choose from. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from linli.paperwork.content.register import Someone
from linli.paperwork.sheet.legends import CODE
from linli.registry.ledger.care import care_needs_in, read_residency, says_vacant

_YES = re.compile(r"^(?:是|有|已|√|✓|Y|1$|属于?|需要?|在$)", re.IGNORECASE)
_NO = re.compile(r"^(?:否|无|未|不|没|×|N|0$|2$)", re.IGNORECASE)
_ELSE = re.compile(r"^其[他它余]")
_NOBODY = re.compile(r"^(?:无|否|正常|健康|良好|没有)")
_PAPERS = {
    "resident_id": r"身份证(?!明)|居民证|二代证",
    "passport": r"护照",
    "hk_macau": r"港澳|回乡证",
    "taiwan": r"台[湾胞]",
    "other": r"^其[他它]",
}
_SONS, _DAUGHTERS = ("子", "儿子", "长子", "次子", "独生子"), ("女", "女儿", "长女", "次女", "独生女")
_RELATIONS: tuple[tuple[str, str, str], ...] = (
    (r"^(?:户主|本人|承租人)$", r"户主|本人", ""),
    (r"配偶|丈夫|妻|夫|爱人", r"配偶|夫|妻", ""),
    (r"^(?:子女|子|儿子|长子|次子|三子|独生子|女|女儿|长女|次女|三女|独生女)$", r"子女", ""),
    (r"^(?:父母|父亲|父|公公|岳父)$", r"父亲|父母|^父", "male"),
    (r"^(?:父母|母亲|母|婆婆|岳母)$", r"母亲|父母|^母", "female"),
    (r"孙", r"孙", ""),
    (r"祖|爷|奶|外公|外婆", r"祖", ""),
    (r"兄|弟|哥", r"兄|弟", ""),
    (r"姐|妹", r"姐|妹", ""),
)
_OUTCOMES = {
    "done": r"^已|完成|阴性|^是",
    "tested_elsewhere": r"外地|外院|在外|^已",
    "open": r"^未|没|^否",
    "refused": r"拒",
    "away": r"外出|不在|离",
    "exempt": r"免|暂缓|特殊",
    "not_found": r"失联|未找到|联系不上",
}
_OCCUPANCY = {"自住": r"自住|自用|常住|居住|入住|^住", "出租": r"租", "空置": r"空|闲"}


def meaning_of(choice: str) -> str:
    """Return what a choice means: of a code what stands behind it."""
    return re.sub(r"^[A-Za-z\d]{1,2}[.、:：\-—\s]+", "", choice.rpartition(CODE)[2]).strip()


def written_as(choice: str) -> str:
    """Return what is written for a choice: of a code the code alone."""
    return choice.partition(CODE)[0] if CODE in choice else choice


def chosen(choices: Sequence[str], fits: Callable[[str], bool], *, otherwise: str = "") -> str:
    """Return how the first choice is written whose meaning fits, else “其他” where there is one and `otherwise` asks for it."""
    for choice in choices:
        if fits(meaning_of(choice)):
            return written_as(choice)
    rest = next((choice for choice in choices if _ELSE.match(meaning_of(choice))), "") if otherwise else ""
    return written_as(rest) if rest else ""


def yes_and_no(choices: Sequence[str]) -> tuple[str, str] | None:
    """Return how yes and no are written among the choices, None where they are no such question."""
    yes, no = chosen(choices, lambda word: bool(_YES.match(word))), chosen(choices, lambda word: bool(_NO.match(word)))
    return (yes, no) if yes and no else (yes, "") if yes and len(choices) == 1 else None


def _kind(one: Someone, choices: Sequence[str]) -> str:
    return chosen(choices, lambda word: read_residency(word) == one.kind, otherwise=one.kind)


def _sex(one: Someone, choices: Sequence[str]) -> str:
    word = {"male": "男", "female": "女"}.get(one.sex)
    return chosen(choices, lambda choice: word is not None and choice.startswith(word))


def _paper(one: Someone, choices: Sequence[str]) -> str:
    if not one.id_number and one.id_kind == "resident_id":
        return ""
    pattern = re.compile(_PAPERS.get(one.id_kind, "^$"))
    return chosen(choices, lambda word: bool(pattern.search(word)), otherwise=one.id_kind)


def _relation(one: Someone, choices: Sequence[str]) -> str:
    if not one.relation:
        return ""
    told = chosen(choices, lambda word: word == one.relation)
    if told:
        return told
    if one.relation == "子女" or one.relation in (*_SONS, *_DAUGHTERS):
        own = _DAUGHTERS if one.relation in _DAUGHTERS or one.sex == "female" else _SONS
        told = chosen(choices, lambda word: word in own)
    for mine, theirs, sex in _RELATIONS:
        if not told and re.search(mine, one.relation) and sex in ("", one.sex):
            told = chosen(choices, lambda word, theirs=theirs: bool(re.search(theirs, word)))  # type: ignore[misc]
    return told or chosen(choices, lambda _word: False, otherwise=one.relation)


def _need(one: Someone, choices: Sequence[str]) -> str:
    if not one.needs:
        return chosen(choices, lambda word: bool(_NOBODY.match(word)))
    fits = [
        choice
        for choice in choices
        if set(care_needs_in(meaning_of(choice))) & set(one.needs)
        or ("残疾" in care_needs_in(meaning_of(choice)) and any(need.endswith("残疾") for need in one.needs))
        or any(meaning_of(choice) and meaning_of(choice) in need for need in one.needs)
    ]
    told = "、".join(dict.fromkeys(map(written_as, fits)))
    return told or chosen(choices, lambda _word: False, otherwise="needs")


def _outcome(one: Someone, choices: Sequence[str]) -> str:
    pattern = re.compile(_OUTCOMES.get(one.outcome, "^$"))
    return chosen(choices, lambda word: bool(pattern.search(word))) if one.outcome else ""


def occupancy_as(word: str, choices: Sequence[str]) -> str:
    """Return whether a dwelling is lived in, let or vacant, in the agency's words."""
    pattern = re.compile(_OCCUPANCY[word])
    return chosen(choices, lambda choice: says_vacant(choice) if word == "空置" else bool(pattern.search(choice)))


OF_PERSON: dict[str, Callable[[Someone, Sequence[str]], str]] = {
    "category": _kind,
    "sex": _sex,
    "id_kind": _paper,
    "relation": _relation,
    "care_needs": _need,
    "round_result": _outcome,
}
"""Fields of a person that are written in the agency's words where it lets choose."""
