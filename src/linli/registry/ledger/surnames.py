"""Surnames, to recognise a column of names that has no header."""

from __future__ import annotations

import re
from functools import lru_cache

_SINGLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应"
    "台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮卡邴闻麻危骆经裘缪干宣贲於荀羊惠甄曲家储段富巴弓牧隗山蓬郗班仰秋伊宓暴甫钭厉戎祖刘束幸韶蓟印宿怀蒲从鄂索咸籍屯阴胜苍双莘贡劳逄扶堵宰郦雍璩"
    "濮寿通扈冀浦尚农别晏瞻充慕茹宦鱼容慎戈庾终暨居衡步耿弘国寇广禄阙东殳沃利蔚越夔隆师厍勾融那空毋沙乜养须丰巢蒯相后红权逯肖闫付仝邝修展覃佘萨郇盘亓哈代苏岩赫"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭許蘇盧蔣賈葉閻鍾範陸鄒龍萬錢湯賴龔龐蘭顏嚴溫蘆韋畢聶叢齊莊塗紀歐衛閔華車邊饒鄔暢蓋黨談連欒鬱計竇遲藍鞏應"
)
_DOUBLE = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
        "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 歐陽 諸葛 司馬"
    ).split()
)
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_HAN_NAME = re.compile(rf"^{_HAN}{{2,4}}$")
_MINORITY_NAME = re.compile(rf"^{_HAN}{{1,12}}[·•‧・.]{_HAN}{{1,12}}(?:[·•‧・.]{_HAN}{{1,12}})?$")
_LATIN_NAME = re.compile(r"^[A-Za-z][A-Za-z'.-]+(?: [A-Za-z'.-]+){1,4}$")


def could_be_a_name(text: str) -> bool:
    """Tell whether text has the form of a name, whatever its surname."""
    line = text.replace(" ", "") if not text.isascii() else text
    return any(form.match(line) is not None for form in (_HAN_NAME, _MINORITY_NAME, _LATIN_NAME))


def is_a_double_surname(text: str) -> bool:
    """Tell whether text is a surname of two signs and no more."""
    return text in _DOUBLE


@lru_cache(maxsize=65536)
def is_like_a_name(text: str) -> bool:
    """Tell whether text has the form of a person's name, with a surname known among the Han."""
    line = text.replace(" ", "") if not text.isascii() else text
    if _HAN_NAME.match(line):
        return line[0] in _SINGLE or line[:2] in _DOUBLE
    return _MINORITY_NAME.match(line) is not None or _LATIN_NAME.match(line) is not None
