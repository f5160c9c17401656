"""Normalises e-mail addresses, and writes them as a mail server reads them.
Refuses what cannot be an address, and what plain SMTP (RFC 5321, without SMTPUTF8) cannot carry.
Does no DNS look-up, so that nobody waits for one."""

from email_validator import ValidatedEmail, validate_email


class NotMailable(ValueError):
    """A valid address with a character before the @ that few mail servers accept."""


def email_of(text: str) -> str:
    """The form that identifies a person: lower case, the domain in Unicode and never as `xn--`.
    Raises ValueError when it cannot be mailed."""
    address = _validated(text)
    _require_plain(address)
    return address.normalized.lower()


def same_email(text: str) -> str:
    """For look-ups: the normal form of an address; other text stripped and in lower case."""
    try:
        return email_of(text)
    except ValueError:
        return text.strip().lower()


def wire_address_of(email: str) -> str:
    """With the domain in IDNA, for headers, calendars and the mail server."""
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
