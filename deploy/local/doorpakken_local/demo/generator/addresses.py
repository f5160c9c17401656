"""Invented e-mail addresses, all under `.example`, where no mail can ever arrive by mistake."""

import re
import unicodedata

NO_ORGANISATION = "bewoners"
_WORD = re.compile(r"[a-z0-9]+")


def address_of(name: str, organisation: str | None) -> str:
    """first.last@organisation.example; raises ValueError for a name with no Latin letter in it."""
    local = slug(name, ".")
    if not local:
        raise ValueError(f"no address can be made from {name!r}; write one out")
    return f"{local}@{slug(organisation or NO_ORGANISATION, '-')}.example"


def slug(text: str, joint: str) -> str:
    """The Latin letters and digits of a text, without accents, its words joined by `joint`."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return joint.join(_WORD.findall(plain))
