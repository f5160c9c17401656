"""A page is whole without scripts, tells what is wrong beside its field, and fetches nothing from
elsewhere."""

import re
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.support import NullTranslations
from doorpakken_pages import Pages, static_files
from doorpakken_pages.navigation import navigation_of
from doorpakken_pages.pages import _environment
from doorpakken_plumbing.identity.staff import Staff
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.responses import HTMLResponse

from shared.pages.tests.settings import SETTINGS, Settings

ORGANISER = Staff("anna", {"g-1": "organiser"}, "s-1")
GATHERING = SimpleNamespace(id="g-1", title="Samen aan zet")


def client(**given: Any) -> TestClient:
    app = FastAPI()
    app.state.settings = Settings.model_validate(SETTINGS | given)
    app.include_router(static_files())
    pages = Pages("doorpakken_pages")

    @app.get("/page")
    def page(request: Request) -> HTMLResponse:
        return pages.render(request, "layout.html", status=203)

    @app.get("/staff-page")
    def staff_page(request: Request) -> HTMLResponse:
        return pages.render(request, "layout.html", staff=ORGANISER, language="en")

    @app.get("/staff/g/g-1")
    def page_of_gathering(request: Request) -> HTMLResponse:
        return pages.render(request, "layout.html", staff=ORGANISER, gathering=GATHERING)

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


def test_staff_see_the_pages_of_the_gathering_they_are_in() -> None:
    page = client().get("/staff/g/g-1").text
    assert "<p>Samen aan zet</p>" in page
    for path in ("matching/g/g-1/plans", "notification/g/g-1/outbox", "reporting/dashboard/g-1"):
        assert f'href="https://zuidoost.example/{path}"' in page
    here = 'href="https://zuidoost.example/registration/staff/g/g-1" aria-current="page"'
    assert here in page
    assert '"/staff/people"' not in page


def test_a_gathering_that_is_not_published_has_pages_at_registration_alone() -> None:
    draft = SimpleNamespace(id="g-1", title="Samen aan zet", version=0)
    settings: Any = Settings.model_validate(SETTINGS)
    within = navigation_of(settings, ORGANISER, draft, "/staff/g/g-1").gathering_links
    elsewhere = [one.url for one in within if "/registration/" not in one.url]
    assert (elsewhere, within[0].title) == ([], "gathering")


def test_who_is_at_another_gathering_sees_no_links_to_this_one() -> None:
    other = Staff("bram", {"g-2": "organiser"}, "s-2")
    settings: Any = Settings.model_validate(SETTINGS)
    within = navigation_of(settings, other, GATHERING, "/staff/g/g-1").gathering_links
    assert within == []


def test_every_page_says_whose_it_is() -> None:
    ours = {"partnership_name": "Zuidoost Samen", "partnership_phone": "020 555 0100"}
    more = {"partnership_address": "Plein 1, Amsterdam", "privacy_url": "https://z.example/p"}
    page = client(**ours, **more).get("/page").text
    footer = page[page.index("<footer") :]
    assert "Zuidoost Samen, Plein 1, Amsterdam" in footer
    assert '<a href="tel:0205550100">020 555 0100</a>' in footer
    assert '<a href="https://z.example/p">Privacy</a>' in footer
    assert "Telefoon" not in client().get("/page").text


def test_the_logo_and_the_colour_are_the_partnerships(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    visitor = client(logo_file=logo, accent_colour="#7a1f5c")
    page = visitor.get("/page").text
    assert '<img src="/registration/static/logo" alt="">' in page
    assert 'href="/registration/static/partnership.css"' in page
    assert "--main: #7a1f5c" in visitor.get("/static/partnership.css").text
    assert visitor.get("/static/logo").headers["content-type"] == "image/svg+xml"
    assert client().get("/static/logo").status_code == 404


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
