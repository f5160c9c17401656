"""Phone numbers as people here would dial them. Refuses nothing: what is no number is shown as it
is."""

import phonenumbers

HOME = "NL"


def shown(number: str | None) -> str:
    """`06 12345678` for `+31612345678`, and `+32 470 12 34 56`: as people here would dial it."""
    try:
        parsed = phonenumbers.parse(number or "", HOME)
    except phonenumbers.NumberParseException:
        return number or ""
    is_home = phonenumbers.region_code_for_number(parsed) == HOME
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_home else form.INTERNATIONAL)
