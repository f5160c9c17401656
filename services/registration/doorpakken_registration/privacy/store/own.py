"""Finds everything that registration stores about one person, by their id or those of their
attendees, for the export and for erasure."""

from collections.abc import Sequence

from doorpakken_plumbing.mongo.database import Document, Documents

# Collections with documents of one person, by the field with the person's id.
OF_PERSON = {
    "persons": "_id",
    "attendees": "person_id",
    "used_links": "person_id",
    "link_requests": "person_id",
    "followers": "_id",
    "seat_consents": "person_id",
    "endorsements": "person_id",
    "offers": "person_id",
    "particulars": "person_id",
    "consents": "person_id",
    "perspectives": "person_id",
    "handovers": "person_id",
    "mail_requests": "person_id",
    "invitations": "person_id",
    "hostings": "person_id",
    "hosting_answers": "person_id",
    "pitches": "pitchers",
    "drafts": "person_id",
    "claims": "person_id",
}
OF_ATTENDEE = {
    "sign_ups": "attendee_id",
    "answers": "attendee_id",
    "recommendations": "_id",
    "wishes": "_id",
}


async def list_own(
    documents: Documents, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, list[Document]]:
    owners = [(OF_PERSON, [person_id]), (OF_ATTENDEE, [*attendee_ids])]
    return {
        name: await documents[name].find({field: {"$in": ids}})
        for fields, ids in owners
        for name, field in fields.items()
    }
