"""What registration says of pitches: what they need, who supports them, what is offered, whom they
are for and what was noticed about them."""

from datetime import date
from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, LongText, Moment, OneOf, Part, ShortText
from doorpakken_events.words import PITCH_KINDS, Category, Unit

# Why a need was closed: it is met, by promises or elsewhere, it is not needed any more, or it goes
# on in a pitch at the next gathering.
CLOSED_REASONS = ("met", "elsewhere", "not_needed", "carried_over")


class Need(Part):
    """What a pitch asks; money is in euro cents."""

    need_id: Id
    category: Category
    description: LongText
    amount: int = Field(gt=0)
    unit: Unit
    wanted_by: date | None = None
    closed_at: Moment | None = Field(default=None, description="from then on it takes no promises")
    closed_reason: Annotated[str, OneOf(*CLOSED_REASONS)] | None = None
    continues: Id | None = Field(
        default=None, description="the need of an earlier pitch that it goes on with"
    )


class PitchState(Event):
    """A pitch with its needs, whole."""

    AGGREGATE = "pitch"
    KEY = "pitch_id"
    NAMES = ("pitchers",)
    pitch_id: Id
    gathering_id: Id
    kind: Annotated[str, OneOf(*PITCH_KINDS)]
    title: ShortText
    summary: LongText
    pitchers: tuple[Id, ...]
    organisation_id: Id | None = None
    continues: Id | None = Field(default=None, description="the pitch that it goes on with")
    needs: tuple[Need, ...]
    state: Annotated[str, OneOf(*states.Pitch)]
    submitted_at: Moment
    reviewed_at: Moment | None = None
    reason: ShortText | None = None


class PitchSubmitted(PitchState):
    """A pitch was handed in; said once for a pitch."""

    TOPIC = "pitch-submitted"


class PitchUpdated(PitchState):
    """A pitch was changed, or another of its pitchers answers for it now."""

    TOPIC = "pitch-updated"


class PitchReviewed(PitchState):
    """Staff accepted or declined a pitch."""

    TOPIC = "pitch-reviewed"


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
    state: Annotated[str, OneOf(*states.Endorsement)]
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
    state: Annotated[str, OneOf(*states.Offer)]
    offered_at: Moment


class NeedOffered(OfferState):
    """Somebody offers help, or changed how much; for an organisation it is pending, and counts
    nowhere, until a contact of theirs confirms it."""

    TOPIC = "need-offered"


class OfferWithdrawn(OfferState):
    """An offer was taken back."""

    TOPIC = "offer-withdrawn"


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
    state: Annotated[str, OneOf(*states.Perspective)]
    shared_at: Moment
