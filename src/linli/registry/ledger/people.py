"""One row's person: name, sex, birth, documents, phones, residency and care needs, with every flag."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from linli.registry.ledger.care import read_flag_cell, read_remarks, read_residency, says_vacant, settled
from linli.registry.ledger.content import RELATIONS, is_category
from linli.registry.ledger.identity import Identity, read_identity
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.records import Flag, ResidencyKind, Sex
from linli.registry.ledger.row import Row
from linli.registry.ledger.text import Value, clean, is_nothing, visible, without_spaces

_SEXES: dict[str, Sex] = {
    "男": "男", "男性": "男", "m": "男", "male": "男", "1": "男", "男士": "男", "先生": "男",
    "女": "女", "女性": "女", "f": "女", "female": "女", "2": "女", "女士": "女", "小姐": "女",
}  # fmt: skip
_MALE = re.compile(
    r"^(?:父亲?|丈夫|夫|儿子|长子|次子|三子|四子|独生子|养子|继子|女婿|祖父|爷爷|外公|岳父|公公|孙子|外孙|哥哥|弟弟|兄|弟|侄子|外甥|老公|之夫|之子|father|husband|son)$"
)
_FEMALE = re.compile(
    r"^(?:母亲?|妻子?|老婆|女儿|长女|次女|三女|独生女|养女|继女|儿媳|媳妇|祖母|奶奶|外婆|岳母|婆婆|孙女|外孙女|姐姐|妹妹|姐|妹|侄女|外甥女|之妻|mother|wife|daughter)$"
)
_HEADS = frozenset(("本人", "户主本人", "戶主", "户主(本人)", "本人(户主)", "head", "householder"))
_DATE_PARTS = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?)?(?:\s.*)?$")
_SHORT_DATE = re.compile(r"^(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_FIRST_OF_1900S = 30
_NOTE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MARKS = " :：,，.。、;；*?/-()[]★☆●○▲△■□◆※#"
_DOT = re.compile(r"(?<=[\u3400-\u9fff]) ?[•‧・.．∙⋅] ?(?=[\u3400-\u9fff])")
_LEADING = re.compile(r"^\d{1,4}[.、．)]\s*(?=\D)")
_TAIL_DIGITS = re.compile(r"[\d+-][\d\s+/-]{6,}$")
_ONLY_THERE = re.compile(r"(?:现|已|正常)?(?:在住|在家|居住|入住|在居)(?:中|人员)?")
"""What says that somebody lives here, but not whether they rent."""
_LET = re.compile(r"(?:已|对外|整套|部分)?(?:出租|租住|承租|租赁|租用|合租|群租|整租)(?!公房)")
_LANDLORD_REMARK = re.compile(
    r"(?:房东|房主|出租人)[:：是为]?\s*([\u3400-\u9fff·]{2,4}?)?[,，、\s]*(?:电话|手机)?[:：]?\s*((?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}))"
)
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001


@dataclass(slots=True)
class Draft:
    """A person while rows are still being merged."""

    sheet: str
    row: int
    name: str
    identity: Identity
    sex: Sex = ""
    birth: date | None = None
    phones: tuple[str, ...] = ()
    head_phones: tuple[str, ...] = ()
    """Numbers that the row says are those of the head of its household, whoever that is."""
    relation: str = ""
    residency: ResidencyKind = "resident"
    residency_said: bool = False
    hukou: str = ""
    needs: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)
    extra: tuple[tuple[str, str], ...] = ()
    household_number: str = ""
    landlord: tuple[str, tuple[str, ...]] = ("", ())
    flags: list[Flag] = field(default_factory=list)

    def flag(self, kind: str, read: str = "") -> None:
        self.flags.append(Flag(self.sheet, self.row, kind, without_spaces(self.name), read))


def read_person(row: Row) -> Draft:
    """Read the person of one row."""
    name, note, digits = read_name(row.value("name"))
    identity = read_identity(row.value("id_number"), row.text("id_kind"))
    draft = Draft(row.sheet, row.number, name, identity, extra=tuple(row.extra))
    if not name:
        draft.flag("name_missing")
    if identity.flag:
        draft.flag(identity.flag, identity.read)
    _relation(draft, row, note)
    _sex(draft, row)
    _birth(draft, row)
    _phones(draft, row, digits)
    _residency_and_needs(draft, row)
    draft.hukou = row.text("hukou_division")
    draft.household_number = row.text("household_number")
    draft.landlord = read_landlord(row)
    if draft.residency == "tenant" and not draft.landlord[0] and not draft.landlord[1]:
        draft.flag("landlord_missing")
    return draft


def read_name(value: Value) -> tuple[str, str, str]:
    """Return (name, a note in brackets behind it, digits behind it). Chinese names have no inner spaces."""
    text = clean(value)
    if is_nothing(text):
        return "", "", ""
    note = " ".join(match.strip() for match in _NOTE.findall(text))
    text = _DOT.sub("·", text)
    bare = _LEADING.sub("", _NOTE.sub("", text).strip(_MARKS)).strip(_MARKS)
    tail = _TAIL_DIGITS.search(bare)
    digits = tail[0].strip() if tail else ""
    bare = bare[: tail.start()].strip(" :：,，-/") if tail else bare
    name = " ".join(bare.split()) if bare.isascii() else without_spaces(bare)
    return name or without_spaces(text), note, digits


def _relation(draft: Draft, row: Row, note: str) -> None:
    relation = without_spaces(row.text("relation"))
    if note and not relation and note in RELATIONS:
        relation, note = note, ""
    if note:
        draft.remarks.append(note)
    if not relation and row.text("head_name") and read_name(row.value("head_name"))[0] == draft.name:
        relation = "户主"
    draft.relation = "户主" if relation.lower() in _HEADS else relation


def _sex(draft: Draft, row: Row) -> None:
    text = row.text("sex").lower()
    cell = _SEXES.get(text.replace(" ", ""), "")
    if text and not cell:
        draft.flag("sex_unknown", text)
    told = draft.identity.sex
    if cell and told and cell != told and draft.identity.number:
        draft.flag("sex_disagrees", text)
    by_relation: Sex = "男" if _MALE.match(draft.relation) else "女" if _FEMALE.match(draft.relation) else ""
    draft.sex = cell or told or by_relation


def _birth(draft: Draft, row: Row) -> None:
    value = row.value("birth")
    text = clean(value)
    cell = read_date(value)
    if text and cell is None:
        draft.flag("birth_invalid", text)
    told = draft.identity.birth
    if cell and told and _SHORT_DATE.match(text) and (cell.year - told.year) % 100 == 0:
        cell = cell.replace(year=told.year)
    if cell and told and cell != told and draft.identity.number and not _month_only(text, cell, told):
        draft.flag("birth_disagrees", text)
    draft.birth = told if cell and told and _month_only(text, cell, told) else cell or told


def _month_only(text: str, cell: date, told: date) -> bool:
    """Tell whether a cell gave year and month only (出生年月) and the identity number agrees with them."""
    given = _DATE_PARTS.match(text)
    short = (given is not None and given[3] is None) or re.fullmatch(r"\d{6}", text) is not None
    return short and (cell.year, cell.month) == (told.year, told.month)


def read_date(value: Value) -> date | None:
    """Read a date: a date cell, 1985-09-16, 1985.9.16, 85.9.16, 19850916, 1985年9月, or a spreadsheet's day number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = clean(value)
    parts = _DATE_PARTS.match(text)
    if parts:
        return _day(int(parts[1]), int(parts[2]), int(parts[3] or 1))
    short = _SHORT_DATE.match(text)
    if short:
        return _day(_whole_year(int(short[1])), int(short[2]), int(short[3]))
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"(?:19|20)\d{4}", text):
        return _day(int(text[:4]), int(text[4:]), 1)
    if re.fullmatch(r"\d{4,5}(?:\.0+)?", text) and 3000 < float(text) < 70000:
        return (_EXCEL_EPOCH + timedelta(days=int(float(text)))).date()
    return None


