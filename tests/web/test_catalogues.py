import pytest

from linli.web import catalogues

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "door"\nmsgstr "门"\n'


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "app" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def missing():
    """Read all sources once: several apps ask."""
    return catalogues.missing()


APPS = sorted(folder.name for folder in catalogues.SOURCE.iterdir() if (folder / "__init__.py").exists())


@pytest.mark.parametrize("app", APPS)
def test_every_text_has_a_chinese_sentence(app, missing):
    assert {key: file for key, file in missing.items() if file.startswith(f"{app}/")} == {}


def test_no_template_holds_chinese_text():
    files = catalogues.SOURCE.rglob("templates/**/*.*")
    assert [file.name for file in files if catalogues.CHINESE.search(file.read_text(encoding="utf-8"))] == []


def test_apps_agree_on_every_shared_text():
    said: dict[catalogues.Key, dict[str, str]] = {}
    for po in catalogues.catalogues():
        for key, text in catalogues.texts_in(po).items():
            said.setdefault(key, {})[text] = po.parts[-5]
    assert {key: apps for key, apps in said.items() if len(apps) > 1} == {}


def test_a_translation_keeps_the_placeholders_of_its_text():
    assert catalogues.broken_placeholders() == {}


def test_compiles_what_has_changed_and_only_that(source):
    [compiled] = catalogues.compile_all(source)
    assert compiled.read_bytes()[:4] == b"\xde\x12\x04\x95"
    assert catalogues.compile_all(source) == []


def test_finds_a_text_without_a_translation(source):
    (source / "app" / "views.py").write_text(
        'from django.utils.translation import gettext as _\n_("door")\n_("gate")\n'
    )
    assert catalogues.missing(source) == {(None, "gate"): "app/views.py"}


def test_reads_texts_of_templates_with_context_and_plural(source):
    page = source / "app" / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(
        '{% load i18n %}{% translate "open" context "state" %}'
        "{% blocktranslate count n=3 %}{{ n }} door{% plural %}{{ n }} doors{% endblocktranslate %}"
    )
    assert list(catalogues.texts_of(page)) == [("state", "open"), (None, "%(n)s door")]
