"""Business refusals: classes with an HTTP status and a stable slug, raised or returned as data.
The sentence of a refusal is for the caller; it never quotes user input."""

from math import ceil
from typing import Any, ClassVar

PROBLEM_TYPE = "application/problem+json"


class Refusal(Exception):
    """A request that is understood and not granted; subclasses fix `status` and `slug`, and
    `dutch`, which pages show instead of `detail` (the catalogue of the pages has the English)."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "refused"
    dutch: ClassVar[str] = "Dit lukt nu niet. Probeer het later nog eens."

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    @property
    def headers(self) -> dict[str, str]:
        return {}

    def problem(self) -> dict[str, Any]:
        return {
            "type": f"urn:doorpakken:problem:{self.slug}",
            "title": self.slug.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
            "slug": self.slug,
            **self.extra,
        }


class MalformedJson(Refusal):
    """The body is not JSON."""

    status = 400
    slug = "malformed-json"


class Unauthorised(Refusal):
    """Nobody is signed in."""

    status = 401
    slug = "unauthorised"
    dutch = "Open de persoonlijke link in uw mail. Dan ziet u deze pagina."

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="staff"'}


class Forbidden(Refusal):
    """Somebody is signed in, and may not do this."""

    status = 403
    slug = "forbidden"
    dutch = "Hier mag alleen de organisatie bij."


class NotFound(Refusal):
    """There is no such thing, or none for you."""

    status = 404
    slug = "not-found"
    dutch = "Deze pagina bestaat niet."


class Conflict(Refusal):
    """The state of the thing does not allow it."""

    status = 409
    slug = "conflict"


class TooLarge(Refusal):
    """The body is larger than this service reads."""

    status = 413
    slug = "body-too-large"
    dutch = "Dit is te veel in één keer. Maak het korter."


class Invalid(Refusal):
    """The request is well-formed and its values are not; `errors` names the fields."""

    status = 422
    slug = "invalid-input"
    dutch = "Hier klopt iets niet. Kijk het nog eens na."


class _RetryLater(Refusal):
    """A refusal that says when to come back."""

    def __init__(self, detail: str, *, retry_after_seconds: float = 1, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.retry_after_seconds = retry_after_seconds

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(max(1, ceil(self.retry_after_seconds)))}


class TooMany(_RetryLater):
    """Too many requests from one address."""

    status = 429
    slug = "too-many-requests"
    dutch = "Dat was te vaak. Wacht even en probeer het dan nog eens."


class Busy(_RetryLater):
    """More work is waiting than this service queues."""

    status = 503
    slug = "busy"
    dutch = "Het is nu druk. Probeer het over een minuut nog eens."


class StoreUnavailable(_RetryLater):
    """The store does not answer, or not yet; whether something was written is not known."""

    status = 503
    slug = "store-unavailable"
    dutch = "Dit is nog niet gelukt. Wacht even en verstuur het nog een keer."
