"""Text that everybody can read carries no way to reach a person.
Refuses an e-mail address or a phone number in it."""

import re

_EMAIL = re.compile(r"[^\s@,;:()<>]+@[^\s@,;:()<>]+\.[^\W\d_]{2,}")
# Nine digits or more that start as numbers do here (0…) or abroad (+… or 00…).
_PHONE = re.compile(r"(?<![\w.,])(?:\+|\(?0)(?:[ \-./()]{0,3}\d){8,14}(?!\d)")
_DATE = re.compile(r"\b(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2})\b")


def has_contact_details(text: str) -> bool:
    """Whether an address or a number stands in the text; a date is not a number."""
    if "@" in text and _EMAIL.search(text):
        return True
    return bool(_PHONE.search(_DATE.sub("…", text)))