def _whole_year(short: int) -> int:
    """Return the year of two digits as spreadsheet programs read it: 29 is 2029, 30 is 1930."""
    return short + (1900 if short >= _FIRST_OF_1900S else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if 1870 <= year <= 2099 else None


def _phones(draft: Draft, row: Row, digits: str) -> None:
    found: list[str] = []
    heads = row.values("head_phone")
    draft.head_phones = tuple(number for value in heads for number in read_phones(value)[0])
    for value in (*row.values("phone"), *(heads if draft.relation == "户主" else ()), digits):
        numbers, invalid = read_phones(value)
        found += numbers
        if invalid:
            draft.flag("phone_invalid", invalid)
            draft.remarks.append(invalid)
    draft.phones = tuple(dict.fromkeys(found))


def _residency_and_needs(draft: Draft, row: Row) -> None:
    needs = list(row.needs)
    said: ResidencyKind | None = None
    vacant = False
    words = [*draft.remarks, *(visible(value) for value in row.values("remarks"))]
    draft.remarks = []
    for header, text in row.flagged_words:
        word = read_flag_cell(header, text)
        named = next((each for each in (word, header) if word and is_category(each)), "")
        said = _stronger(said, read_residency(named)) if named else said
        words.append("" if word == named else word)
    for text in words:
        remark = read_remarks(text)
        needs += remark.needs
        said = said or remark.residency
        vacant = vacant or says_vacant(text)
        if remark.rest:
            draft.remarks.append(remark.rest)
    draft.needs = settled(needs)
    kind = _residency(draft, row, said or ("away" if vacant else None)) or row.residency
    draft.residency, draft.residency_said = kind or "resident", kind is not None


def _stronger(one: ResidencyKind | None, other: ResidencyKind | None) -> ResidencyKind | None:
    """Return what two ticks say together: a tenant stays a tenant where 常住 is ticked too."""
    return min((one, other), key=("registered_only", "tenant", "away", "resident", None).index)


def _residency(draft: Draft, row: Row, remarked: ResidencyKind | None) -> ResidencyKind | None:
    text = row.text("category")
    if not text:
        return remarked or ("tenant" if _LET.match(row.text("occupancy")) else None)
    kind = read_residency(text)
    draft.needs = settled((*draft.needs, *read_remarks(text).needs))
    if kind is None and not draft.needs:
        draft.flag("category_unknown", text)
        draft.remarks.append(text)
    if kind == "resident" and _ONLY_THERE.fullmatch(text) and _LET.match(row.text("occupancy")):
        return "tenant"
    return kind or remarked


def read_landlord(row: Row) -> tuple[str, tuple[str, ...]]:
    """Return the landlord's name and phones of a row, from their columns or from one cell that holds both."""
    phones: list[str] = []
    name = ""
    for value in (row.value("landlord"), row.value("landlord_name"), *row.values("landlord_phone")):
        phones += read_phones(value)[0]
    for field_name in ("landlord_name", "landlord"):
        words = re.sub(r"[\d+/:：,，、;；()-]{5,}", " ", row.text(field_name))
        name = name or read_name(re.sub(r"[:：/,，、;；]", " ", words).strip())[0]
    remarked = None if name or phones else _LANDLORD_REMARK.search(row.text("remarks"))
    if remarked:
        return remarked[1] or "", read_phones(remarked[2])[0]
    return name, tuple(dict.fromkeys(phones))
