"""Which encoding a text file is in, among those Chinese offices produce."""

from __future__ import annotations

import codecs
from functools import cache

from linli.registry.ledger.refusals import LedgerRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_MOST_USED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理"
    "起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结"
    "姓名性别身份证号码联系电话地址住址楼栋单元室房小区备注户主关系配偶子女母亲父亲男女常住租流动人口出生期籍独居老残疾孕妇空置花园苑府村路街道合计序编李王张刘陈杨赵黄周吴徐孙"
    "胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_MOST_USED_TRADITIONAL = (
    "這為個國們時來說產種會對發動過後學經進電現實體機當點從業開還應樣與關線內數條沒結間長萬給員無統變聯話號碼單元樓棟戶籍備註姓別證屬係張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭許蘇盧蔣賈魏薛葉閻餘潘鍾"
    "區層樹園華麗東門莊陽廣場順興勝豐寶慶龍鳳關係獨殘視聽臥婦嬰兒精障礙"
)


@cache
def _known() -> frozenset[str]:
    return frozenset(_MOST_USED + _MOST_USED_TRADITIONAL)


def decode(data: bytes) -> tuple[str, str, int]:
    """Return (text, encoding, characters replaced). Raises `LedgerRefused` when no encoding fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    encoding = _wide(data) or _narrow(data)
    return _decode(data, encoding)


def _decode(data: bytes, encoding: str) -> tuple[str, str, int]:
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd")
    if replaced * 200 > len(text):
        raise LedgerRefused("undecodable")
    return text.replace("\0", "").removeprefix("\ufeff"), encoding, replaced


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: digits, commas and line ends leave zeros in every second byte."""
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    share = (even + odd) / max(len(sample), 1)
    if share < 0.1 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _narrow(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if b"~{" in sample and sample.isascii():
        return "hz"
    if _fits_utf8(data):
        return "utf-8"
    # In a tie GB18030 wins: it is what spreadsheet programs in mainland China write.
    return max(("gb18030", "big5hkscs", "cp950"), key=lambda encoding: _plausibility(sample, encoding))


def _fits_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 200 <= sum(not char.isascii() for char in text)


def _plausibility(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, errors="replace")
    wide = [char for char in text if not char.isascii()]
    errors = text.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in wide)
    known = sum(char in _known() for char in wide)
    return (known - 5 * errors) / max(len(wide), 1)
