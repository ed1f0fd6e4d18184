"""Translations: compile the apps' catalogues without gettext's programs, and say what is not translated yet.

`python -m linli.web.catalogues` compiles what has changed; `--missing` lists texts without a Chinese sentence.
Needs Babel, which only building and testing have.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
PLACES = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
Key = tuple[str | None, str]
"""Context (None for most) and English text."""

FUNCTIONS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")


def catalogues(source: Path = SOURCE) -> list[Path]:
    """Return every app's catalogues."""
    return sorted(source.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_all(source: Path = SOURCE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; return what was written."""
    return [compile_one(po) for po in catalogues(source) if _is_stale(po)]


def compile_one(po: Path) -> Path:
    """Write a catalogue's .mo beside it, whole or not at all."""
    compiled = po.with_suffix(".mo")
    draft = compiled.with_suffix(".mo.draft")
    with draft.open("wb") as out:
        write_mo(out, read(po))
    draft.replace(compiled)
    return compiled


def read(po: Path) -> Catalog:
    """Read a catalogue; raises babel's PoFileError with file and line when it is malformed."""
    with po.open("rb") as file:
        return read_po(file, abort_invalid=True)


def translated(source: Path = SOURCE) -> dict[Key, str]:
    """Return what all catalogues together say in Chinese."""
    said: dict[Key, str] = {}
    for po in catalogues(source):
        said = texts_in(po) | said
    return said


def texts_in(po: Path) -> dict[Key, str]:
    """Return what one catalogue says; empty and fuzzy entries say nothing."""
    messages = (message for message in read(po) if message.id and not message.fuzzy)
    return {_key(message): _text(message) for message in messages if _text(message)}


def used(source: Path = SOURCE) -> dict[Key, str]:
    """Return every text that templates and Python ask for, with the first file that does."""
    asked: dict[Key, str] = {}
    for file in sorted(
        [*source.rglob("*.py"), *source.rglob("templates/**/*.html"), *source.rglob("templates/**/*.txt")]
    ):
        for key in texts_of(file):
            asked.setdefault(key, str(file.relative_to(source)))
    return asked


def texts_of(file: Path) -> Iterator[Key]:
    """Yield the texts that one file asks to be translated."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = templatize(text, origin=str(file))
    keywords = dict.fromkeys((*FUNCTIONS, *WITH_CONTEXT))
    for _line, function, arguments, _comments in extract_python(BytesIO(text.encode()), keywords, [], {}):
        yield from _keys(str(function), arguments)


def missing(source: Path = SOURCE) -> dict[Key, str]:
    """Return the texts in use that no catalogue translates, with where they are used."""
    said = translated(source)
    return {key: file for key, file in used(source).items() if key not in said}


def broken_placeholders(source: Path = SOURCE) -> dict[Key, str]:
    """Return translations that name other places to fill than their text."""
    return {
        key: text
        for key, text in translated(source).items()
        if not set(PLACES.findall(text)) <= set(PLACES.findall(key[1])) | {"%(n)s", "%(n)d", "%(count)d"}
    }


def _keys(function: str, arguments: object) -> Iterator[Key]:
    parts = list(arguments) if isinstance(arguments, tuple | list) else [arguments]
    has_context = function in WITH_CONTEXT
    texts = parts[1:] if has_context else parts
    if texts and isinstance(texts[0], str) and texts[0]:
        yield (str(parts[0]) if has_context else None, texts[0])


def _key(message: Message) -> Key:
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return (message.context, text)


def _text(message: Message) -> str:
    parts: Iterable[str] = message.string if isinstance(message.string, tuple | list) else (message.string or "",)
    return "\n".join(parts) if all(parts) else ""


def _is_stale(po: Path) -> bool:
    compiled = po.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < po.stat().st_mtime_ns


def main(arguments: list[str]) -> int:
    """Compile, or list what is missing; exits 1 when something is."""
    if "--missing" not in arguments:
        compile_all()
        return 0
    left = missing()
    for (context, text), file in left.items():
        print(f"{file}: {f'[{context}] ' if context else ''}{text}")  # noqa: T201  # the answer of the command
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
