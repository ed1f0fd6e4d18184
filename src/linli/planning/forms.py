"""What a page asks before a drill starts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SPEEDS = (
    ("60", _("60 times: a minute of the drill takes a second")),
    ("300", _("300 times: an hour of the drill takes twelve seconds")),
    ("0", _("as fast as this machine can")),
)
PLANS = (
    ("microplan", _("by the plan: called in groups")),
    ("none", _("without a plan: everybody comes when they like")),
)


class DrillForm(forms.Form):
    """Seed, plan and speed of a drill."""

    plan = forms.ChoiceField(label=_("How people come"), choices=PLANS, initial="microplan")
    speed = forms.ChoiceField(label=_("Speed"), choices=SPEEDS, initial="60")
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=1, help_text=_("The same number gives the same day.")
    )

    def wishes(self) -> dict[str, Any]:
        """Return the keyword arguments of `start_drill`."""
        told = self.cleaned_data
        return {
            "seed": told["seed"],
            "planned": told["plan"] != "none",
            "speed": float(told["speed"]) or None,
        }


class ShareDoorsForm(forms.Form):
    """How many teams knock."""

    teams = forms.IntegerField(
        label=_("Teams"), min_value=1, max_value=60,
        help_text=_("Three or four people a team. Each team gets doors of its own, in walking order."),
    )  # fmt: skip
