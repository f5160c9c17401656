"""What registration says: gatherings, people, pitches, offers, seats and answers."""

from datetime import date
from typing import Annotated

from pydantic import Field

from doorpakken_events.event import Event, Id, Language, LongText, Moment, OneOf, Part, ShortText
from doorpakken_events.words import PITCH_KINDS, Category, Kind, Unit


class Venue(Part):
    """Where a gathering is held."""

    name: ShortText
    address: ShortText = ""


class GatheringState(Event):
    """A gathering, whole."""

    AGGREGATE = "gathering"
    KEY = "gathering_id"
    gathering_id: Id
    title: ShortText
    ambition: LongText = ""
    starts_at: Moment
    ends_at: Moment
    venue: Venue
    capacity: int | None = Field(default=None, ge=1, description="people; null is without limit")
    registration_opens_at: Moment | None = None
    registration_closes_at: Moment | None = None
    follow_up_from: date | None = None
    follow_up_until: date | None = None
    state: Annotated[str, OneOf("draft", "published", "closed", "took_place", "cancelled")]
    reason: ShortText | None = None


class GatheringPublished(GatheringState):
    """A gathering was opened to everybody."""

    TOPIC = "gathering-published"


class GatheringUpdated(GatheringState):
    """A published gathering was changed."""

    TOPIC = "gathering-updated"


class GatheringClosed(GatheringState):
    """Registration for the gathering closed."""

    TOPIC = "gathering-closed"


class GatheringCancelled(GatheringState):
    """The gathering will not take place."""

    TOPIC = "gathering-cancelled"


class OrganisationDescribed(Event):
    """An organisation became known or changed."""

    TOPIC = "organisation-described"
    AGGREGATE = "organisation"
    KEY = "organisation_id"
    organisation_id: Id
    name: ShortText
    kind: Kind
    merged_into: Id | None = None


class AttendeeState(Event):
    """A person at one gathering, without name or address."""

    AGGREGATE = "attendee"
    KEY = "attendee_id"
    attendee_id: Id
    gathering_id: Id
    person_id: Id
    kind: Kind
    organisation_id: Id | None = None
    language: Language
    availability: tuple[ShortText, ...] = ()
    interests: tuple[ShortText, ...] = ()
    offers: tuple[Category, ...] = ()
    state: Annotated[str, OneOf("registered", "waitlisted", "offered", "cancelled", "checked_in")]
    registered_at: Moment
    checked_in_at: Moment | None = None
    cancelled_at: Moment | None = None


class AttendeeRegistered(AttendeeState):
    """Somebody signed up, or was put on the waitlist of a full gathering."""

    TOPIC = "attendee-registered"


class AttendeeUpdated(AttendeeState):
    """What an attendee told about themselves changed."""

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
    person_id: Id
    name: ShortText
    email: ShortText | None = None
    phone: ShortText | None = None
    language: Language
    generation: int = Field(default=0, ge=0, description="links of an older generation are refused")


class PersonErased(Event):
    """A person asked to be forgotten; whoever knows anything of them wipes it and confirms."""

    TOPIC = "person-erased"
    AGGREGATE = "person"
    KEY = "person_id"
    person_id: Id
    erased_at: Moment


class MailRequested(Event):
    """A person is owed one mail that nothing else calls for; `object_id` is what it asks about."""

    TOPIC = "mail-requested"
    AGGREGATE = "mail-request"
    KEY = "mail_request_id"
    mail_request_id: Id
    person_id: Id
    kind: Annotated[str, OneOf("endorsement_request", "handover")]
    object_id: Id
    gathering_id: Id
    pitch_id: Id | None = None
    session_id: Id | None = None
    organisation_id: Id | None = None
    from_person_id: Id | None = Field(default=None, description="on whose behalf it is sent")
    requested_at: Moment


class LinkRequested(Event):
    """A person is owed one mail with their personal link."""

    TOPIC = "link-requested"
    AGGREGATE = "link-request"
    KEY = "link_request_id"
    link_request_id: Id
    person_id: Id
    gathering_id: Id | None = None
    purpose: Annotated[str, OneOf("registered", "pitched", "sign_in")]
    requested_at: Moment


class RevokedSession(Part):
    """A staff session whose tokens are refused until they have all run out."""

    session_id: Id
    until: Moment


class StaffState(Event):
    """A member of staff: roles per gathering id (`*` is every one) and sessions ended early."""

    AGGREGATE = "staff"
    KEY = "staff_id"
    staff_id: Id
    active: bool = True
    roles: dict[str, Annotated[str, OneOf("organiser", "reader")]] = {}
    revoked_sessions: tuple[RevokedSession, ...] = ()


class StaffChanged(StaffState):
    """A member of staff was added or their roles changed."""

    TOPIC = "staff-changed"


class StaffSessionRevoked(StaffState):
    """A staff session ended before its time."""

    TOPIC = "staff-session-revoked"


class Need(Part):
    """What a pitch asks; money is in euro cents."""

    need_id: Id
    category: Category
    description: LongText
    amount: int = Field(gt=0)
    unit: Unit
    wanted_by: date | None = None


class PitchState(Event):
    """A pitch with its needs, whole."""

    AGGREGATE = "pitch"
    KEY = "pitch_id"
    pitch_id: Id
    gathering_id: Id
    kind: Annotated[str, OneOf(*PITCH_KINDS)]
    title: ShortText
    summary: LongText
    pitchers: tuple[Id, ...]
    organisation_id: Id | None = None
    needs: tuple[Need, ...]
    state: Annotated[str, OneOf("draft", "submitted", "accepted", "declined", "withdrawn")]
    submitted_at: Moment
    reviewed_at: Moment | None = None
    reason: ShortText | None = None


