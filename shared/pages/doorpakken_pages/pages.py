"""Renders the pages of one service: its own templates over the shared layout, in nl or en.
A template that uses an undefined variable raises an error."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel.support import NullTranslations
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.time import clock
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from doorpakken_pages import lists, moments, phone_numbers, quantities
from doorpakken_pages.catalogue import packages_with_templates, translations
from doorpakken_pages.language import COOKIE, LANGUAGES, chosen, language_of
from doorpakken_pages.navigation import Navigation, navigation_of
from doorpakken_pages.words import UNITS, WORDS

COOKIE_SECONDS = 365 * 24 * 3600


class Pages:
    """The templates of one package, in each language."""

    def __init__(self, package: str) -> None:
        self._texts = {name: translations(name, package) for name in LANGUAGES}
        self._environments = {
            name: _environment(package, name, texts) for name, texts in self._texts.items()
        }

    def text(self, request: Request, dutch: str) -> str:
        return str(self._texts[language_of(request)].gettext(dutch))

    def word(self, request: Request, code: str, group: str) -> str:
        """What a page calls a code word, such as a state."""
        texts = self._texts[language_of(request)]
        return str(texts.gettext(WORDS[group].get(code, code)))

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        language: str | None = None,
        **context: Any,
    ) -> HTMLResponse:
        """`language` defaults to the visitor's. On a page that asks who is signed in, staff see
        their navigation, with the pages of the `gathering` in the context."""
        language = language or language_of(request)
        page = self._environments[language].get_template(template)
        surroundings = _surroundings(request) | context
        surroundings["other_language"] = _in_other(request, language)
        surroundings["navigation"] = _navigation(request, surroundings)
        response = HTMLResponse(page.render(surroundings), status)
        response.headers["content-language"] = language
        if wanted := chosen(request):
            remember_language(response, wanted)
        return response


def remember_language(response: Response, language: str) -> None:
    response.set_cookie(COOKIE, language, max_age=COOKIE_SECONDS, samesite="lax")


def _surroundings(request: Request) -> dict[str, Any]:
    """The context of every page; `root` is this service's path prefix, `now` is domain time."""
    settings = getattr(request.app.state, "settings", None)
    return {
        "request": request,
        "settings": settings,
        "root": urlsplit(settings.public_url).path if settings else "",
        "now": clock.now(),
        "is_example": bool(settings and settings.example_data),
        "staff": getattr(request.state, "staff", None),
    }


def _navigation(request: Request, context: dict[str, Any]) -> Navigation | None:
    staff, settings = context["staff"], context["settings"]
    if not isinstance(staff, Staff) or settings is None:
        return None
    return navigation_of(settings, staff, context.get("gathering"), request.url.path)


def _in_other(request: Request, language: str) -> str:
    other = next(name for name in LANGUAGES if name != language)
    asked = [pair for pair in request.query_params.multi_items() if pair[0] != "lang"]
    return f"?{urlencode([*asked, ('lang', other)])}"


def _environment(package: str, language: str, texts: NullTranslations) -> Environment:
    packages = dict.fromkeys((*packages_with_templates(package), "doorpakken_pages"))
    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in packages]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    made.globals["language"] = language
    made.filters.update(_filters(language, texts))
    return made


def _filters(language: str, texts: NullTranslations) -> dict[str, Callable[..., str]]:
    def unit(code: str, count: int = 2) -> str:
        return str(texts.ngettext(*UNITS.get(code, (code, code)), count))

    def amount(value: int, code: str) -> str:
        """15 plekken · € 7.500"""
        if code == "euro_cent":
            return quantities.euros(value, language)
        return f"{quantities.number(value, language)} {unit(code, value)}"

    def word(code: str, group: str) -> str:
        return str(texts.gettext(WORDS[group].get(code, code)))

    said = {name: partial(said, language=language) for name, said in moments.FILTERS.items()}
    return said | {
        "euros": partial(quantities.euros, language=language),
        "number": partial(quantities.number, language=language),
        "listed": partial(lists.listed, language=language),
        "beginning": moments.beginning,
        "phone_number": phone_numbers.shown,
        "unit": unit,
        "amount": amount,
        "word": word,
    }
