"""What attendees will read of a move or a cancellation, shown to staff before it is saved."""

from doorpakken_pages import gathering_news
from doorpakken_pages.gathering_news import News
from doorpakken_pages.language import language_of
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.mongo.database import Documents
from fastapi import Request, Response

from doorpakken_registration.gatherings.appointments import held
from doorpakken_registration.gatherings.gatherings import UPCOMING
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.page import PAGES

CONFIRMED = "confirmed"


async def count_told(documents: Documents, before: Gathering, after: Gathering) -> int:
    """How many attendees hear that it moved: none of a draft, and none where it stays."""
    if before.state not in UPCOMING or not after.is_moved_from(before):
        return 0
    return await attendees_store.count_not_cancelled(documents, before.id)


def of_move(request: Request, before: Gathering, after: Gathering, reason: str | None) -> News:
    return gathering_news.moved(
        after.title, held(before), held(after), reason, language_of(request)
    )


def of_cancellation(request: Request, gathering: Gathering, reason: str | None) -> News:
    return gathering_news.cancelled(gathering.title, held(gathering), reason, language_of(request))


def ask_about_move(
    request: Request, staff: Staff, gathering: Gathering, people: int, news: News, form: FormData
) -> Response:
    """The form once more, out of sight, with a button that saves it."""
    return PAGES.render(
        request,
        "gathering_move.html",
        staff=staff,
        gathering=gathering,
        people=people,
        news=news,
        fields=form.pairs,
        confirmed=CONFIRMED,
    )
