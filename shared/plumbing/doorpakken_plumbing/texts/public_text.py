"""Detects contact details in text that everybody can read.
These are e-mail addresses and phone numbers, also disguised ones."""

import re
import unicodedata

from doorpakken_plumbing.texts.phone_numbers import has_phone_number

_LOCAL_END = r"(?<=[^\s@,;:()<>\[\]{}])"
# The parts directly before and after the @; text further away does not matter.
_EMAIL = re.compile(rf"{_LOCAL_END}@[^\s@,;:()<>]{{1,253}}\.[^\W\d_]{{2}}")
_OPEN, _CLOSED = r"\s{0,3}[\[({<]\s{0,2}", r"\s{0,2}[\])}>]\s{0,3}"
_LABEL = r"[\w-]{1,63}"
_GAP = r"[\s_-]{1,3}"
_DOT = rf"(?:{_OPEN}(?:dot|punt|\.){_CLOSED}|{_GAP}(?:dot|punt){_GAP}|\s{{1,3}}\.\s{{0,3}})"
_TAIL = r"apenstaart(?:je)?"
_AT = rf"(?:{_OPEN}(?:at|{_TAIL}|@){_CLOSED}|\s{{0,3}}@\s{{0,3}}|\s{{1,3}}{_TAIL}\s{{1,3}})"
# `naam (at) voorbeeld.nl`, `naam @ voorbeeld punt nl`; a plain `at` only with a dot in words.
_DISGUISED = re.compile(
    rf"{_LOCAL_END}(?:{_AT}{_LABEL}(?:\.|{_DOT})|{_GAP}at{_GAP}{_LABEL}?{_DOT})[^\W\d_]{{2}}",
    re.IGNORECASE,
)
_SIGNS = ("@", "at", "apenstaart")


def has_contact_details(text: str) -> bool:
    """Dates and times do not count as phone numbers."""
    plain = _plain(text)
    low = plain.lower()
    if any(sign in low for sign in _SIGNS) and (_EMAIL.search(plain) or _DISGUISED.search(plain)):
        return True
    return has_phone_number(plain)


def _plain(text: str) -> str:
    # Digits become 0-9 and dashes one kind; invisible characters go.
    if text.isascii():
        return text
    signs = unicodedata.normalize("NFKC", text)
    return "".join(map(_plain_sign, signs))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign == "−":
        return "-"
    # Joiners, soft hyphens, the marks that turn a digit into an emoji.
    return "" if category in ("Cf", "Mn", "Me") else sign
