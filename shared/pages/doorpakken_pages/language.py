"""Chooses a visitor's language: their own choice, else what their browser asks for, else Dutch.
Unsupported languages are skipped."""

from babel import negotiate_locale
from starlette.requests import Request

LANGUAGES = ("nl", "en")
COOKIE = "language"


def language_of(request: Request) -> str:
    for wanted in (chosen(request), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return negotiate_locale(_accepted(request), LANGUAGES, sep="-") or LANGUAGES[0]


def language_for(request: Request, own: str) -> str:
    """For a page opened from a link in a mail: `?lang=`, else the language of the recipient."""
    return chosen(request) or (own if own in LANGUAGES else language_of(request))


def chosen(request: Request) -> str | None:
    wanted = request.query_params.get("lang")
    return wanted if wanted in LANGUAGES else None


def _accepted(request: Request) -> list[str]:
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
