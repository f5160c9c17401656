"""Phone numbers in one spelling, and the identities that addresses give a person.
Refuses what cannot be a number; e-mail addresses are read in plumbing."""

import phonenumbers

HOME = "NL"


def phone_of(text: str) -> str:
    """The number as `+31612345678`, Dutch unless it says otherwise; ValueError when nobody could be
    called with it, as with a digit too few."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError("this is not a phone number, such as 06 12345678")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def identities(name_key: str, email: str | None, phone: str | None) -> tuple[str, ...]:
    """What makes a person that person: each of their addresses with their name.
    Families and desks share an address, so the address alone is nobody."""
    return tuple(f"{address} {name_key}" for address in (email, phone) if address)
