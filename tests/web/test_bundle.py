import json
import re
from pathlib import Path

import pytest

from linli.web import bundle
from linli.web.templatetags import linli as tags

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "linli"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=|hx-on|<style|javascript:", re.IGNORECASE
)
STYLES = re.compile(r'style="(?!width:[^;"]*")')


@pytest.fixture
def manifest(tmp_path, monkeypatch):
    file = tmp_path / "manifest.json"
    monkeypatch.setattr(bundle, "MANIFEST", file)
    return file


def test_pages_have_stable_addresses_without_a_build(manifest):
    assert bundle.css_urls() == ("/static/linli/main.css",)
    assert bundle.js_url("main") == "/static/linli/main.js"
    assert "/static/linli/icons.svg#home" in tags.icon("home")


def test_pages_name_the_built_files(manifest):
    manifest.write_text(
        json.dumps(
            {
                "src/main.ts": {"file": "assets/main-1.js", "css": ["assets/main-2.css"]},
                "icons.svg": {"file": "assets/icons-3.svg"},
            }
        )
    )
    assert 'href="/static/linli/assets/main-2.css"' in tags.bundle_css()
    assert 'src="/static/linli/assets/main-1.js"' in tags.bundle_js("main")
    assert "/static/linli/assets/icons-3.svg#home" in tags.icon("home")


def test_a_check_tells_to_build_when_there_is_no_bundle(manifest):
    [warning] = bundle.check_bundle()
    assert warning.id == "linli.W001"
    assert "make frontend" in (warning.hint or "")


def test_the_check_is_silent_when_built(manifest):
    manifest.write_text("{}")
    assert bundle.check_bundle() == []


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("templates/**/*.html"))


def test_every_icon_that_a_template_uses_is_in_the_sprite():
    listed = set(json.loads((ROOT / "frontend" / "icons.json").read_text()))
    used = {name for file in templates() for name in re.findall(r'{% icon "([^"]+)"', file.read_text())}
    assert used - listed == set()


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_templates_hold_no_inline_script_or_style(file):
    text = file.read_text()
    assert INLINE.findall(text) == []
    assert STYLES.findall(text) == []


def test_the_lock_names_no_download_addresses():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
