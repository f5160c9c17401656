"""Names and numbers that no test used before. A name is of letters alone: digits in a row pass for
the number of a phone, and public text with one is refused."""

from uuid import uuid4

_LETTERS = str.maketrans("0123456789abcdef", "bdfgklmnprstvwoi")


def new_word() -> str:
    """Letters that were never in a row before."""
    return uuid4().hex.translate(_LETTERS)


def new_email(home: str = "buurt.example") -> str:
    """An address that nobody had before."""
    return f"{new_word()}@{home}"


def new_mobile() -> str:
    """The eight digits after 06 of a number that can be called."""
    return f"1{str(uuid4().int)[:7]}"
