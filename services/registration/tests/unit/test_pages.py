"""What the pages of registration say is there in both languages, also what Python says."""

from collections.abc import Iterator

from doorpakken_pages.catalogue import translations, untranslated
from doorpakken_plumbing.http.errors import Refusal
from doorpakken_registration import main
from doorpakken_registration.following.routes import followers
from doorpakken_registration.kept import KEPT
from doorpakken_registration.seats.routes import session_contacts
from doorpakken_registration.web import page
from doorpakken_registration.work.routes import gathering_page

OURS = ("doorpakken_registration.", "doorpakken_plumbing.")
LINKS = {text for link in gathering_page.LINKS for text in (link.title, link.what)}
SINGLE = {page.NO_ADDRESS, followers.WORDS, session_contacts.WORDS}
KEPT_TEXTS = {text for one in KEPT if one.shown for text in one.shown.sentences}

SAME_IN_ENGLISH = {"Pitches"}


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal that the whole of registration has."""
    assert main.PARTS
    yield of
    for kind in of.__subclasses__():
        if kind.__module__.startswith(OURS):
            yield from refusals(kind)


SAYINGS = {
    *page.FIELDS.values(),
    *(kind.dutch for kind in refusals()),
    *SINGLE,
    *LINKS,
    *KEPT_TEXTS,
}


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_registration") == set()


def test_every_sentence_about_a_mistake_has_its_english() -> None:
    english = translations("en", "doorpakken_registration")
    assert {one for one in SAYINGS if english.gettext(one) == one} == SAME_IN_ENGLISH


def test_no_refusal_says_what_a_wider_one_says() -> None:
    named = [kind for kind in refusals() if "slug" in vars(kind) and kind is not Refusal]
    inheriting = [kind for kind in named if "dutch" not in vars(kind)]
    assert [kind.__name__ for kind in inheriting if kind.dutch != Refusal.dutch] == []


def test_sentences_are_short() -> None:
    sentences = [part for one in SAYINGS for part in one.split(".") if part.strip()]
    assert [one for one in sentences if len(one.split()) > 15] == []
