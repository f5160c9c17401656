"""E-mail addresses and phone numbers in one spelling, and the identities they give a person.
Refuses what cannot be an address; asks no name server, so a sign-up never waits for one."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

HOME = "NL"


def email_of(text: str) -> str:
    """The address, lower case; ValueError when it cannot be one."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError("this is not an e-mail address, such as name@company.example") from None


def phone_of(text: str) -> str:
    """The number as `+31612345678`, Dutch unless it says otherwise; ValueError when it is none."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValueError("this is not a phone number, such as 06 12345678")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def identities(name_key: str, email: str | None, phone: str | None) -> tuple[str, ...]:
    """What makes a person that person: each of their addresses with their name.
    Families and desks share an address, so the address alone is nobody."""
    return tuple(f"{address} {name_key}" for address in (email, phone) if address)
