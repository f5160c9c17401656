"""Promises with what is known around them: their pitch, the contacts who are asked, and who led the
session they were written down in."""

from collections.abc import Iterable

from doorpakken_events.matching import HostAsked
from doorpakken_events.registration import CommitmentState, MailRequested, PitchState
from doorpakken_events.states import Hosting
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index

from doorpakken_notification.model.promises import Promise

COMMITMENT_REQUEST = "commitment_request"

INDEXES = (
    Index(CommitmentState.AGGREGATE, [("data.pitch_id", ASCENDING)]),
    Index(CommitmentState.AGGREGATE, [("data.session_id", ASCENDING)]),
    Index(MailRequested.AGGREGATE, [("data.object_id", ASCENDING)]),
    Index(HostAsked.AGGREGATE, [("data.session_id", ASCENDING)]),
)


async def list_promises(documents: Documents, commitment_ids: Iterable[str]) -> list[Promise]:
    """Unknown ids are left out; ordered by id."""
    found = await newest.list_by_id(documents, CommitmentState, commitment_ids)
    return await _with_people(documents, [found[key] for key in sorted(found)])


async def list_ids(documents: Documents, field: str, value: str) -> list[str]:
    return await newest.list_ids_where(documents, CommitmentState, **{field: value})


async def list_around(documents: Documents, person_id: str) -> list[Promise]:
    """Those that somebody owns, is asked about, pitches for or led the session of."""
    ids = set[str]()
    for name in ("person_id", "hand_over_to"):
        ids.update(await list_ids(documents, name, person_id))
    asked = await newest.list_where(documents, MailRequested, person_id=person_id)
    ids.update(one.object_id for one in asked if one.kind == COMMITMENT_REQUEST)
    for pitch_id in await newest.list_ids_where(documents, PitchState, pitchers=person_id):
        ids.update(await list_ids(documents, "pitch_id", pitch_id))
    for hosting in await newest.list_where(documents, HostAsked, person_id=person_id):
        ids.update(await list_ids(documents, "session_id", hosting.session_id))
    return await list_promises(documents, ids)


async def _with_people(documents: Documents, found: list[CommitmentState]) -> list[Promise]:
    ids = [one.commitment_id for one in found]
    pitches = await newest.list_by_id(documents, PitchState, {one.pitch_id for one in found})
    asked = await newest.group_by(documents, MailRequested, "object_id", ids)
    sessions = {one.session_id for one in found if one.session_id}
    hostings = await newest.group_by(documents, HostAsked, "session_id", sessions)
    return [
        Promise(
            one,
            pitches.get(one.pitch_id),
            asked=tuple(dict.fromkeys(ask.person_id for ask in asked[one.commitment_id])),
            hosts=tuple(
                hosting.person_id
                for hosting in hostings.get(one.session_id or "", ())
                if hosting.state == Hosting.YES
            ),
        )
        for one in found
    ]
