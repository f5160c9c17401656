"""HTTP API for mails that wait for staff: which, why, and sending again or dropping each."""

from typing import Annotated

from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Path
from pydantic import BaseModel

from doorpakken_notification import set_apart
from doorpakken_notification.set_apart import SetApart

router = APIRouter(prefix="/api/v1/mails", tags=["mails"])

MailId = Annotated[str, Path(min_length=1, max_length=80)]


class SetApartList(BaseModel):
    """Mails that cannot go by themselves, the newest first; 200 at most."""

    items: list[SetApart]


@router.get("/set-apart", summary="Mails that wait for staff")
async def list_set_apart(service: ServiceDep, staff: SignedIn) -> SetApartList:
    """Of the gatherings this member of staff may see; a mail of no gathering only for who may see
    all of them."""
    return SetApartList(items=await set_apart.list_for(service.mongo, staff))


@router.post(
    "/{mail_id}/try-again",
    status_code=204,
    summary="Send a mail once more",
    responses=problems(403, 404),
)
async def try_again(mail_id: MailId, service: ServiceDep, staff: SignedIn) -> None:
    """Writes it anew and sends it. One whose outcome is unknown may then arrive a second time."""
    await service.transact(lambda tx: set_apart.try_again(tx, mail_id, staff))


@router.post(
    "/{mail_id}/drop", status_code=204, summary="Let a mail be", responses=problems(403, 404)
)
async def drop(mail_id: MailId, service: ServiceDep, staff: SignedIn) -> None:
    """It is never sent."""
    await service.transact(lambda tx: set_apart.drop(tx, mail_id, staff))
