"""Facts are those of one moment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from doorpakken_plumbing.messaging.heard import Message
from doorpakken_plumbing.mongo.database import Document

from tests.fault.facts import Facts, at_rest


def facts(*outbox: Document, said: Sequence[Message] = ()) -> Facts:
    """Nothing but these rows and records."""
    return Facts(
        said=said,
        outbox={"registration": outbox, "matching": ()},
        inbox={},
        parked={},
        picture={},
        refolded={},
        mails=Counter(),
        letters=Counter(),
        sent=frozenset(),
        set_apart=frozenset(),
        attendees=(),
        sessions=(),
        sign_ups=(),
        pending={},
        lag={},
    )


async def test_what_is_said_while_we_look_has_us_look_again() -> None:
    """As the timer of an erasure in another test did: its tombstone was called lost."""
    done: list[str] = []
    before = {"created_at": datetime.now(UTC), "_id": "before"}

    def looks() -> Iterator[Facts]:
        yield facts(before, {"created_at": datetime.now(UTC), "_id": "meanwhile"})
        yield facts(before)

    seen = looks()

    async def quiet() -> None:
        done.append("quiet")

    async def look() -> Facts:
        done.append("look")
        return next(seen)

    found = await at_rest(quiet, look)
    assert found.outbox["registration"] == (before,)
    assert done == ["quiet", "look", "quiet", "look"]
