"""The plan board for staff: current sessions with the names of the people in them. Names are joined
when reading; plans do not store them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from doorpakken_events.registration import AttendeeState, GatheringState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.agenda import read_agenda
from doorpakken_matching.model.places import sessions_that_fit
from doorpakken_matching.model.plan import Recommendation, Scored
from doorpakken_matching.overview import list_told
from doorpakken_matching.store import heard, plans, recommendations

Person = dict[str, Any]


async def read_board(docs: Documents, plan: Document, *, now: datetime) -> dict[str, Any]:
    """`sessions` with their people, `unseated` people, and the choices for changing a session."""
    people = await _people(docs, plan["gathering_id"])
    given = await _given(docs, plan)
    seated: defaultdict[str, list[Person]] = defaultdict(list)
    unseated = []
    for one in given:
        person = people.get(one.attendee_id)
        if person and not one.seats:
            unseated.append(person)
        for seat in one.seats if person else ():
            seated[seat.session_id].append({**(person or {}), "reasons": _reasons(seat)})
    shown = await _sessions(docs, plan, now)
    hosts = await heard.list_names(docs, [one["host"] for one in shown if one["host"]])
    return {
        "sessions": [
            one
            | {"host_name": hosts.get(one["host"]), "people": _sorted(seated[one["session_id"]])}
            for one in shown
        ],
        "unseated": _sorted(unseated),
        **await _choices(docs, plan, now),
    }


async def _sessions(docs: Documents, plan: Document, now: datetime) -> list[Document]:
    """For a published plan each session as last published, otherwise as planned."""
    if plan["state"] != "published":
        return [one | {"told": None} for one in plan["sessions"]]
    told = {one["id"]: one for one in await list_told(docs, plan["gathering_id"], now=now)}
    known = [one for one in plan["sessions"] if one["session_id"] in told]
    return [
        one | told[one["session_id"]] | {"told": told[one["session_id"]], "title": one["title"]}
        for one in known
    ]


async def _choices(docs: Documents, plan: Document, now: datetime) -> dict[str, Any]:
    agenda = await read_agenda(docs, plan["gathering_id"], now=now)
    present = [one.person_id for one in await heard.list_present(docs, plan["gathering_id"])]
    pitches = await heard.list_accepted(docs, plan["gathering_id"])
    pitchers = {one.pitch_id: one.pitchers for one in pitches}
    known = await heard.list_names(docs, {*present, *chain(*pitchers.values())})
    by_name = sorted(known.items(), key=lambda one: one[1].casefold())
    return {
        "slots": agenda.slots,
        "rooms": agenda.rooms,
        "names": by_name,
        "present": set(present),
        "pitchers": pitchers,
    }


async def _given(docs: Documents, plan: Document) -> list[Recommendation]:
    if plan["state"] != "published":
        return await plans.list_planned(docs, plan["_id"])
    told = await recommendations.list_recommendations(docs, plan["gathering_id"], plan["_id"])
    return [Recommendation.model_validate({"attendee_id": one["_id"], **one}) for one in told]


async def _people(docs: Documents, gathering_id: str) -> dict[str, Person]:
    attendees = await newest.list_where(docs, AttendeeState, gathering_id=gathering_id)
    names = await heard.list_names(docs, [one.person_id for one in attendees])
    ids = [one.organisation_id for one in attendees if one.organisation_id]
    organisations = await heard.list_organisation_names(docs, ids)
    return {
        one.attendee_id: {
            "name": names.get(one.person_id, ""),
            "organisation": organisations.get(one.organisation_id or "", ""),
            "kind": one.kind,
        }
        for one in attendees
    }


def _reasons(seat: Scored) -> list[Document]:
    return [reason.model_dump() for reason in seat.reasons]


def _sorted(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda one: one["name"].casefold())


async def read_overview(
    docs: Documents, gathering: GatheringState, *, now: datetime
) -> dict[str, Any]:
    """`fits` is how many sessions can still get a room and a time."""
    gathering_id = gathering.gathering_id
    accepted = await heard.list_accepted(docs, gathering_id)
    agenda = await read_agenda(docs, gathering_id, now=now)
    return {
        "gathering": gathering,
        "pitches": len(accepted),
        "present": len(await heard.list_present(docs, gathering_id)),
        "rooms": len(agenda.rooms),
        "slots": len(agenda.slots),
        "fits": sessions_that_fit(agenda.slots, agenda.rooms),
        "plans": await plans.list_plans(docs, gathering_id),
    }
