"""A page is whole without scripts, tells what is wrong beside its field, and fetches nothing from
elsewhere."""

import re
from importlib.resources import files
from types import SimpleNamespace

import pytest
from babel.support import NullTranslations
from doorpakken_pages import Pages, static_files
from doorpakken_pages.pages import _environment
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.responses import HTMLResponse

SETTINGS = {
    "public_url": "https://zuidoost.example/registration",
    "registration_url": "https://zuidoost.example/registration",
    "matching_url": "https://zuidoost.example/matching",
    "notification_url": "https://zuidoost.example/notification",
    "reporting_url": "https://zuidoost.example/reporting",
}


def client(example_data: bool = False) -> TestClient:
    app = FastAPI()
    app.state.settings = SimpleNamespace(**SETTINGS, example_data=example_data)
    app.include_router(static_files())
    pages = Pages("doorpakken_pages")

    @app.get("/page")
    def page(request: Request) -> HTMLResponse:
        return pages.render(request, "layout.html", status=203)

    @app.get("/staff-page")
    def staff_page(request: Request) -> HTMLResponse:
        return pages.render(request, "layout.html", staff="somebody", language="en")

    return TestClient(app)


def form(template: str, **values: object) -> str:
    source = '{% import "forms.html" as forms %}' + template
    return (
        _environment("doorpakken_pages", "nl", NullTranslations())
        .from_string(source)
        .render(values)
    )


def test_layout_in_the_visitors_language() -> None:
    dutch = client().get("/page")
    english = client().get("/page", headers={"accept-language": "en"})
    assert (dutch.status_code, dutch.headers["content-language"]) == (203, "nl")
    assert '<html lang="nl">' in dutch.text
    assert "Naar de inhoud" in dutch.text
    assert "To the content" in english.text


def test_a_chosen_language_is_kept() -> None:
    visitor = client()
    assert "To the content" in visitor.get("/page?lang=en").text
    assert "To the content" in visitor.get("/page").text


def test_the_other_language_is_the_same_page() -> None:
    page = client().get("/page?next=%2Foutbox%3Fa%3D1&lang=nl").text
    assert 'href="?next=%2Foutbox%3Fa%3D1&amp;lang=en"' in page


def test_a_title_says_first_that_something_is_wrong() -> None:
    request = Request({"type": "http", "app": FastAPI(), "query_string": b"", "headers": []})
    wrong = [{"field": "name", "message": "Vul uw naam in."}]
    page = Pages("doorpakken_pages").render(request, "layout.html", errors=wrong)
    assert "<title>Dit klopt nog niet: " in bytes(page.body).decode()


def test_only_staff_see_their_nav() -> None:
    assert "/outbox" not in client().get("/page").text
    assert 'href="https://zuidoost.example/notification/outbox"' in (
        client().get("/staff-page").text
    )


def test_example_data_says_so() -> None:
    line = "Voorbeeld: verzonnen personen en toezeggingen"
    assert line not in client().get("/page").text
    assert line in client(example_data=True).get("/page").text


def test_nothing_is_fetched_from_elsewhere() -> None:
    page = client().get("/page").text
    assert 'rel="icon" type="image/svg+xml" href="data:' in page
    page = re.sub(r'href="data:[^"]*"', "", page)
    assert re.findall(r'(?:src|link[^>]*href)="([^"]*)"', page) == [
        "/registration/static/doorpakken.css",
        "#end",
    ]
    for file in (files("doorpakken_pages") / "static").iterdir():
        fetched = re.sub(r'xmlns="[^"]*"', "", file.read_text())
        assert not re.search(r"https?:|@import|url\(", fetched), file.name


def test_static_files() -> None:
    visitor = client()
    css = visitor.get("/static/doorpakken.css")
    assert css.headers["content-type"].startswith("text/css")
    again = visitor.get("/static/doorpakken.css", headers={"if-none-match": css.headers["etag"]})
    assert again.status_code == 304
    assert visitor.get("/static/nothing.css").status_code == 404
    assert visitor.get("/static/../pages.py").status_code == 404


def test_a_field_is_described_by_its_error_and_hint() -> None:
    html = form(
        '{{ forms.field("email", "E-mail", values, errors, hint="Eén is genoeg") }}',
        values={"email": 'a"b'},
        errors=[{"field": "email", "message": "Dit is geen e-mailadres."}],
    )
    assert 'aria-describedby="email-error email-hint" aria-invalid="true"' in html
    assert 'value="a&#34;b"' in html
    assert 'id="email-error">Dit is geen e-mailadres.<' in html
    assert 'id="email-hint">Eén is genoeg<' in html


def test_a_field_without_error_says_nothing_of_one() -> None:
    html = form('{{ forms.field("name", "Uw naam", required=True, rows=3) }}')
    assert "aria-" not in html
    assert "mag leeg" not in html
    assert '<textarea id="name" name="name" rows="3" required></textarea>' in html


def test_a_choice_keeps_what_was_chosen() -> None:
    template = '{{ forms.choice("s", "Sessies", [("1", "OCTA"), ("2", "Mom")], v, many=many) }}'
    many = form(template, v={"s": ["2"]}, many=True)
    one = form(template, v={"s": "1"}, many=False)
    assert many.count('type="checkbox"') == 2
    assert 'value="2" checked' in many
    assert 'value="1" checked' not in many
    assert 'type="radio" name="s" value="1" checked' in one


def test_errors_link_to_their_fields_and_the_key_is_hidden() -> None:
    html = form(
        '{{ forms.errors(errors) }}{{ forms.key("k-1") }}',
        errors=[{"field": "name", "message": "Vul uw naam in."}],
    )
    assert '<a href="#name">Vul uw naam in.</a>' in html
    assert '<input type="hidden" name="idempotency_key" value="k-1">' in html
    assert form("{{ forms.errors([]) }}").strip() == ""


def test_a_template_that_misses_a_value_is_refused() -> None:
    with pytest.raises(UndefinedError):
        form("{{ nobody_gave_this }}")


def test_scripts_are_read_by_old_browsers() -> None:
    """Chrome 80 knows no logical assignment, Safari 13 no optional chaining."""
    folder = files("doorpakken_pages") / "static"
    scripts = {one.name: one.read_text() for one in folder.iterdir() if one.name.endswith(".js")}
    assert {"live.js", "keep.js"} <= scripts.keys()
    too_new = re.compile(r"(\?\?|\|\||&&)=|\?\?|\?\.(?!\d)|\.at\(|\.replaceAll\(")
    assert [name for name, text in scripts.items() if too_new.search(text)] == []
