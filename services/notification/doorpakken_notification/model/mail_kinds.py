"""The table of mails: what calls for each kind, its permanent key, what cancels it, how often at
most. A kind that is not in it is never mailed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Gathered = Literal["seat", "gathering", "day"]


@dataclass(frozen=True)
class MailKind:
    """One kind of mail: the state that calls for it, its key, what cancels it, how often at most.

    `is_transactional` mails answer something the person just did: they are sent ahead of a wave,
    and nobody can unsubscribe from them. `tells_stop`: a stop is published. `gathers`: it waits for
    more changes of this, so that all of them are one mail. `is_nameless`: strangers can have
    it sent to any address, so it contains no name they typed. `is_capped`: a visitor without a link
    can cause it, so only a few an hour are sent to one address."""

    called_for_by: str
    key: str
    cancelled_by: str
    at_most: str
    is_transactional: bool = True
    tells_stop: bool = False
    gathers: Gathered | None = None
    is_nameless: bool = False
    is_capped: bool = False


MAIL_KINDS: Mapping[str, MailKind] = MappingProxyType(
    {
        "invitation": MailKind(
            called_for_by="a recommendation for an attendee, once its wave is released",
            key="invitation:{gathering}:{attendee}",
            cancelled_by="the attendee cancels or was not present, or the person is erased",
            at_most="once for an attendee, whatever plans follow",
            is_transactional=False,
            tells_stop=True,
        ),
        "offer": MailKind(
            called_for_by="a free place in a work session, offered to the next in line",
            key="offer:{sign_up}",
            cancelled_by="the place is not offered any more, or the person is erased",
            at_most="once for a sign-up",
        ),
        "confirmation": MailKind(
            called_for_by="an active seat in a work session",
            key="confirmation:{sign_up}",
            cancelled_by="the seat ends, the session is cancelled, or the person is erased",
            at_most="once for a sign-up",
        ),
        "session_changed": MailKind(
            called_for_by="another time, place or link than was told of a seat still held",
            key="session_changed:{sign_up}:{number}",
            cancelled_by="the change is undone, the seat ends, or the person is erased",
            at_most="once for all changes since the person last heard of the seat",
            gathers="seat",
        ),
        "seat_ended": MailKind(
            called_for_by="the end of a seat that was confirmed",
            key="seat_ended:{sign_up}",
            cancelled_by="a new seat in the same session, or the person is erased",
            at_most="once for a sign-up",
            gathers="seat",
        ),
        "host_request": MailKind(
            called_for_by="a person asked to lead a work session",
            key="host_request:{hosting}:{ask}",
            cancelled_by="an answer, a later ask, or the person is erased",
            at_most="once each time they are asked",
        ),
        "endorsement_request": MailKind(
            called_for_by="support of an organisation that its contact has to confirm",
            key="endorsement_request:{mail_request}",
            cancelled_by="the support is confirmed or withdrawn, or the person is erased",
            at_most="once for a request",
        ),
        "offer_request": MailKind(
            called_for_by="an offer in an organisation's name that its contact has to confirm",
            key="offer_request:{mail_request}",
            cancelled_by="the offer is confirmed or withdrawn, or the person is erased",
            at_most="once for a request",
        ),
        "pitch_accepted": MailKind(
            called_for_by="a pitch that staff accepted, for each who pitch it",
            key="pitch_accepted:{pitch}:{person}",
            cancelled_by="the pitch is withdrawn, or the person is erased",
            at_most="once for a pitch and a person",
        ),
        "pitch_question": MailKind(
            called_for_by="a question of staff to who pitch something",
            key="pitch_question:{mail_request}",
            cancelled_by="the pitch is reviewed or withdrawn, or the person is erased",
            at_most="once for a question and a person",
        ),
        "pitch_declined": MailKind(
            called_for_by="a pitch that staff declined, for each who pitch it",
            key="pitch_declined:{pitch}:{person}",
            cancelled_by="the person is erased",
            at_most="once for a pitch and a person",
        ),
        "handover": MailKind(
            called_for_by="a place in a work session that somebody wants to hand over",
            key="handover:{mail_request}",
            cancelled_by="the session is cancelled, or the person is erased",
            at_most="once for a request",
            is_nameless=True,
            is_capped=True,
        ),
        "place_offered": MailKind(
            called_for_by="a free place at a gathering, offered to who waited longest",
            key="place_offered:{attendee}:{until}",
            cancelled_by="the place is not offered any more, or the person is erased",
            at_most="once each time a place is offered",
            is_nameless=True,
        ),
        "gathering_changed": MailKind(
            called_for_by="another time or place of a gathering than an attendee was last told",
            key="gathering_changed:{attendee}:{number}",
            cancelled_by="it is undone, the gathering or attendee cancels, or the person is erased",
            at_most="once for all changes within minutes",
            gathers="gathering",
            is_nameless=True,
        ),
        "gathering_cancelled": MailKind(
            called_for_by="a cancelled gathering, for an attendee who had not cancelled",
            key="gathering_cancelled:{attendee}",
            cancelled_by="the attendee cancels, or the person is erased",
            at_most="once for an attendee",
            is_nameless=True,
        ),
        "commitment_request": MailKind(
            called_for_by="a promise written down for somebody, or they are named as who decides",
            key="commitment_request:{commitment}:{person}:{ask}",
            cancelled_by="an answer, the promise ends, or the person is erased",
            at_most="once each time they are asked",
        ),
        "reminders": MailKind(
            called_for_by="what timers told of promises that wait for this person",
            key="reminders:{person}:{day}",
            cancelled_by="nothing of it is true any more, or the person is erased",
            at_most="once a day, the day in Amsterdam of what was told",
            gathers="day",
        ),
        "delivery_to_confirm": MailKind(
            called_for_by="a promise that is done, for each who pitched what it is for",
            key="delivery_to_confirm:{commitment}:{done_at}:{pitcher}",
            cancelled_by="it is confirmed or disputed, or the person is erased",
            at_most="once each time it is said to be done, for a person",
        ),
        "commitment_disputed": MailKind(
            called_for_by="a promise that is done, says its owner, and not, says who needed it",
            key="commitment_disputed:{commitment}:{disputed_at}",
            cancelled_by="it is settled, or the person is erased",
            at_most="once each time it is disputed",
        ),
        "commitment_ended": MailKind(
            called_for_by="a promise that is not needed any more, to thank its owner",
            key="commitment_ended:{commitment}",
            cancelled_by="the person is erased",
            at_most="once for a promise",
        ),
        "commitment_handover": MailKind(
            called_for_by="a promise that somebody wants to hand over to this person",
            key="commitment_handover:{commitment}:{person}",
            cancelled_by="it is taken over or refused, the promise ends, or the person is erased",
            at_most="once for a promise and a person",
        ),
        "outcome": MailKind(
            called_for_by="a work session that is over, for who led it to write down its outcome",
            key="outcome:{session}",
            cancelled_by="it is written down, the session is cancelled, or the person is erased",
            at_most="once for a session; later askings are in the reminders of their day",
        ),
        "plan_news": MailKind(
            called_for_by="what became of promises, for who pitched or led the session",
            key="plan_news:{person}:{day}",
            cancelled_by="nothing of it is true any more, or the person is erased",
            at_most="once a day, the morning after",
            is_transactional=False,
        ),
        "new_gathering": MailKind(
            called_for_by="a new gathering, for a person who asked to hear of it and confirmed",
            key="new_gathering:{gathering}:{person}",
            cancelled_by="the gathering is closed or cancelled, or the person is erased",
            at_most="once for a gathering and a person",
            is_transactional=False,
        ),
        "staff_invite": MailKind(
            called_for_by="an administrator who invites a colleague",
            key="staff_invite:{link_request}",
            cancelled_by="the person is erased",
            at_most="once for a request",
        ),
        "staff_recover": MailKind(
            called_for_by="a member of staff who forgot their password",
            key="staff_recover:{link_request}",
            cancelled_by="the person is erased",
            at_most="once for a request, of which registration makes a few an hour",
            is_nameless=True,
        ),
        "gathering_invitation": MailKind(
            called_for_by="staff who invite somebody to a gathering",
            key="gathering_invitation:{gathering}:{person}",
            cancelled_by="the gathering is closed or cancelled, or the person is erased",
            at_most="once for a gathering and a person",
            is_transactional=False,
        ),
        "personal_link": MailKind(
            called_for_by="a request for a personal link",
            key="personal_link:{link_request}",
            cancelled_by="the person is erased",
            at_most="once for a request",
            is_nameless=True,
            is_capped=True,
        ),
    }
)


def key_of(kind: str, **parts: object) -> str:
    return MAIL_KINDS[kind].key.format(**parts)
