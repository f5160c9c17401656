"""F21: mails that can never be handed over, for an address, a name or a size, among many that can:
exactly those are set apart, each with its reason, and all the others arrive."""

import random
from typing import Any

import pytest
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.registration import MailRequested, PersonContact
from doorpakken_local.system import System

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.injected import Injector, injector, raw_of
from tests.fault.scenario import Scenario

SOUND = amount(usual=50, full=490)
UNFIT = amount(usual=5, full=10)
SAID_AT = at(6, 12)
# A mail of ours has three thousand bytes; one to a name of signs of four bytes each has ten.
SMALL = {"MAIL_SIZE_BYTES_MAX": "6000"}

pytestmark = pytest.mark.fault


async def test_f21_mails_that_can_never_go(scenario: ScenarioOf, system: System) -> None:
    async with scenario("F21") as run, injector(system) as aside:
        gathering_id = await run.desk.gathering()
        await run.quiet()
        await run.restart("notification", SMALL)
        expected: dict[str, str] = {}
        for number in range(SOUND):
            if number % (SOUND // UNFIT) == 0:
                more, reason = UNFITS[len(expected) % len(UNFITS)]
                expected |= {await ask(aside, gathering_id, run, **more): reason}
                run.count(reason, "notification")
            await ask(aside, gathering_id, run)
        await run.quiet()
        outbox = system.urls["notification"]
        shown = (await run.desk.client.get(f"{outbox}/api/v1/mails/set-apart")).json()["items"]
        ours = [one for one in shown if one["gathering_id"] == gathering_id]
        assert {one["person_id"]: one["reason"] for one in ours} == expected
        page = await run.desk.client.get(f"{outbox}/outbox")
        assert "naar dit adres kan geen mail" in page.text


UNFITS: tuple[tuple[dict[str, Any], str], ...] = (
    # Such as was taken before addresses were looked at.
    ({"email": "jän@doorpakken.example"}, "address_not_mailable"),
    ({"name": "Jan\r\nBcc: all@doorpakken.example"}, "not_composed"),
    ({"name": "𠮷" * 200}, "mail_too_large"),
    ({"email": "jan@@doorpakken"}, "address_not_mailable"),
    ({"email": f"{'x' * 65}@doorpakken.example"}, "address_not_mailable"),
)


async def ask(aside: Injector, gathering_id: str, run: Scenario, **unfit: str) -> str:
    """Somebody is owed a mail that names them; the id of the person."""
    person_id, request_id = _id(), _id()
    contact = {
        "person_id": person_id,
        "name": "Wilg Waterlelie",
        "email": f"{person_id}@doorpakken.example",
        "language": "nl",
    }
    about = {
        "person_id": person_id,
        "kind": "new_gathering",
        "object_id": gathering_id,
        "gathering_id": gathering_id,
        "mail_request_id": request_id,
        "requested_at": SAID_AT,
    }
    request = MailRequested.model_validate(about)
    for event in (PersonContact.model_validate(contact | unfit), request):
        example = Example(event, version=1, time=SAID_AT, number=random.getrandbits(60))
        await aside.say(raw_of(example), event.TOPIC)
    if unfit:
        run.expected.set_apart.add(f"new_gathering:{gathering_id}:{person_id}")
    else:
        run.expected.addresses.add(contact["email"])
    return person_id


def _id() -> str:
    return id_at(SAID_AT, random.getrandbits(60))
