"""Normalises names, and makes the key that is the same for all spellings of a name.
Refuses a name without a visible letter or digit, and one with an address in it: names appear in
mails, where mail programs would turn such a name into a link."""

import re
import unicodedata

NAME_LENGTH_MAX = 200
# Increment when `key_of` gives other keys: stored keys are recomputed at the next start.
KEY_VERSION = 2

_APOSTROPHES = "\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02b9\u02be\u02bf\u02c8`\u00b4\u2032\u2035"
_APOSTROPHES += "\uff07\ua78c\u055a\u05f3\u1fbd\u1fbf\u1ffd\u1fef"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_HYPHENS = "\u2212\u2043\u02d7"
_SAME = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_HYPHENS, "-")
)
# Invisible, although their category is letter or mark: joiners, fillers, selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
# In Persian, in Indic scripts and in emoji a joiner is part of the spelling of a word.
_JOINER_IN_A_WORD = re.compile("(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f])")

_DASHES = re.compile(" ?-[- ]*")


# What mail programs turn into a link: an address, a scheme, or a word with a domain ending.
_ENDINGS = (
    "[a-z]{2}|com|org|net|info|biz|app|dev|shop|site|store|online|xyz|top|club|live|link|click|"
    "icu|vip|win|pro|name|mobi|amsterdam|gov|edu|int|tel|web|cloud|page|world|work|news|blog"
)
_LINK = re.compile(
    rf"@|://|\bwww\.|(?<![^\W_])[^\W_][\w-]{{1,62}}\.(?:{_ENDINGS})(?![^\W_])", re.IGNORECASE
)
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff61\u2024\u00b7", "."))


def tidy(text: str) -> str:
    """NFC on one line: no control characters, single spaces, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        # Line breaks become spaces, because names are also used in mail headers.
        composed = "".join(" " if one.isspace() else one for one in composed)
        composed = "".join(one for one in composed if unicodedata.category(one) != "Cc")
    return " ".join(composed.split())


def name_of(text: str) -> str:
    """Tidied, with apostrophes and dashes as typed; raises ValueError if nothing in it is readable
    or if it contains a link."""
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
    """True if a mail program would turn part of it into a link; not for `J.P. de Vries`."""
    return bool(_LINK.search(unicodedata.normalize("NFKC", name).translate(_DOTS)))


def key_of(name: str) -> str:
    """The same for `Noa d'Ancona` and ` noa D’ANCONA `, whatever keyboard or word processor wrote
    it. The key of a key, also of one of an older version, is the key of the name."""
    tidied = tidy(name)
    if tidied.isascii():
        # Fast path for most names: the rest changes nothing in ASCII and takes 20 times longer.
        return _with_plain_dashes(tidied.replace("`", "'").lower())
    plain = tidied.translate(_SAME)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(_SAME)
    seen = "".join(_hyphen(one) for one in _UNSEEN.sub("", folded) if not _is_format(one))
    # NFKC makes a space and a combining mark of a lone acute accent; older keys contain those.
    seen = seen.replace(" \u0301", "'").replace("i\u0307", "i").replace("\u0131", "i")
    return _with_plain_dashes(seen)


def _with_plain_dashes(text: str) -> str:
    return _DASHES.sub("-", " ".join(text.split()))


def _is_format(one: str) -> bool:
    # Zero width, soft hyphen, text direction, byte order mark.
    return unicodedata.category(one) == "Cf"


def _hyphen(one: str) -> str:
    return "-" if unicodedata.category(one) == "Pd" else one
