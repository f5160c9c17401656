"""Names as people write them, and the one key under which all spellings are the same name.
Refuses a name in which nobody can read a letter or a digit, and one with an address in it: names
stand in mails, where such a name would be somebody else's link."""

import re
import unicodedata

NAME_LENGTH_MAX = 200
# Raised whenever `key_of` gives other keys: at the next start the kept ones are made anew.
KEY_VERSION = 2

_APOSTROPHES = "\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02b9\u02be\u02bf\u02c8`\u00b4\u2032\u2035"
_APOSTROPHES += "\uff07\ua78c\u055a\u05f3\u1fbd\u1fbf\u1ffd\u1fef"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_HYPHENS = "\u2212\u2043\u02d7"
_SAME = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_HYPHENS, "-")
)
# Letters and marks by their category, but nothing of them is seen: joiners, fillers, selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
# In Persian, in scripts of India and in emoji a joiner is part of how a word is written.
_JOINER_IN_A_WORD = re.compile("(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f])")

_DASHES = re.compile(" ?-[- ]*")


# What mail programs make a link of: an address, a scheme, or a word with the end of a domain.
_ENDINGS = (
    "[a-z]{2}|com|org|net|info|biz|app|dev|shop|site|store|online|xyz|top|club|live|link|click|"
    "icu|vip|win|pro|name|mobi|amsterdam|gov|edu|int|tel|web|cloud|page|world|work|news|blog"
)
_LINK = re.compile(
    rf"@|://|\bwww\.|(?<![^\W_])[^\W_][\w-]{{1,62}}\.(?:{_ENDINGS})(?![^\W_])", re.IGNORECASE
)
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff61\u2024\u00b7", "."))


def tidy(text: str) -> str:
    """One line in one spelling: no control characters, single spaces, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        # Line breaks become spaces: a name also stands in the header of a mail.
        composed = "".join(" " if one.isspace() else one for one in composed)
        composed = "".join(one for one in composed if unicodedata.category(one) != "Cc")
    return " ".join(composed.split())


def name_of(text: str) -> str:
    """The tidy name, with the apostrophes and dashes that were typed; ValueError where nothing in
    it can be read."""
    name = tidy(text if text.isascii() else _without_format(text))
    if not any(one.isalnum() for one in _UNSEEN.sub("", name)):
        raise ValueError("a name needs at least one letter that can be read")
    if has_link(name):
        raise ValueError("a name has no e-mail address or website in it")
    return name


def _without_format(text: str) -> str:
    kept = {one.start() for one in _JOINER_IN_A_WORD.finditer(text)}
    return "".join(one for here, one in enumerate(text) if here in kept or not _is_format(one))


def has_link(name: str) -> bool:
    """Whether a mail program would make a link of something in it; `J.P. de Vries` is a name."""
    return bool(_LINK.search(unicodedata.normalize("NFKC", name).translate(_DOTS)))


def key_of(name: str) -> str:
    """The same for `Noa d'Ancona` and ` noa D’ANCONA `, however a keyboard or Word writes it. The
    key of a key, also of an older one, is the key of its name."""
    tidied = tidy(name)
    if tidied.isascii():
        # Most names: what follows would change nothing else of them, and takes twenty times longer.
        return _with_plain_dashes(tidied.replace("`", "'").lower())
    plain = tidied.translate(_SAME)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(_SAME)
    seen = "".join(_hyphen(one) for one in _UNSEEN.sub("", folded) if not _is_format(one))
    # A single acute accent is a space with a mark once it is taken apart, as older keys have it.
    seen = seen.replace(" \u0301", "'").replace("i\u0307", "i").replace("\u0131", "i")
    return _with_plain_dashes(seen)


def _with_plain_dashes(text: str) -> str:
    return _DASHES.sub("-", " ".join(text.split()))


def _is_format(one: str) -> bool:
    """Whether it is a sign that only steers: zero width, soft hyphen, direction, byte order."""
    return unicodedata.category(one) == "Cf"


def _hyphen(one: str) -> str:
    return "-" if unicodedata.category(one) == "Pd" else one
