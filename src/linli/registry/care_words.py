"""Care needs in words: the register keeps them as the office says them, pages say the known ones in the reader's language."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

_KNOWN: dict[str, Promise] = {
    "独居老人": _("old and living alone"),
    "空巢老人": _("old, children live elsewhere"),
    "高龄老人": _("very old"),
    "高龄独居": _("very old and living alone"),
    "孕妇": _("pregnant woman"),
    "产妇": _("woman after childbirth"),
    "婴幼儿": _("infant"),
    "残疾": _("disability"),
    "肢体残疾": _("physical disability"),
    "视力残疾": _("visual impairment"),
    "听力残疾": _("hearing impairment"),
    "言语残疾": _("speech impairment"),
    "智力残疾": _("intellectual disability"),
    "精神障碍": _("mental disorder"),
    "认知障碍": _("dementia"),
    "长期卧床": _("bedridden"),
    "行动不便": _("reduced mobility"),
    "透析": _("dialysis"),
    "肿瘤化疗": _("cancer treatment"),
    "慢性病": _("chronic disease"),
    "困境儿童": _("child in need"),
    "重病": _("severe illness"),
    "低保": _("minimum living allowance"),
}


def care_word(need: str) -> str:
    """Say what somebody needs help with; a word of the office's own is said as it is."""
    return str(_KNOWN.get(need, need))


def care_words(needs: Iterable[str]) -> str:
    """Say several care needs, one after the other."""
    return _now(", ").join(care_word(need) for need in needs)