class PitchSubmitted(PitchState):
    """A pitch was handed in; said once for a pitch."""

    TOPIC = "pitch-submitted"


class PitchReviewed(PitchState):
    """Staff accepted or declined a pitch."""

    TOPIC = "pitch-reviewed"


class PitchUpdated(PitchState):
    """A pitch was changed, or another of its pitchers answers for it now."""

    TOPIC = "pitch-updated"


class PitchWithdrawn(PitchState):
    """A pitch was taken back by who pitched it."""

    TOPIC = "pitch-withdrawn"


class EndorsementState(Event):
    """Support for a pitch by one person or one organisation, whole."""

    AGGREGATE = "endorsement"
    KEY = "endorsement_id"
    endorsement_id: Id
    gathering_id: Id
    pitch_id: Id
    person_id: Id | None = None
    organisation_id: Id | None = None
    stance: Annotated[str, OneOf("believes", "joins")]
    state: Annotated[str, OneOf("pending", "confirmed", "withdrawn")]
    reason: LongText | None = None
    endorsed_at: Moment


class PitchEndorsed(EndorsementState):
    """A person or an organisation supports a pitch; pending until an organisation confirms."""

    TOPIC = "pitch-endorsed"


class EndorsementWithdrawn(EndorsementState):
    """Support was taken back, or an organisation's contact did not confirm it."""

    TOPIC = "endorsement-withdrawn"


class OfferState(Event):
    """An amount somebody can give toward a need, or toward a category without a need yet."""

    AGGREGATE = "offer"
    KEY = "offer_id"
    offer_id: Id
    gathering_id: Id
    pitch_id: Id | None = None
    need_id: Id | None = None
    category: Category
    amount: int = Field(gt=0, description="in the need's unit; money in euro cents")
    unit: Unit
    person_id: Id | None = None
    organisation_id: Id | None = None
    state: Annotated[str, OneOf("offered", "withdrawn")]
    offered_at: Moment


class NeedOffered(OfferState):
    """Somebody offers help, or changed how much."""

    TOPIC = "need-offered"


class OfferWithdrawn(OfferState):
    """An offer was taken back."""

    TOPIC = "offer-withdrawn"


class WishesStated(Event):
    """The pitches an attendee wants to work on, the dearest first; empty when taken back."""

    TOPIC = "wishes-stated"
    AGGREGATE = "wishes"
    KEY = "attendee_id"
    attendee_id: Id
    gathering_id: Id
    pitch_ids: tuple[Id, ...] = Field(default=(), max_length=3)
    stated_at: Moment


class PersonaDescribed(Event):
    """A sketched person with what drives them, what gets in the way, and the needs that help."""

    TOPIC = "persona-described"
    AGGREGATE = "persona"
    KEY = "persona_id"
    persona_id: Id
    gathering_id: Id
    title: ShortText
    summary: LongText = ""
    motivations: tuple[ShortText, ...] = ()
    frustrations: tuple[ShortText, ...] = ()
    need_ids: tuple[Id, ...] = ()


class PerspectiveShared(Event):
    """An insight noted at a table about a portrait or a pitch; staff approve or hide it."""

    TOPIC = "perspective-shared"
    AGGREGATE = "perspective"
    KEY = "perspective_id"
    perspective_id: Id
    gathering_id: Id
    persona_id: Id | None = None
    pitch_id: Id | None = None
    text: LongText
    state: Annotated[str, OneOf("pending", "approved", "hidden")]
    shared_at: Moment


class SignUpState(Event):
    """One attendee's place in one work session."""

    AGGREGATE = "sign-up"
    KEY = "sign_up_id"
    sign_up_id: Id
    gathering_id: Id
    session_id: Id
    attendee_id: Id
    state: Annotated[str, OneOf("held", "active", "waitlisted", "offered", "ended", "conflict")]
    place: int | None = Field(default=None, ge=1, description="place in line, from 1")
    hold_until: Moment | None = None
    reason: ShortText | None = None
    signed_up_at: Moment
    ended_at: Moment | None = None


class SessionJoined(SignUpState):
    """A seat became active."""

    TOPIC = "session-joined"


class SessionWaitlisted(SignUpState):
    """The session was full: a place in line."""

    TOPIC = "session-waitlisted"


class SessionOffered(SignUpState):
    """A free place is offered to the next in line, until `hold_until`."""

    TOPIC = "session-offered"


class SessionLeft(SignUpState):
    """A sign-up ended, with a reason."""

    TOPIC = "session-left"


class SignUpUpdated(SignUpState):
    """A seat is held, or ended before it was active, or is in conflict, or no longer so."""

    TOPIC = "sign-up-updated"


class InvitationAnswered(Event):
    """What an attendee answered to one wave."""

    TOPIC = "invitation-answered"
    AGGREGATE = "answer"
    KEY = "answer_id"
    answer_id: Id
    gathering_id: Id
    wave_id: Id
    attendee_id: Id
    answer: Annotated[str, OneOf("pending", "accepted", "declined", "maybe")]
    reason: Annotated[str, OneOf("no_time", "wrong_time", "not_for_me")] | None = None
    answered_at: Moment


class HostAnswered(Event):
    """Whether who was asked to lead a session will do so, or at another time."""

    TOPIC = "host-answered"
    AGGREGATE = "hosting-answer"
    KEY = "hosting_id"
    hosting_id: Id
    gathering_id: Id
    session_id: Id
    person_id: Id
    ask: int = Field(ge=1, description="which time they were asked, from 1")
    answer: Annotated[str, OneOf("yes", "no", "other_slot")]
    slot_id: Id | None = Field(default=None, description="the time they would rather have")
    answered_at: Moment
