"""A form is filled in and sent as a browser would, and nothing is sent that it does not offer."""

import pytest
from doorpakken_local.demo.visiting.forms import Form, NotOffered, find_form

PAGE = """
<form action="/search"><input name="q"></form>
<form method="post" action="/g/1">
  <input type="hidden" name="idempotency_key" value="k1">
  <label for="n">Uw naam</label><input id="n" name="name" value="">
  <textarea name="summary">al iets</textarea>
  <label><input type="radio" name="kind" value="a" checked> een</label>
  <label><input type="radio" name="kind" value="b"> twee</label>
  <label><input type="checkbox" name="session" value="s1"> <strong>OCTA</strong> vol</label>
  <label><input type="checkbox" name="session" value="s2" disabled> Begonnen</label>
  <select name="what"><option value="">Kies</option><option value="x.y">Iets</option></select>
  <input name="gone" disabled value="never">
  <button name="answer" value="accepted">Ja</button>
  <button name="answer" value="declined">Nee</button>
</form>
"""


@pytest.fixture
def form() -> Form:
    return find_form(PAGE, "http://here.example/g/1?lang=nl")


def test_the_posting_form_is_found_with_its_address(form: Form) -> None:
    assert form.action == "http://here.example/g/1"


def test_what_nobody_touches_is_sent_as_it_stands(form: Form) -> None:
    assert form.filled({}) == [
        ("idempotency_key", "k1"),
        ("name", ""),
        ("summary", "al iets"),
        ("kind", "a"),
        ("what", ""),
    ]


def test_entries_replace_what_stood_there(form: Form) -> None:
    sent = form.filled(
        {"name": ["Zoë 🌱"], "kind": ["b"], "session": ["s1"], "answer": ["accepted"]}
    )
    assert ("name", "Zoë 🌱") in sent
    assert ("kind", "b") in sent
    assert ("kind", "a") not in sent
    assert ("session", "s1") in sent
    assert ("answer", "accepted") in sent


@pytest.mark.parametrize(
    "entries", [{"email": ["x"]}, {"session": ["s2"]}, {"answer": ["maybe"]}, {"name": ["a", "b"]}]
)
def test_what_is_not_offered_is_refused(form: Form, entries: dict[str, list[str]]) -> None:
    with pytest.raises(NotOffered):
        form.filled(entries)


def test_labels_are_read(form: Form) -> None:
    assert [box.label for box in form.boxes("session")] == ["OCTA vol"]


def test_a_choice_is_found_by_its_label(form: Form) -> None:
    assert (form.value("what", "Iets"), form.value("kind", "twee")) == ("x.y", "b")
    with pytest.raises(NotOffered):
        form.value("what", "Iets anders")


def test_a_page_without_a_form_is_refused() -> None:
    with pytest.raises(NotOffered):
        find_form("<p>dicht</p>", "http://here.example/")


def test_a_form_is_found_by_where_it_leads_and_what_it_says() -> None:
    page = """
    <form method="post" action="/me/1/leave"><button>Afmelden voor OCTA</button></form>
    <form method="post" action="/me/2/leave"><button>Afmelden voor Lunch</button></form>
    <form method="post" action="/me/2/accept"><button>Ja, Lunch</button></form>
    """
    found = find_form(page, "http://here.example/me", leads_to="/leave", says="Lunch")
    assert found.action == "http://here.example/me/2/leave"
    with pytest.raises(NotOffered):
        find_form(page, "http://here.example/me", leads_to="/accept", says="OCTA")
