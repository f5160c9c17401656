"""The request bodies with an attendee's details, for sign-up and later changes.
Contact details in public text are refused."""

from typing import Annotated

from doorpakken_events.words import Category, Kind
from pydantic import Field

from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.gatherings.model.attendee import Details
from doorpakken_registration.gatherings.model.gathering import QUESTIONS_MAX
from doorpakken_registration.gatherings.model.private_details import Arrangement, Reply, Told
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.web.fields import Body, Id, Line, Name, Remark, Tags, require_public

# The consent text for the list of participants; stored in the language it was shown in.
LISTING = "Andere deelnemers mogen mijn naam zien op de deelnemerslijst."


class ReplyBody(Body):
    """An answer to a question that the gathering asks."""

    question_id: Id
    text: Line


class DetailsBody(Body):
    """What somebody tells about themselves. Of arrangements, note and replies only organisers know;
    they go 14 days after the gathering."""

    kind: Kind
    organisation: Name | None = Field(default=None, description="its name; seen by everybody")
    availability: Tags = Field(default=(), description="seen by everybody, without a name")
    interests: Tags = Field(default=(), description="seen by everybody, without a name")
    offers: Annotated[tuple[Category, ...], Field(max_length=8)] = ()
    arrangements: Annotated[tuple[Arrangement, ...], Field(max_length=4)] = ()
    note: Remark = Field(default="", description="what to know to arrange it")
    replies: Annotated[tuple[ReplyBody, ...], Field(max_length=QUESTIONS_MAX)] = ()
    on_participant_list: bool = Field(
        default=False, description="their name may be seen by the other participants"
    )


class AttendeeBody(WhoBody, DetailsBody):
    """Somebody signs up; an e-mail address or a phone number, one is enough."""

    wants_news: bool = Field(default=False, description="a mail about each new gathering")


def registration_of(
    gathering_id: str,
    body: AttendeeBody,
    *,
    listing_words: str,
    news_words: str,
    staff_id: str | None = None,
    links_per_hour: int,
    visitor: Person | None = None,
    sends_link: bool = True,
) -> Registration:
    return Registration(
        gathering_id=gathering_id,
        who=body.who,
        details=details_of(body, listing_words),
        staff_id=staff_id,
        links_per_hour=links_per_hour,
        news_words=news_words if body.wants_news else None,
        visitor_id=visitor.id if visitor else None,
        sends_link=sends_link,
    )


def details_of(body: DetailsBody, listing_words: str) -> Details:
    """`listing_words` is the text beside the tick for the list of participants. Raises
    ContactDetailsInPublicText."""
    require_public(
        [
            ("organisation", body.organisation),
            *(("availability", text) for text in body.availability),
            *(("interests", text) for text in body.interests),
        ]
    )
    replies = tuple(Reply(one.question_id, one.text) for one in body.replies)
    return Details(
        kind=body.kind,
        organisation=body.organisation,
        availability=body.availability,
        interests=body.interests,
        offers=body.offers,
        told=Told(body.arrangements, body.note, replies),
        is_listed=body.on_participant_list,
        listing_words=listing_words,
    )
