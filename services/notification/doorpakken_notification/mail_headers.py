"""How the headers of a mail are encoded. Raises ValueError for a name or subject with a line break,
which would forge a header."""

from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any

ADDRESSED = ("from", "to", "reply-to")
LINE_LENGTH_MAX = 998  # RFC 5322
# RFC 2047 limits an encoded word to 75 characters; the library exceeds its line limit by one.
ENCODED_LINE_LENGTH = 74


class _Policy(EmailPolicy):
    """Encodes only what people typed. The library's policy turns a long address into an encoded
    word, which no mail program opens, and folds a subject so that it gains and loses spaces."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keeps a subject as it was typed: the library would decode what looks encoded in it."""
        if name.lower() != "subject":
            return super().header_store_parse(name, value)
        if "\r" in value or "\n" in value:
            raise ValueError("a subject has one line")
        return name, value

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Raises ValueError when a line is longer than LINE_LENGTH_MAX."""
        if name.lower() == "subject":
            said = _encoded(str(value), name)
        elif name.lower() in ADDRESSED:
            said = ",\r\n ".join(_addressed(one, name) for one in value.addresses)
        else:
            said = str(value)
        lines = f"{name}: {said}\r\n".encode("ascii")
        if any(len(line) > LINE_LENGTH_MAX for line in lines.split(b"\r\n")):
            raise ValueError("a line of a header is too long")
        return lines


def _encoded(words: str, name: str) -> str:
    """Text that looks like an encoded word is encoded again, so that it is read as it was typed."""
    is_plain = words.isascii() and "=?" not in words
    charset = "us-ascii" if is_plain else "utf-8"
    header = Header(words, charset, header_name=name, maxlinelen=ENCODED_LINE_LENGTH)
    return header.encode(linesep="\r\n")


def _addressed(one: Address, name: str) -> str:
    if not one.display_name:
        return f"<{one.addr_spec}>"
    is_plain = one.display_name.isascii() and "=?" not in one.display_name
    who = f'"{quote(one.display_name)}"' if is_plain else _encoded(one.display_name, name)
    return f"{who}\r\n <{one.addr_spec}>"


POLICY = _Policy(linesep="\r\n")
