"""Pieter's invitation goes by mail; Kofi left no address, so his waits on paper; one bounced, one
was not sent."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.golden.matching import RECOMMENDED
from doorpakken_events.notification import (
    MailBounced,
    MailSent,
    MailSuppressed,
    MailWaiting,
)

SENT = Example(
    MailSent(
        mail_id=id_at(at(7, 10), 91),
        person_id=people.PIETER,
        gathering_id=people.GATHERING,
        attendee_id=people.PIETER_AT_GATHERING,
        wave_id=people.RUN,
        kind="invitation",
        channel="mail",
        state="sent",
        attempt=1,
        at=at(7, 10),
    ),
    version=1,
    time=at(7, 10),
    number=51,
    because_of=RECOMMENDED,
)
WAITING = Example(
    MailWaiting(
        mail_id=id_at(at(7, 10), 92),
        person_id=people.KOFI,
        gathering_id=people.GATHERING,
        attendee_id=people.KOFI_AT_GATHERING,
        wave_id=people.RUN,
        kind="invitation",
        channel="paper",
        state="on_paper",
        attempt=0,
        reason="no_address",
        at=at(7, 10),
    ),
    version=1,
    time=at(7, 10),
    number=52,
)
BOUNCED = Example(
    MailBounced(
        mail_id=id_at(at(7, 10), 100),
        person_id=people.YASMIN,
        gathering_id=people.GATHERING,
        attendee_id=people.YASMIN_AT_GATHERING,
        wave_id=people.RUN,
        kind="invitation",
        channel="mail",
        state="bounced",
        attempt=1,
        reason="address_bounced",
        at=at(7, 10, 1),
    ),
    version=1,
    time=at(7, 10, 1),
    number=53,
)
SUPPRESSED = Example(
    MailSuppressed(
        mail_id=id_at(at(7, 10), 101),
        person_id=people.ROWENA,
        gathering_id=people.GATHERING,
        wave_id=people.RUN,
        kind="invitation",
        channel="mail",
        state="suppressed",
        attempt=0,
        reason="unsubscribed",
        at=at(7, 10, 1),
    ),
    version=1,
    time=at(7, 10, 1),
    number=54,
)

EXAMPLES = (SENT, WAITING, BOUNCED, SUPPRESSED)
