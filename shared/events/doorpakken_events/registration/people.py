"""What registration says of people: where they come, how to reach them, what they wish for, who is
staff, and who is to be forgotten."""

from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, Language, LongText, Moment, OneOf, ShortText
from doorpakken_events.words import Category, Kind


class AttendeeState(Event):
    """A person at one gathering, without name or address."""

    AGGREGATE = "attendee"
    KEY = "attendee_id"
    IS_SOMEBODY = True
    attendee_id: Id
    gathering_id: Id
    person_id: Id
    kind: Kind
    organisation_id: Id | None = None
    language: Language
    availability: tuple[ShortText, ...] = ()
    interests: tuple[ShortText, ...] = ()
    offers: tuple[Category, ...] = ()
    state: Annotated[str, OneOf(*states.Attendee)]
    registered_at: Moment
    checked_in_at: Moment | None = None
    cancelled_at: Moment | None = None
    hold_until: Moment | None = None


class AttendeeRegistered(AttendeeState):
    """Somebody signed up, or was put on the waitlist of a full gathering."""

    TOPIC = "attendee-registered"


class AttendeeUpdated(AttendeeState):
    """What an attendee told about themselves changed, or their place; or their check-in was a
    mistake and is undone: `registered`, without `checked_in_at`."""

    TOPIC = "attendee-updated"


class AttendeeCancelled(AttendeeState):
    """An attendee will not come."""

    TOPIC = "attendee-cancelled"


class AttendeeCheckedIn(AttendeeState):
    """An attendee is present."""

    TOPIC = "attendee-checked-in"


class PersonContact(Event):
    """How to reach a person; restricted, a null value says that the person is gone."""

    TOPIC = "person-contact"
    AGGREGATE = "contact"
    KEY = "person_id"
    IS_SOMEBODY = True
    person_id: Id
    name: ShortText
    email: ShortText | None = None
    phone: ShortText | None = None
    language: Language
    generation: int = Field(default=0, ge=0, description="links of an older generation are refused")


class MailRequested(Event):
    """A person is owed one mail that nothing else calls for; `object_id` is what it asks about."""

    TOPIC = "mail-requested"
    AGGREGATE = "mail-request"
    KEY = "mail_request_id"
    NAMES = ("from_person_id",)
    mail_request_id: Id
    person_id: Id
    kind: Annotated[
        str,
        OneOf(
            "endorsement_request",
            "offer_request",
            "handover",
            "new_gathering",
            "pitch_accepted",
            "pitch_question",
            "pitch_declined",
            "gathering_invitation",
            "commitment_request",
        ),
    ]
    object_id: Id
    gathering_id: Id
    pitch_id: Id | None = None
    session_id: Id | None = None
    organisation_id: Id | None = None
    from_person_id: Id | None = Field(default=None, description="on whose behalf it is sent")
    text: LongText | None = Field(default=None, description="what staff write to this person")
    requested_at: Moment


class LinkRequested(Event):
    """A person is owed one mail with their personal link."""

    TOPIC = "link-requested"
    AGGREGATE = "link-request"
    KEY = "link_request_id"
    link_request_id: Id
    person_id: Id
    gathering_id: Id | None = None
    purpose: Annotated[
        str,
        OneOf(
            "registered",
            "waitlisted",
            "pitched",
            "offered",
            "sign_in",
            "follow",
            "confirm",
            "staff_invite",
            "staff_recover",
        ),
    ]
    attendee_id: Id | None = Field(
        default=None, description="where it says that they have a place: whose code at the door"
    )
    requested_at: Moment


class WishesStated(Event):
    """The pitches an attendee wants to work on, the dearest first; empty when taken back."""

    TOPIC = "wishes-stated"
    AGGREGATE = "wishes"
    KEY = "attendee_id"
    attendee_id: Id
    gathering_id: Id
    pitch_ids: tuple[Id, ...] = Field(default=(), max_length=3)
    stated_at: Moment
