"""What somebody is asked about what everybody may read of their promise, and the words that are
kept of it."""

from fastapi import Request

from doorpakken_registration.web.page import PAGES

QUESTION = "Mogen we dit op de website zetten?"
CHOICES = {
    "with_name": "Ja, met naam",
    "without_name": "Ja, zonder naam",
    "none": "Nee",
}


def words_of(request: Request, publication: str) -> str:
    """The question and the answer, as they read them."""
    return f"{PAGES.text(request, QUESTION)} {PAGES.text(request, CHOICES[publication])}"
