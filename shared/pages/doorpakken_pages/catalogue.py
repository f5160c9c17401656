"""English translations of the pages' Dutch texts, read from `en.po` files when a service starts.
A catalogue that cannot be parsed is refused; a text that is not in it is shown in Dutch."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from doorpakken_pages.words import UNITS, WORDS

SHARED = files("doorpakken_pages") / "catalogues" / "en.po"
# As for rendering, but not silent: a template that cannot be parsed would otherwise count as one
# without texts.
READING = {"extensions": "jinja2.ext.do", "silent": "false"}


def translations(language: str, package: str) -> NullTranslations:
    if language == "nl":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _merged(package))
    compiled.seek(0)
    return Translations(compiled)


def untranslated(package: str) -> set[str]:
    english = _merged(package)
    said = _template_texts(package) | _shared_texts()
    return {text for text in said if not (message := english.get(text)) or not message.string}


def said(package: str) -> set[str]:
    """Every Dutch text of a package's pages, of its templates and of what its code passes to
    them."""
    handed = {
        message.id if isinstance(message.id, str) else message.id[0] for message in _merged(package)
    }
    return (_template_texts(package) | _shared_texts() | handed) - {""}


def packages_with_templates(package: str) -> list[str]:
    folder = files(package)
    below = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    found = [(package, folder), *((f"{package}.{name}", folder / name) for name in below)]
    return [name for name, place in found if (place / "templates").is_dir()]


def _merged(package: str) -> Catalog:
    merged = Catalog(locale="en")
    for source in _sources(package):
        for message in read_po(BytesIO(source.read_bytes()), locale="en", abort_invalid=True):
            merged[message.id] = message
    return merged


def _sources(package: str) -> Iterable[Traversable]:
    own = files(package) / "locale" / "en.po"
    return [SHARED, own] if own.is_file() else [SHARED]


def _shared_texts() -> set[str]:
    words = {text for group in WORDS.values() for text in group.values()}
    return words | {one for one, _ in UNITS.values()}


def _template_texts(package: str) -> set[str]:
    packages = packages_with_templates(package)
    return {text for one in packages for text in _texts(files(one) / "templates")}


def _texts(folder: Traversable) -> set[str]:
    found: set[str] = set()
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= _texts(entry)
        else:
            source = BytesIO(entry.read_bytes())
            for _, message, _, _ in extract("jinja2.ext:babel_extract", source, options=READING):
                found.add(message if isinstance(message, str) else message[0])
    return found
