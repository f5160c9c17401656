"""HTTP endpoints of followers: anybody asks for mail about new gatherings; who has a personal link
confirms and stops. Answers do not tell whether somebody is known."""

from datetime import datetime

from doorpakken_events.event import Language
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.following import following
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.fields import Body, Email, Name, Received
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES
from doorpakken_registration.web.same_person import count_person

router = APIRouter(prefix="/api/v1", tags=["followers"])

LIMITED = in_a_hall("follow", each=2)
# The consent text; stored in the language it was shown in.
WORDS = "Stuur mij een mail als er een nieuwe bijeenkomst is. Ik kan altijd stoppen."


class FollowerBody(Body):
    """Somebody who wants to hear of new gatherings."""

    name: Name
    email: Email
    language: Language = "nl"


class FollowingBody(Body):
    """Whether the holder of a link wants to hear of new gatherings."""

    is_following: bool


class FollowingView(BaseModel):
    """What somebody said of it last; all null for who never said anything."""

    state: str | None = Field(description="`asked`, `confirmed` or `stopped`")
    since: datetime | None
    words: str | None = Field(description="what they agreed to, as they read it")


async def ask(
    here: Service, settings: Settings, key: Key | None, body: FollowerBody, words: str
) -> StoredResponse:
    """The same answer, after the same time, for known and unknown people."""
    who = Introduction(body.name, body.email, None, body.language)

    async def work(tx: Transaction) -> StoredResponse:
        await following.ask(tx, who, words, settings.links_per_hour)
        return RECEIVED

    async with even_time():
        return await once(here, key, work)


@router.post(
    "/followers",
    status_code=202,
    summary="Ask to hear of new gatherings",
    dependencies=[LIMITED],
    response_model=Received,
    responses=problems(409),
)
async def add(
    request: Request,
    body: FollowerBody,
    here: ServiceDep,
    settings: SettingsDep,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202, and a mail that asks whether the address is theirs."""
    await count_person(request, None, "follow", name=body.name, addresses=(body.email,))
    answer = await ask(here, settings, key, body, PAGES.text(request, WORDS))
    return answer.response()


@router.get("/following", summary="See whether you hear of new gatherings")
async def show(here: ServiceDep, visitor: Visitor) -> FollowingView:
    """For who has a link."""
    found = await following.get(here.mongo, visitor.id)
    if found is None:
        return FollowingView(state=None, since=None, words=None)
    return FollowingView(state=found.state, since=found.since, words=found.words)


@router.put("/following", summary="Hear of new gatherings, or not any more")
async def say(
    request: Request, body: FollowingBody, here: ServiceDep, visitor: Visitor
) -> FollowingView:
    """Who has a link has shown that the address is theirs; the same again changes nothing."""
    person_id, words = visitor.id, PAGES.text(request, WORDS)

    async def work(tx: Transaction) -> None:
        if body.is_following:
            await following.follow(tx, person_id, words, is_confirmed=True)
        else:
            await following.unfollow(tx, person_id)

    await here.transact(work)
    return await show(here, visitor)
