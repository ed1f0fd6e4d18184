"""Tags of every page: the bundle, icons, state marks, captured blocks and form controls."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from linli.web import bundle
from linli.web.pictures.states import LOOKS, State

register = template.Library()


@register.simple_tag
def bundle_css(entry: str = "main") -> SafeString:
    """Link the style sheets of a bundle entry."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in bundle.css_urls(entry)))


@register.simple_tag
def bundle_js(entry: str = "main") -> SafeString:
    """Load the module of a bundle entry."""
    return format_html('<script type="module" src="{}"></script>', bundle.js_url(entry))


@register.simple_tag
def mark_url() -> str:
    """Return the address of Linli's mark."""
    return bundle.asset_url(bundle.MARK)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of frontend/icons.json; a word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        bundle.asset_url(bundle.SPRITE),
        name,
    )


@register.simple_tag
def state_mark(state: str, word: str = "", count: int | None = None) -> SafeString:
    """Draw a state by colour, mark and word; `word` replaces the usual one, `count` follows it."""
    known = State(state)
    look = LOOKS[known]
    number = "" if count is None else format_html(' <span class="l-num">{}</span>', count)
    return format_html(
        '<span class="l-state l-state--{}"><span class="l-state__mark" aria-hidden="true">{}</span> {}{}</span>',
        known.value,
        look.mark,
        word or look.word,
        number,
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """Render a form field's control with the classes of our look."""
    return mark_safe(field.as_widget(attrs={"class": _control_class(field)}))  # noqa: S308  # Django's own escaped output


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        own = "form-check-input"
    else:
        own = "form-select" if isinstance(widget, Select) else "form-control"
    return f"{widget.attrs.get('class', '')} {own}".strip()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Tell whether the field is one box with its label behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Tell whether the field is several controls under one legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.simple_tag
def width_percent(done: float | None, total: float | None) -> str:
    """Return done of total as a whole percentage, never 100% while something is left."""
    if not done or not total or total <= 0:
        return "0%"
    return f"{min(100, int(100 * done / total))}%"


@register.filter
def grouped(number: int) -> str:
    """Write a number with a comma before each three digits, in both languages: it is read from across a room."""
    return f"{number:,}"


@register.filter
def by_whom(name: str) -> str:
    """Write who did something: an account's name as it is, a command of the operating system's user in words."""
    user = name.removeprefix("cli:")
    return _("command line (%(user)s)") % {"user": user} if user != name else name


@register.filter
def item(sequence: Sequence[Any], index: int) -> Any:
    """Return the item at an index, None when there is none."""
    return sequence[index] if -len(sequence) <= index < len(sequence) else None


class CaptureNode(template.Node):
    """Keeps what is between the tags in a variable."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308  # rendered by the engine
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture as name %}…{% endcapture %}`: a block whose text is needed twice, such as a page's title."""
    parts = token.split_contents()
    if len(parts) != 3 or parts[1] != "as":
        raise template.TemplateSyntaxError("Write {% capture as name %}.")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, parts[2])
