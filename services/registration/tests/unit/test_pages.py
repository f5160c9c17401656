"""What the pages of registration say is there in both languages, also what Python says."""

from doorpakken_pages.catalogue import translations, untranslated
from doorpakken_registration.routes import followers, page, session_contacts, staff_gathering_page

LINKS = {text for link in staff_gathering_page.LINKS for text in (link.title, link.what)}
SINGLE = {page.NO_ADDRESS, page.PUBLIC, followers.WORDS, session_contacts.WORDS}
SAYINGS = {*page.FIELDS.values(), *page.REFUSALS.values(), *SINGLE, *LINKS}


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_registration") == set()


def test_every_sentence_about_a_mistake_has_its_english() -> None:
    english = translations("en", "doorpakken_registration")
    assert [one for one in {*SAYINGS, page.OTHERWISE} if english.gettext(one) == one] == []


def test_sentences_are_short() -> None:
    sentences = [part for one in SAYINGS for part in one.split(".") if part.strip()]
    assert [one for one in sentences if len(one.split()) > 15] == []
