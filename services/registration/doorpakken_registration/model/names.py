"""Names as people write them, and the key under which two spellings are the same name.
Refuses a name without a letter or a digit."""

import unicodedata

NAME_LENGTH_MAX = 200


def tidy(text: str) -> str:
    """One line in one spelling: no control characters, single spaces, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        # Line breaks become spaces: a name also stands in the header of a mail.
        composed = "".join(" " if one.isspace() else one for one in composed)
        composed = "".join(one for one in composed if unicodedata.category(one) != "Cc")
    return " ".join(composed.split())


def name_of(text: str) -> str:
    """The tidy name; ValueError where nothing in it can be read."""
    name = tidy(text)
    if not any(one.isalnum() for one in name):
        raise ValueError("a name needs at least one letter")
    return name


def key_of(name: str) -> str:
    """The same for `Gladys  Waterlelie` and `gladys waterlelie`."""
    return tidy(unicodedata.normalize("NFKC", name)).casefold()
