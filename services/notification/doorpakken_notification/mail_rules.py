"""Derives which mails are owed, under permanent business keys, from facts alone. Pure: sends
nothing, keeps no state and does not depend on the order in which facts arrived."""

from doorpakken_events.registration import AttendeeState, GatheringState, SignUpState

from doorpakken_notification.model.calendar_notices import (
    last_known,
    last_told,
    moment_of,
    moment_of_gathering,
)
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import OwedMail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS, key_of
from doorpakken_notification.model.mail_states import Reason, State

# A gathering in these states is not moved any more.
ENDED = ("took_place", "cancelled")
# States in which a seat is kept, so that a change must be mailed to its attendee.
KEPT = ("active", "conflict", "held")
# Purposes of links that have a kind of mail of the same name.
STAFF_LINKS = ("staff_invite", "staff_recover")


def mails_for(facts: Facts) -> list[OwedMail]:
    stop = _person_stop(facts)
    return [
        *_invitation(facts, stop),
        *(mail for one in facts.sign_ups for mail in _seat_mails(facts, one, stop)),
        *_place_offered(facts, stop),
        *_gathering_changed(facts, stop),
        *_gathering_cancelled(facts, stop),
        *_personal_link(facts),
        *_mail_request(facts),
        *_host_request(facts),
    ]


def has_news(before: GatheringState, after: GatheringState) -> bool:
    """Whether the difference may call for mails to attendees, or end them."""
    return moment_of_gathering(before) != moment_of_gathering(after) or before.state != after.state


def _invitation(facts: Facts, stop: Reason | None) -> list[OwedMail]:
    """Owed for every recommendation: matching makes one only for attendees who are checked in, and
    takes it back where that was a mistake."""
    found = facts.recommendation
    if not found or found.is_taken_back:
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


def _gathering_changed(facts: Facts, stop: Reason | None) -> list[OwedMail]:
    """Compared with what they were last told; numbered by the changes that were sent before."""
    attendee, gathering = facts.attendee, facts.gathering
    if stop or not attendee or not gathering or gathering.state in ENDED:
        return []
    if last_known(facts.told, attendee, gathering) == moment_of_gathering(gathering):
        return []
    number = sum(one.kind == "gathering_changed" for one in facts.told) + 1
    key = key_of("gathering_changed", attendee=attendee.attendee_id, number=number)
    return [_about_gathering(facts, attendee, "gathering_changed", key)]


def _gathering_cancelled(facts: Facts, stop: Reason | None) -> list[OwedMail]:
    attendee, gathering = facts.attendee, facts.gathering
    if stop or not attendee or not gathering or gathering.state != "cancelled":
        return []
    key = key_of("gathering_cancelled", attendee=attendee.attendee_id)
    return [_about_gathering(facts, attendee, "gathering_cancelled", key)]


def _about_gathering(facts: Facts, attendee: AttendeeState, kind: str, key: str) -> OwedMail:
    return OwedMail(
        key=key,
        kind=kind,
        state=State.QUEUED,
        gathering_id=attendee.gathering_id,
        attendee_id=attendee.attendee_id,
        object_id=attendee.attendee_id,
        session_version=facts.gathering_version,
    )


def _personal_link(facts: Facts) -> list[OwedMail]:
    request = facts.link_request
    if not request:
        return []
    kind = request.purpose if request.purpose in STAFF_LINKS else "personal_link"
    return [
        OwedMail(
            key=key_of(kind, link_request=request.link_request_id),
            kind=kind,
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
                pitch=request.pitch_id,
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


def _seat_mails(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> list[OwedMail]:
    found = (
        _offer(facts, sign_up, stop),
        _confirmation(facts, sign_up, stop),
        _session_changed(facts, sign_up, stop),
        _seat_ended(facts, sign_up),
    )
    return [mail for mail in found if mail]


def _offer(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    if sign_up.state != "offered":
        return None
    return _seat_mail(facts, sign_up, "offer", key_of("offer", sign_up=sign_up.sign_up_id), stop)


def _confirmation(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    """Not derived once it was sent; a seat that ended before that is never confirmed."""
    if sign_up.state not in ("active", "ended") or last_told(facts.told, sign_up.sign_up_id):
        return None
    session, _ = facts.sessions.get(sign_up.session_id, (None, 0))
    is_cancelled = session is not None and session.state == "cancelled"
    ended = Reason.SEAT_ENDED if sign_up.state == "ended" else None
    cancelled = Reason.SESSION_CANCELLED if is_cancelled else None
    key = key_of("confirmation", sign_up=sign_up.sign_up_id)
    return _seat_mail(facts, sign_up, "confirmation", key, ended or stop or cancelled)


def _session_changed(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    """Numbered by the changes that were sent before, so that quick changes share one mail."""
    told = last_told(facts.told, sign_up.sign_up_id)
    session, _ = facts.sessions.get(sign_up.session_id, (None, 0))
    if not told or not session or sign_up.state not in KEPT or session.state == "cancelled":
        return None
    if told.moment == moment_of(session):
        return None
    before = [
        one
        for one in facts.told
        if one.sign_up_id == sign_up.sign_up_id and one.kind == "session_changed"
    ]
    key = key_of("session_changed", sign_up=sign_up.sign_up_id, number=len(before) + 1)
    return _seat_mail(facts, sign_up, "session_changed", key, stop)


def _seat_ended(facts: Facts, sign_up: SignUpState) -> OwedMail | None:
    """Also for somebody who cancelled the gathering: their calendar still shows the seat."""
    if sign_up.state != "ended" or not last_told(facts.told, sign_up.sign_up_id):
        return None
    # A cancellation would remove the new seat too: it has the same calendar entry.
    if any(_is_new_seat(other, sign_up) for other in facts.sign_ups):
        return None
    stop = Reason.ERASED if facts.is_erased else None
    key = key_of("seat_ended", sign_up=sign_up.sign_up_id)
    return _seat_mail(facts, sign_up, "seat_ended", key, stop)


def _is_new_seat(other: SignUpState, ended: SignUpState) -> bool:
    return other.session_id == ended.session_id and other.state in ("active", "conflict")


def _seat_mail(
    facts: Facts, sign_up: SignUpState, kind: str, key: str, stop: Reason | None
) -> OwedMail:
    found = facts.sessions.get(sign_up.session_id)
    return OwedMail(
        key=key,
        kind=kind,
        state=State.STOPPED if stop else State.QUEUED,
        gathering_id=sign_up.gathering_id,
        attendee_id=sign_up.attendee_id,
        object_id=sign_up.sign_up_id,
        reason=stop,
        session_version=found[1] if found else None,
    )
