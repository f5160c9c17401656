"""An e-mail address is one, however it is typed, and can be mailed over plain SMTP."""

import pytest
from doorpakken_plumbing.texts.mail_addresses import (
    NotMailable,
    email_of,
    same_email,
    wire_address_of,
)


@pytest.mark.parametrize(
    ("typed", "kept", "on_the_wire"),
    [
        (" Gladys@Mom.EXAMPLE ", "gladys@mom.example", "gladys@mom.example"),
        ("info@BÜCHER.example", "info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@xn--bcher-kva.example", "info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@bu\u0308cher.example", "info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@faß.example", "info@faß.example", "info@xn--fa-hia.example"),
        ("o'brien+oost@x.example", "o'brien+oost@x.example", "o'brien+oost@x.example"),
    ],
)
def test_one_spelling(typed: str, kept: str, on_the_wire: str) -> None:
    assert (email_of(typed), same_email(typed)) == (kept, kept)
    # What is kept stays as it is: people are known by it.
    assert email_of(kept) == kept
    assert wire_address_of(kept) == on_the_wire
    assert on_the_wire.isascii()


@pytest.mark.parametrize(
    "typed", ["jän@x.example", "ａ@x.example", "用户@x.example", "é@é.example"]
)
def test_what_plain_smtp_cannot_carry(typed: str) -> None:
    with pytest.raises(NotMailable, match="before the @"):
        email_of(typed)
    with pytest.raises(NotMailable):
        wire_address_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gladys",
        "a@b",
        "a b@c.example",
        "gladys@@mom.example",
        "a\r\nBcc: b@c.example",
        "a@c.example\0",
        "a\u200bb@c.example",
        "\ud800@c.example",
        "a@\ud800.example",
        '"a b"@c.example',
        "a@[127.0.0.1]",
        "G <g@c.example>",
        "a@-c.example",
        f"{'a' * 65}@c.example",
        f"a@{'ü' * 60}.example",
        f"a@{'.'.join(['ü' * 20] * 12)}.example",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    for read in (email_of, wire_address_of):
        with pytest.raises(ValueError, match="e-mail address"):
            read(typed)
    assert same_email(f" {typed.upper()} ") == typed.lower().strip()
