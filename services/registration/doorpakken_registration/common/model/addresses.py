"""Normalises phone numbers, and makes the identities of a person from their addresses.
Refuses invalid numbers; e-mail addresses are parsed in plumbing."""

import phonenumbers

HOME = "NL"
# Begins, in an identity, what stands in the place of an address.
NOWHERE = "no-address:"


def phone_of(text: str) -> str:
    """E.164, such as `+31612345678`; Dutch unless a country code is given. Raises ValueError for an
    invalid number, such as one with a digit too few."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError("this is not a phone number, such as 06 12345678")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def identities(name_key: str, email: str | None, phone: str | None) -> tuple[str, ...]:
    """Each address combined with the name: families and desks share an address, so an address alone
    does not identify a person."""
    return tuple(f"{address} {name_key}" for address in (email, phone) if address)


def without_address(person_id: str, name_key: str) -> str:
    """The identity of somebody who gave no address: nobody else has it, so that another one of the
    same name is another person."""
    return f"{NOWHERE}{person_id} {name_key}"
