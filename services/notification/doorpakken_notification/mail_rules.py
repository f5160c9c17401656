"""Derives which mails are owed: rows with permanent business keys, from facts alone. Pure: sends
nothing, keeps no state and does not depend on the order in which facts arrived."""

from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import OwedMail, Reason, State
from doorpakken_notification.model.mail_kinds import MAIL_KINDS, key_of
from doorpakken_notification.seat_mail_rules import seat_mails


def mails_for(facts: Facts) -> list[OwedMail]:
    stop = _person_stop(facts)
    return [
        *_invitation(facts, stop),
        *(row for sign_up in facts.sign_ups for row in seat_mails(facts, sign_up, stop)),
        *_place_offered(facts, stop),
        *_personal_link(facts),
        *_mail_request(facts),
        *_host_request(facts),
    ]


def _invitation(facts: Facts, stop: Reason | None) -> list[OwedMail]:
    """Owed for every recommendation: matching makes one only for attendees who are checked in."""
    found = facts.recommendation
    if not found:
        return []
    calm = State.QUEUED if facts.is_released else State.DRAFT
    return [
        OwedMail(
            key=key_of("invitation", gathering=found.gathering_id, attendee=found.attendee_id),
            kind="invitation",
            state=State.STOPPED if stop else calm,
            gathering_id=found.gathering_id,
            attendee_id=found.attendee_id,
            wave_id=found.run_id,
            reason=stop,
        )
    ]


def _place_offered(facts: Facts, stop: Reason | None) -> list[OwedMail]:
    """A place at the gathering itself; `hold_until` in the key makes each offer a new mail."""
    attendee = facts.attendee
    if not attendee or attendee.state != "offered" or not attendee.hold_until:
        return []
    until = attendee.hold_until.isoformat()
    return [
        OwedMail(
            key=key_of("place_offered", attendee=attendee.attendee_id, until=until),
            kind="place_offered",
            state=State.STOPPED if stop else State.QUEUED,
            gathering_id=attendee.gathering_id,
            attendee_id=attendee.attendee_id,
            reason=stop,
        )
    ]


def _personal_link(facts: Facts) -> list[OwedMail]:
    request = facts.link_request
    if not request:
        return []
    return [
        OwedMail(
            key=key_of("personal_link", link_request=request.link_request_id),
            kind="personal_link",
            state=State.STOPPED if facts.is_erased else State.QUEUED,
            gathering_id=request.gathering_id,
            person_id=request.person_id,
            object_id=request.link_request_id,
            reason=Reason.ERASED if facts.is_erased else None,
        )
    ]


def _mail_request(facts: Facts) -> list[OwedMail]:
    request = facts.mail_request
    if not request or request.kind not in MAIL_KINDS:
        return []
    return [
        OwedMail(
            key=key_of(
                request.kind,
                mail_request=request.mail_request_id,
                gathering=request.gathering_id,
                person=request.person_id,
            ),
            kind=request.kind,
            state=State.STOPPED if facts.is_erased else State.QUEUED,
            gathering_id=request.gathering_id,
            person_id=request.person_id,
            object_id=request.mail_request_id,
            reason=Reason.ERASED if facts.is_erased else None,
        )
    ]


def _host_request(facts: Facts) -> list[OwedMail]:
    hosting = facts.hosting
    if not hosting or hosting.state != "asked":
        return []
    return [
        OwedMail(
            key=key_of("host_request", hosting=hosting.hosting_id, ask=hosting.ask),
            kind="host_request",
            state=State.STOPPED if facts.is_erased else State.QUEUED,
            gathering_id=hosting.gathering_id,
            person_id=hosting.person_id,
            object_id=hosting.hosting_id,
            reason=Reason.ERASED if facts.is_erased else None,
        )
    ]


def _person_stop(facts: Facts) -> Reason | None:
    if facts.is_erased:
        return Reason.ERASED
    if facts.attendee and facts.attendee.state == "cancelled":
        return Reason.CANCELLED
    return None
