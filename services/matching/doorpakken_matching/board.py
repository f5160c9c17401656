"""A plan as staff look at it: sessions, and who sits where by name. Names are joined on reading and
are kept in no plan."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from doorpakken_events.registration import AttendeeState, GatheringState, PitchState
from doorpakken_plumbing.mongo import Document, Documents

from doorpakken_matching.inputs import list_present
from doorpakken_matching.model.plan import Recommendation, Scored
from doorpakken_matching.store import heard, plans, recommendations

Person = dict[str, Any]


async def read_board(docs: Documents, plan: Document) -> dict[str, Any]:
    """The sessions of a plan with their people, and whom it gives no seat."""
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
    hosts = await heard.list_names(docs, [one["host"] for one in plan["sessions"] if one["host"]])
    return {
        "sessions": [
            one
            | {"host_name": hosts.get(one["host"]), "people": _sorted(seated[one["session_id"]])}
            for one in plan["sessions"]
        ],
        "unseated": _sorted(unseated),
    }


async def _given(docs: Documents, plan: Document) -> list[Recommendation]:
    """What people were told, or will be when the plan is published."""
    if plan["state"] != "published":
        return await plans.list_planned(docs, plan["_id"])
    told = await recommendations.list_recommendations(docs, plan["gathering_id"], plan["_id"])
    return [Recommendation.model_validate({"attendee_id": one["_id"], **one}) for one in told]


async def _people(docs: Documents, gathering_id: str) -> dict[str, Person]:
    attendees = await heard.list_states(docs, AttendeeState, gathering_id)
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


async def read_overview(docs: Documents, gathering: GatheringState) -> dict[str, Any]:
    """A gathering with what a plan would be made from, and the plans there are."""
    gathering_id = gathering.gathering_id
    accepted = await heard.list_states(docs, PitchState, gathering_id, state="accepted")
    return {
        "gathering": gathering,
        "pitches": len(accepted),
        "present": len(await list_present(docs, gathering_id)),
        "plans": await plans.list_plans(docs, gathering_id),
    }
