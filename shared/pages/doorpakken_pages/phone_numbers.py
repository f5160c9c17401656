"""Formats phone numbers as they are dialled in the Netherlands. Text that is no phone number is
shown as it is."""

import phonenumbers

HOME = "NL"


def shown(number: str | None) -> str:
    """`06 12345678` for `+31612345678`; numbers of other countries stay international."""
    try:
        parsed = phonenumbers.parse(number or "", HOME)
    except phonenumbers.NumberParseException:
        return number or ""
    is_home = phonenumbers.region_code_for_number(parsed) == HOME
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_home else form.INTERNATIONAL)
