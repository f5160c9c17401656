"""Every kind of mail to one person, and what has to be heard for it: parents, and what calls.
A kind that is not here fails the tests that look at all of them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from doorpakken_notification.model.mail_kinds import MAIL_KINDS

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering, Said
from services.notification.tests.component.promises import HOURS, SUNDAY, promise, reported, told
from tests.probe import becomes

WHO = "gladys"
UNTIL = datetime(2023, 10, 22, 16, tzinfo=UTC)
MOVED = {
    "starts_at": datetime(2023, 10, 28, 8, 30, tzinfo=UTC),
    "ends_at": datetime(2023, 10, 28, 10, 30, tzinfo=UTC),
}
Parents = dict[str, Said]


@dataclass(frozen=True)
class Kind:
    """`named` are the parents whose name stands in the mail, `parents` all that it cannot be
    written without; `before` is heard, and mailed, before what calls for it."""

    parents: Sequence[str]
    named: Sequence[str]
    calls: Callable[[Gathering], Sequence[Said]]
    before: Callable[[Gathering], Sequence[Said]] = lambda _gathering: ()
    after: Callable[[Desk, Gathering], Awaitable[object]] | None = None
    pitch_state: str = "accepted"


def parents_of(gathering: Gathering, kind: str) -> Parents:
    """Whatever a mail of this kind may be about, as it should be."""
    return {
        "gathering": gathering.published(),
        "pitch": gathering.pitch(state=KINDS[kind].pitch_state, pitchers=(gathering.person(WHO),)),
        "session": gathering.scheduled(host=gathering.person(WHO)),
        "organisation": gathering.organisation(),
        "endorsement": gathering.endorsed(),
        "offer": gathering.offered(),
        "attendee": gathering.present(WHO),
        "contact": gathering.contact(WHO),
    }


async def _released(desk: Desk, gathering: Gathering) -> object:
    return await desk.release(gathering.run)


def _asks(kind: str, about: str, **more: str) -> Callable[[Gathering], Sequence[Said]]:
    def said(gathering: Gathering) -> Sequence[Said]:
        here = {name: value.format(id=gathering.id) for name, value in more.items()}
        return [gathering.mail_request(kind, WHO, about.format(id=gathering.id), **here)]

    return said


PITCHED = ("contact", "gathering", "pitch")
ABOUT = {"pitch_id": "{id}-pitch"}
SEAT = ("attendee", "contact", "session", "pitch")
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # Without its session the wave is not complete, and goes nowhere.
        "invitation": Kind(
            ("gathering", "attendee", "contact", "pitch"),
            ("pitch", "contact"),
            lambda g: [g.recommended(WHO), g.host(state="yes"), g.plan(1)],
            after=_released,
        ),
        "offer": Kind(
            SEAT, ("pitch", "contact"), lambda g: [g.seat(WHO, "offered", 1, hold_until=UNTIL)]
        ),
        "confirmation": Kind(SEAT, ("pitch", "contact"), lambda g: [g.joined(WHO)]),
        "session_changed": Kind(
            SEAT,
            ("pitch", "contact"),
            lambda g: [g.rescheduled(2, **MOVED)],
            before=lambda g: [g.joined(WHO)],
        ),
        "seat_ended": Kind(
            SEAT,
            ("pitch", "contact"),
            lambda g: [g.seat(WHO, "ended", 2, reason="left")],
            before=lambda g: [g.joined(WHO)],
        ),
        "host_request": Kind(
            ("contact", "session", "pitch"),
            ("pitch", "contact"),
            lambda g: [g.host(person_id=f"{g.id}-{WHO}-person")],
        ),
        "endorsement_request": Kind(
            ("contact", "gathering", "pitch", "organisation", "endorsement"),
            ("contact", "gathering", "pitch", "organisation"),
            _asks("endorsement_request", "{id}-endorsement"),
        ),
        "offer_request": Kind(
            ("contact", "gathering", "pitch", "organisation", "offer"),
            ("contact", "gathering", "pitch", "organisation"),
            _asks("offer_request", "{id}-offer"),
        ),
        "pitch_accepted": Kind(PITCHED, PITCHED, _asks("pitch_accepted", "{id}-pitch", **ABOUT)),
        "pitch_question": Kind(
            PITCHED,
            PITCHED,
            _asks("pitch_question", "{id}-pitch", **ABOUT, text="Hoeveel?"),
            pitch_state="submitted",
        ),
        "pitch_declined": Kind(
            PITCHED, PITCHED, _asks("pitch_declined", "{id}-pitch", **ABOUT), pitch_state="declined"
        ),
        "handover": Kind(
            ("contact", "session", "pitch"),
            ("pitch",),
            _asks("handover", "{id}-handover", session_id="{id}-session"),
        ),
        "place_offered": Kind(
            ("gathering", "contact"),
            ("gathering",),
            lambda g: [g.present(WHO, 3, state="offered", hold_until=UNTIL)],
        ),
        "gathering_changed": Kind(
            ("contact",), (), lambda g: [g.moved(9, g.planned(), venue={"name": "Buurthuis"})]
        ),
        "gathering_cancelled": Kind(("contact",), (), lambda g: [g.off(9)]),
        "commitment_request": Kind(
            ("contact", "pitch", "organisation"),
            ("contact", "pitch", "organisation"),
            lambda g: [promise(g, WHO, organisation_id=f"{g.id}-organisation")],
        ),
        "reminders": Kind(
            ("contact", "pitch"),
            ("contact", "pitch"),
            lambda g: [promise(g, WHO, state="accepted", told=(told("past_1", SUNDAY),))],
        ),
        "delivery_to_confirm": Kind(
            ("contact",),
            ("contact", "pitch"),
            lambda g: [promise(g, "ruben", state="delivered", delivered_at=SUNDAY, **HOURS)],
        ),
        "commitment_disputed": Kind(
            ("contact", "pitch"),
            ("contact", "pitch"),
            lambda g: [promise(g, WHO, state="disputed", disputed_at=SUNDAY)],
        ),
        "commitment_ended": Kind(
            ("contact", "pitch"),
            ("contact", "pitch"),
            lambda g: [promise(g, WHO, state="ended", reason="released", ended_at=SUNDAY)],
        ),
        "commitment_handover": Kind(
            ("contact", "pitch"),
            ("contact", "pitch"),
            lambda g: [promise(g, "ruben", state="accepted", hand_over_to=g.person(WHO))],
        ),
        "outcome": Kind(
            ("contact", "pitch"),
            ("contact", "pitch"),
            lambda g: [reported(g, "morning_after")],
        ),
        "plan_news": Kind(
            ("contact",),
            ("contact", "pitch"),
            lambda g: [promise(g, "ruben", state="accepted", accepted_at=FRIDAY)],
        ),
        "new_gathering": Kind(
            ("gathering", "contact"), ("gathering", "contact"), _asks("new_gathering", "{id}")
        ),
        "gathering_invitation": Kind(
            ("gathering", "contact"),
            ("gathering", "contact"),
            _asks("gathering_invitation", "{id}"),
        ),
        "personal_link": Kind(("gathering", "contact"), ("gathering",), lambda g: [g.link(WHO)]),
        "staff_invite": Kind(
            ("contact",), ("contact",), lambda g: [g.link(WHO, purpose="staff_invite")]
        ),
        "staff_recover": Kind(("contact",), (), lambda g: [g.link(WHO, purpose="staff_recover")]),
    }
)
assert KINDS.keys() == MAIL_KINDS.keys()


async def bring_about(desk: Desk, gathering: Gathering, kind: str, parents: Parents) -> None:
    """Hears these parents, and what calls for the mail; delivery should be running."""
    told = KINDS[kind]
    await desk.hear(*parents.values())
    if before := told.before(gathering):
        await desk.hear(*before)
        sent = {"gathering_id": gathering.id, "state": "sent"}
        await becomes(lambda: desk.mongo["mails"].count(sent), 1, seconds=15)
    await desk.hear(*told.calls(gathering))
    if told.after:
        await told.after(desk, gathering)
