"""Renders pictures and gallery pages without a database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine

HERE = Path(__file__).parent
LIBRARIES = {
    "linli": "linli.web.templatetags.linli",
    "pictures": "linli.web.templatetags.pictures",
    "i18n": "django.templatetags.i18n",
    "l10n": "django.templatetags.l10n",
    "static": "django.templatetags.static",
}

Draw = Callable[..., str]


@pytest.fixture(scope="session")
def engine() -> Engine:
    web = HERE.parents[2] / "src" / "linli" / "web" / "templates"
    return Engine(dirs=[str(HERE / "templates"), str(web)], libraries=LIBRARIES)


@pytest.fixture
def draw(engine: Engine) -> Draw:
    def render(tag: str, **context: Any) -> str:
        return engine.from_string(f"{{% load pictures linli %}}{tag}").render(Context(context))

    return render
