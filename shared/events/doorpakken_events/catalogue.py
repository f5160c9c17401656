"""Every topic there is: who says it, who hears it, who may know it and how Kafka keeps it.
A topic that is not in here is not created; a service is whoever says or hears one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

from doorpakken_events import erasure, matching, notification, registration, staff, staff_work
from doorpakken_events.event import Event
from doorpakken_events.moves import State, told_on

E = TypeVar("E", bound=Event)
Audience = Literal["public", "granted", "restricted"]

PARKED_PREFIX = "parked."

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

# How old a record's timestamp may be when the broker receives it, and how far a sender's clock may
# be ahead of the broker's. So the records of a relay that paused beyond its lease are refused.
ACCEPTED_SECONDS = 4
AHEAD_SECONDS = 1
FENCE: Mapping[str, str] = MappingProxyType(
    {
        "message.timestamp.type": "CreateTime",
        "message.timestamp.before.max.ms": str(ACCEPTED_SECONDS * 1000),
        "message.timestamp.after.max.ms": str(AHEAD_SECONDS * 1000),
    }
)
# The whole history for 28 days, after that the last record of each key.
KEPT: Mapping[str, str] = MappingProxyType(
    {
        **FENCE,
        "cleanup.policy": "compact",
        "min.compaction.lag.ms": str(28 * DAY_MS),
        "max.compaction.lag.ms": str(35 * DAY_MS),
        "delete.retention.ms": str(7 * DAY_MS),
        "unclean.leader.election.enable": "false",
    }
)
# Names and addresses: a tombstone has to remove earlier records within minutes. Compaction never
# touches the active segment, which the first record after a minute closes; so an erasure has to
# publish another record later, behind the tombstone.
CONTACT: Mapping[str, str] = MappingProxyType(
    {
        **KEPT,
        "min.compaction.lag.ms": "0",
        "max.compaction.lag.ms": str(MINUTE_MS),
        "segment.ms": str(MINUTE_MS),
        "min.cleanable.dirty.ratio": "0.01",
    }
)
PARKED: Mapping[str, str] = MappingProxyType(
    {
        **FENCE,
        "cleanup.policy": "delete",
        "retention.ms": str(28 * DAY_MS),
        "unclean.leader.election.enable": "false",
    }
)


@dataclass(frozen=True)
class Topic:
    """One topic; `event` is None for the parked records of a service, which only staff read."""

    name: str
    event: type[Event] | None
    emitters: tuple[str, ...]
    audience: Audience
    heard_by: tuple[str, ...]
    config: Mapping[str, str]

    @property
    def emitter(self) -> str:
        """The first of several, which each publish aggregates of their own."""
        return self.emitters[0]

    @property
    def has_addresses(self) -> bool:
        return self.config is CONTACT

    def partitions(self, usual: int) -> int:
        return usual if self.event else 1


def _says(
    emitter: str,
    audience: Audience,
    *events: type[Event],
    to: tuple[str, ...],
    config: Mapping[str, str] = KEPT,
) -> list[Topic]:
    return [Topic(event.TOPIC, event, (emitter,), audience, to, config) for event in events]


def _parked(service: str) -> Topic:
    return Topic(f"{PARKED_PREFIX}{service}", None, (service,), "restricted", (), PARKED)


_TOPICS = [
    *_says(
        "registration",
        "public",
        registration.GatheringPublished,
        registration.GatheringUpdated,
        registration.GatheringClosed,
        registration.GatheringCancelled,
        registration.OrganisationDescribed,
        registration.AttendeeRegistered,
        registration.AttendeeUpdated,
        registration.AttendeeCancelled,
        registration.AttendeeCheckedIn,
        registration.PitchSubmitted,
        registration.PitchUpdated,
        registration.PitchReviewed,
        registration.PitchWithdrawn,
        registration.SessionJoined,
        registration.SessionWaitlisted,
        registration.SessionOffered,
        registration.SessionLeft,
        registration.SignUpUpdated,
        registration.InvitationAnswered,
        to=("matching", "notification", "reporting"),
    ),
    *_says(erasure.EMITTER, "public", erasure.PersonErased, to=erasure.HEARERS),
    *_says("registration", "public", registration.PersonaDescribed, to=("reporting",)),
    *_says(
        "registration",
        "granted",
        registration.PitchEndorsed,
        registration.EndorsementWithdrawn,
        registration.NeedOffered,
        registration.OfferWithdrawn,
        to=("matching", "notification", "reporting"),
    ),
    *_says("registration", "granted", registration.PerspectiveShared, to=("reporting",)),
    *_says(
        "registration",
        "granted",
        registration.CommitmentMade,
        registration.CommitmentAnswered,
        registration.CommitmentReplanned,
        registration.CommitmentProgressed,
        registration.CommitmentDelivered,
        registration.CommitmentConfirmed,
        registration.CommitmentDisputed,
        registration.CommitmentWithdrawn,
        registration.CommitmentUpdated,
        registration.CommitmentDueSoon,
        registration.CommitmentOverdue,
        to=("notification", "reporting"),
    ),
    *_says(
        "registration",
        "granted",
        registration.SessionReported,
        to=("matching", "notification", "reporting"),
    ),
    *_says(
        "registration",
        "granted",
        registration.WishesStated,
        registration.HostAnswered,
        to=("matching", "reporting"),
    ),
    *_says(
        "registration",
        "restricted",
        registration.PersonContact,
        to=("matching", "notification", "reporting"),
        config=CONTACT,
    ),
    *_says(
        "registration",
        "restricted",
        registration.LinkRequested,
        registration.MailRequested,
        to=("notification", "reporting"),
    ),
    *_says(
        "registration",
        "restricted",
        staff.StaffChanged,
        staff.StaffSessionRevoked,
        to=("matching", "notification", "reporting"),
    ),
    *_says(
        "matching",
        "public",
        matching.PlanPublished,
        matching.SessionScheduled,
        matching.SessionRescheduled,
        matching.SessionCancelled,
        matching.SessionTookPlace,
        to=("registration", "notification", "reporting"),
    ),
    *_says("matching", "restricted", matching.SessionLink, to=("registration", "notification")),
    *_says(
        "matching",
        "granted",
        matching.SessionsRecommended,
        to=("registration", "notification", "reporting"),
    ),
    *_says("matching", "granted", matching.HostAsked, to=("registration", "notification")),
    *_says(
        "notification",
        "granted",
        notification.MailSent,
        notification.MailWaiting,
        notification.MailBounced,
        notification.MailSuppressed,
        to=("registration", "reporting"),
    ),
    # Each of them publishes answers of its own; `service` in the answer says which one.
    Topic(
        erasure.ErasureConfirmed.TOPIC,
        erasure.ErasureConfirmed,
        erasure.ANSWERERS,
        "restricted",
        ("registration", "reporting"),
        KEPT,
    ),
    # Each of them publishes lines of its own; registration shows all of them.
    Topic(
        staff_work.StaffWork.TOPIC,
        staff_work.StaffWork,
        staff_work.EMITTERS,
        "restricted",
        ("registration",),
        KEPT,
    ),
]


def services_of(topics: Iterable[Topic]) -> tuple[str, ...]:
    """Who says or hears something, in the order in which they are named; ports follow this order,
    so a new service is named last."""
    return tuple(dict.fromkeys(name for one in topics for name in (*one.emitters, *one.heard_by)))


def catalogue_of(topics: Sequence[Topic]) -> Mapping[str, Topic]:
    """The topics by name, and for each service the one on which it parks."""
    parked = [_parked(service) for service in services_of(topics)]
    return MappingProxyType({topic.name: topic for topic in (*topics, *parked)})


SERVICES = services_of(_TOPICS)
CATALOGUE = catalogue_of(_TOPICS)


def topic_of(event: type[Event]) -> Topic:
    """Raises KeyError for an event that is not in the catalogue."""
    return CATALOGUE[event.TOPIC]


def said_by(service: str) -> tuple[Topic, ...]:
    """Includes the service's parked topic."""
    return tuple(topic for topic in CATALOGUE.values() if service in topic.emitters)


def heard_by(service: str) -> tuple[Topic, ...]:
    return tuple(topic for topic in CATALOGUE.values() if service in topic.heard_by)


def states_heard_by(service: str) -> tuple[type[Event], ...]:
    """Without what the plumbing handles in every service: staff, and who is erased."""
    handled = (erasure.PersonErased, staff.StaffState)
    events = (topic.event for topic in heard_by(service))
    return tuple(event for event in events if event and not issubclass(event, handled))


def events_of(aggregate: str) -> tuple[type[Event], ...]:
    events = (topic.event for topic in CATALOGUE.values())
    return tuple(event for event in events if event and aggregate == event.AGGREGATE)


def event_of_move(
    kind: type[E], before: State | None, after: State, topic: str | None = None
) -> type[E]:
    """The subclass of `kind` that tells this move, on `topic` where several may. Raises
    ForbiddenMove, and KeyError for a move that is not told."""
    event = CATALOGUE[told_on(before, after, topic)].event
    assert event
    assert issubclass(event, kind)
    return event
