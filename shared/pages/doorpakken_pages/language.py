"""Which language a visitor reads: what they chose, else what their browser asks for, else Dutch.
A language we do not have is passed over."""

from babel import negotiate_locale
from starlette.requests import Request

LANGUAGES = ("nl", "en")
COOKIE = "language"


def language_of(request: Request) -> str:
    """`?lang=`, the cookie, Accept-Language, `nl`, in that order."""
    for wanted in (chosen(request), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return negotiate_locale(_accepted(request), LANGUAGES, sep="-") or LANGUAGES[0]


def language_for(request: Request, own: str) -> str:
    """For the page behind a link in somebody's mail: `?lang=`, else what they read themselves."""
    return chosen(request) or (own if own in LANGUAGES else language_of(request))


def chosen(request: Request) -> str | None:
    """The language that this address asks for, if we have it."""
    wanted = request.query_params.get("lang")
    return wanted if wanted in LANGUAGES else None


def _accepted(request: Request) -> list[str]:
    """The browser's languages, the best first; what it does not want is left out."""
    weighed = []
    for entry in request.headers.get("accept-language", "").split(","):
        name, _, quality = entry.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if name and weight > 0:
            weighed.append((weight, name))
    return [name for _, name in sorted(weighed, key=lambda one: -one[0])]
