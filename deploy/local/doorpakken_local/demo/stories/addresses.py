"""Invents e-mail addresses, all under `.example`, so that no mail can reach a real mailbox."""

import re
import unicodedata

NO_ORGANISATION = "bewoners"
_WORD = re.compile(r"[a-z0-9]+")


def address_of(name: str, organisation: str | None) -> str:
    """first.last@organisation.example; raises ValueError for a name without Latin letters or
    digits."""
    local = slug(name, ".")
    if not local:
        raise ValueError(f"no address can be made from {name!r}; write one out")
    return f"{local}@{slug(organisation or NO_ORGANISATION, '-')}.example"


def slug(text: str, joint: str) -> str:
    """The Latin letters and digits of a text in lower case, without accents; words joined by
    `joint`."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return joint.join(_WORD.findall(plain))
