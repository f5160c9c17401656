"""What waits for staff about pitches: plans to review, and support or offers in the name of an
organisation that its contact, or nobody, can confirm."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_events import states
from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.store import endorsements as endorsements_store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store

LOOKED_AT_MAX = 500


async def to_review(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    submitted = [states.Pitch.SUBMITTED]
    found = await pitches_store.list_pitches(documents, gathering_id, submitted)
    if not found:
        return []
    return [
        WorkLine(
            kind="pitches_to_review",
            count=len(found),
            since=found[0].submitted_at,
            service="registration",
            path=f"/staff/g/{gathering_id}/pitches",
        )
    ]


async def to_confirm(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    support = await endorsements_store.list_pending_at(documents, gathering_id, LOOKED_AT_MAX)
    part, pending = Part(LOOKED_AT_MAX), states.Offer.PENDING
    page = await offers_store.page_offers(documents, gathering_id, part, state=pending)
    found: Sequence[Endorsement | Offer] = [*support, *page.items]
    if not found:
        return []
    asked = {one.organisation_id for one in found if one.organisation_id}
    known = await organisations_store.list_organisations(documents, asked)
    reachable = {one.id for one in known if one.contacts}
    with_contact = [one for one in found if one.organisation_id in reachable]
    without = [one for one in found if one.organisation_id not in reachable]
    return [
        *_line("support_to_confirm", gathering_id, with_contact, len(with_contact)),
        *_line(
            "organisations_without_contact",
            gathering_id,
            without,
            len({one.organisation_id for one in without}),
        ),
    ]


def _line(
    kind: str, gathering_id: str, found: Sequence[Endorsement | Offer], count: int
) -> list[WorkLine]:
    if not count:
        return []
    since = min(
        one.endorsed_at if isinstance(one, Endorsement) else one.offered_at for one in found
    )
    path = f"/staff/g/{gathering_id}/support"
    return [WorkLine(kind=kind, count=count, since=since, service="registration", path=path)]
