"""Who is owed which mail: rows with permanent business keys, derived from facts and nothing else.
Refuses to send, to remember, or to care in which order the facts came."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from doorpakken_events.registration import SignUpState

from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.rows import OwedRow, Reason, State


@dataclass(frozen=True)
class Mail:
    """One kind of mail: the state that calls for it, its key, what cancels it, how often at most.

    `is_transactional` mails answer something the person just did: they pass ahead of a wave, and
    nobody can unsubscribe from them. `tells_stop`: others learn that it was stopped."""

    called_for_by: str
    key: str
    cancelled_by: str
    at_most: str
    is_transactional: bool
    tells_stop: bool


MAILS: Mapping[str, Mail] = MappingProxyType(
    {
        "invitation": Mail(
            called_for_by="a recommendation for an attendee, once its wave is released",
            key="invitation:{gathering}:{attendee}",
            cancelled_by="the attendee cancels, or the person is erased",
            at_most="once for an attendee, whatever plans follow",
            is_transactional=False,
            tells_stop=True,
        ),
        "confirmation": Mail(
            called_for_by="an active seat in a work session",
            key="confirmation:{sign_up}",
            cancelled_by="the seat ends, the session is cancelled, or the person is erased",
            at_most="once for a sign-up",
            is_transactional=True,
            tells_stop=False,
        ),
        "personal_link": Mail(
            called_for_by="a request for a personal link",
            key="personal_link:{link_request}",
            cancelled_by="the person is erased",
            at_most="once for a request",
            is_transactional=True,
            tells_stop=False,
        ),
    }
)


def rows_for(facts: Facts) -> list[OwedRow]:
    """Every row these facts call for, stopped ones included."""
    rows = [*_invitation(facts), *_personal_link(facts)]
    return rows + [row for sign_up in facts.sign_ups for row in _confirmation(facts, sign_up)]


def _invitation(facts: Facts) -> list[OwedRow]:
    """The recommendation alone calls for it: matching makes one for whoever is checked in."""
    found = facts.recommendation
    if not found:
        return []
    key = MAILS["invitation"].key.format(gathering=found.gathering_id, attendee=found.attendee_id)
    stop = _person_stop(facts)
    calm = State.QUEUED if facts.is_released else State.DRAFT
    return [
        OwedRow(
            key=key,
            kind="invitation",
            state=State.STOPPED if stop else calm,
            gathering_id=found.gathering_id,
            attendee_id=found.attendee_id,
            wave_id=found.run_id,
            reason=stop,
        )
    ]


def _confirmation(facts: Facts, sign_up: SignUpState) -> list[OwedRow]:
    if sign_up.state not in ("active", "ended"):
        return []
    ended = Reason.SEAT_ENDED if sign_up.state == "ended" else None
    stop = ended or _person_stop(facts)
    return [
        OwedRow(
            key=MAILS["confirmation"].key.format(sign_up=sign_up.sign_up_id),
            kind="confirmation",
            state=State.STOPPED if stop else State.QUEUED,
            gathering_id=sign_up.gathering_id,
            attendee_id=sign_up.attendee_id,
            object_id=sign_up.sign_up_id,
            reason=stop,
        )
    ]


def _personal_link(facts: Facts) -> list[OwedRow]:
    request = facts.link_request
    if not request:
        return []
    return [
        OwedRow(
            key=MAILS["personal_link"].key.format(link_request=request.link_request_id),
            kind="personal_link",
            state=State.STOPPED if facts.is_erased else State.QUEUED,
            gathering_id=request.gathering_id,
            person_id=request.person_id,
            object_id=request.link_request_id,
            reason=Reason.ERASED if facts.is_erased else None,
        )
    ]


def _person_stop(facts: Facts) -> Reason | None:
    if facts.is_erased:
        return Reason.ERASED
    if facts.attendee and facts.attendee.state == "cancelled":
        return Reason.CANCELLED
    return None
