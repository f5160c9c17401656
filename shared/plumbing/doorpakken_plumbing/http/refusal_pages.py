"""Refusals as pages, for browsers at an address that has no page of its own.
Programs get a problem instead, even where they accept HTML."""

from html import escape
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from doorpakken_plumbing.http.errors import Refusal

API_PREFIX = "/api/"
_PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{head}<title>{title}</title><link rel="stylesheet" href="{root}/static/doorpakken.css"></head>
<body class="narrow"><main><h1>{title}</h1><p>{dutch}</p><p lang="en">{english}</p>{after}</main>
</body></html>
"""
_BACK = '<p><a class="button" href="{back}">Terug naar waar u was</a></p>'
_HOME = '<p><a class="button" href="{home}">Naar het begin</a></p>'
_A_MOMENT, _NOT_NOW, _NO_PAGE = "Een ogenblik", "Dit lukt nu niet", "Deze pagina bestaat niet"
_READ = (
    "Deze pagina is er zo weer. U hoeft niets te doen.",
    "This page will be back in a moment. You need not do anything.",
)
# No automatic reload after a form: it would lose the input; the form's key makes resending safe.
_SENT = (
    "Dit is nog niet gelukt. Ga terug, wacht even en verstuur het nog een keer.",
    "This has not worked yet. Go back, wait a moment and send it once more.",
)
_MISTYPED = ("Kijk of u het adres goed hebt overgenomen.", "Check whether the address is right.")
_SENTENCES = {
    401: ("Log eerst in. Open daarna deze pagina opnieuw.", "Sign in first, then open this again."),
    403: ("Hier mag alleen de organisatie bij.", "Only the organisers may see this."),
    404: _MISTYPED,
    405: ("Ga terug en begin opnieuw.", "Go back and start again."),
    413: (
        "Dit is te veel in één keer. Ga terug en maak uw tekst korter.",
        "This is too much at once. Go back and make your text shorter.",
    ),
    422: (
        "Er klopt iets niet. Ga terug en kijk het nog eens na.",
        "Something is not right. Go back and check it.",
    ),
    429: (
        "Dat was te vaak. Wacht even en probeer het dan nog eens.",
        "That was too often. Wait a moment and try again.",
    ),
}
_OTHERWISE = (
    "Ga terug en probeer het nog eens. Lukt het weer niet? Kom dan later terug.",
    "Go back and try again. Does it still not work? Then come back later.",
)


def is_for_reading(scope: Scope) -> bool:
    path = str(scope.get("path", ""))
    return "text/html" in Headers(scope=scope).get("accept", "") and not path.startswith(API_PREFIX)


def refusal_page(
    refusal: Refusal, status: int, *, root: str = "", home: str = "/", back: str = ""
) -> Response:
    """`back` is the page they came from, where that is one of ours."""
    title = _NO_PAGE if status in (404, 405) else _NOT_NOW
    sentences = _SENTENCES.get(status, _OTHERWISE)
    after = _BACK.format(back=escape(back)) if back else _HOME.format(home=home)
    return _page(refusal, status, title, sentences, root=root, after=after)


def page_before(scope: Scope, base: str) -> str:
    """The page below this address on which they pressed a link or a button; empty if there is none,
    or if it is the one that is refused."""
    before = Headers(scope=scope).get("referer", "")
    is_other = urlsplit(before).path.removeprefix(urlsplit(base).path) != scope.get("path")
    is_get = scope.get("method") == "GET"
    return before if before.startswith(f"{base}/") and (is_other or not is_get) else ""


def come_back_page(method: str, refusal: Refusal) -> Response:
    is_read = method in ("GET", "HEAD")
    seconds = refusal.headers["Retry-After"]
    head = f'<meta http-equiv="refresh" content="{seconds}">' if is_read else ""
    return _page(refusal, refusal.status, _A_MOMENT, _READ if is_read else _SENT, head=head)


def _page(
    refusal: Refusal,
    status: int,
    title: str,
    sentences: tuple[str, str],
    *,
    head: str = "",
    root: str = "",
    after: str = "",
) -> Response:
    dutch, english = sentences
    page = _PAGE.format(
        head=head, title=title, dutch=dutch, english=english, root=root, after=after
    )
    return HTMLResponse(page, status_code=status, headers=refusal.headers)
