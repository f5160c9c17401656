"""E-mail addresses in one spelling, and as a mail server reads them.
Refuses what cannot be an address, and what plain SMTP (RFC 5321, without SMTPUTF8) cannot carry;
asks no name server, so nobody waits for one."""

from email_validator import ValidatedEmail, validate_email


class NotMailable(ValueError):
    """It is an address, with a letter before the @ that few mail servers can take."""


def email_of(text: str) -> str:
    """The address in its one spelling, which people are known by: lower case, its domain as
    people write it and never as `xn--`; ValueError when no mail can go there."""
    address = _validated(text)
    _require_plain(address)
    return address.normalized.lower()


def same_email(text: str) -> str:
    """The one spelling where the text is an address, to look it up by; else the text itself."""
    try:
        return email_of(text)
    except ValueError:
        return text.strip().lower()


def wire_address_of(email: str) -> str:
    """The same address with its domain in IDNA, for headers, calendars and the mail server."""
    return _require_plain(_validated(email))


def _validated(text: str) -> ValidatedEmail:
    try:
        return validate_email(text.strip(), check_deliverability=False, strict=True)
    except ValueError:  # the library's own, and those of the codecs below it
        raise ValueError("this is not an e-mail address, such as name@company.example") from None


def _require_plain(address: ValidatedEmail) -> str:
    if address.ascii_email is None:
        raise NotMailable(
            "before the @ stands a letter that cannot be mailed, such as é; give another address"
        )
    return address.ascii_email
