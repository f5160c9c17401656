"""Who asks for a draft: the holder of a personal link, or a phone with the cookie that it got when
it saved one."""

import secrets
from typing import Annotated

from fastapi import Depends, Request, Response

from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches.drafts import Holder
from doorpakken_registration.settings import Settings

COOKIE = "draft"
SECRET_BYTES = 32


async def draft_holder(request: Request, visitor: MaybeVisitor) -> Holder:
    return Holder(visitor.id if visitor else None, request.cookies.get(COOKIE) or None)


DraftHolder = Annotated[Holder, Depends(draft_holder)]


def with_secret(holder: Holder) -> Holder:
    if holder.person_id or holder.secret:
        return holder
    return Holder(None, secrets.token_urlsafe(SECRET_BYTES))


def remember(response: Response, settings: Settings, holder: Holder) -> None:
    if holder.secret:
        response.set_cookie(
            COOKIE,
            holder.secret,
            max_age=int(settings.draft_days * 24 * 3600),
            httponly=True,
            samesite="lax",
            secure=settings.secure_cookies,
        )
