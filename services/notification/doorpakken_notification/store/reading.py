"""Caches what is read for one batch of mails: each fact once, and what every mail needs in a few
queries. Lives no longer than the batch, so that the next one sees newer facts."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from doorpakken_events.event import Event
from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.registration import AttendeeState, PersonContact, SignUpState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.waves import OpenedWave
from doorpakken_notification.store import suppressions, waves

S = TypeVar("S", bound=Event)


class Reading:
    """Facts by id, cached."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._known: dict[tuple[Any, ...], Any] = {}

    async def prefetch(self, mails: Sequence[Mail]) -> None:
        attendee_ids = [mail.attendee_id for mail in mails if mail.attendee_id]
        attendees = await self._find_all(AttendeeState, attendee_ids)
        await self._find_all(SessionsRecommended, attendee_ids)
        seats = await newest.group_by(self.documents, SignUpState, "attendee_id", attendee_ids)
        self._known |= {
            ("where", SignUpState, "attendee_id", key): found for key, found in seats.items()
        }
        persons = {attendee.person_id for attendee in attendees.values()}
        persons |= {mail.person_id for mail in mails if mail.person_id}
        contacts = await newest.list_by_id(self.documents, PersonContact, sorted(persons))
        self._known |= {("contact", key): contact for key, contact in contacts.items()}
        addresses = [contact.email for contact in contacts.values() if contact.email]
        suppressed = await suppressions.list_suppressed(self.documents, addresses)
        self._known |= {("suppressed", address): address in suppressed for address in addresses}
        unsubscribed = await suppressions.list_unsubscribed(self.documents, sorted(persons))
        self._known |= {("unsubscribed", key): key in unsubscribed for key in persons}

    async def find(self, state: type[S], key: str) -> S | None:
        found: S | None = await self._once(
            (state, key), lambda: newest.find(self.documents, state, key)
        )
        return found

    async def find_with_version(self, state: type[S], key: str) -> tuple[S, int] | None:
        found: tuple[S, int] | None = await self._once(
            ("versioned", state, key),
            lambda: newest.find_with_version(self.documents, state, key),
        )
        return found

    async def list_where(self, state: type[S], field: str, value: str) -> list[S]:
        found: list[S] = await self._once(
            ("where", state, field, value),
            lambda: newest.list_where(self.documents, state, **{field: value}),
        )
        return list(found)

    async def find_contact(self, person_id: str) -> PersonContact | None:
        found: PersonContact | None = await self._once(
            ("contact", person_id), lambda: newest.find(self.documents, PersonContact, person_id)
        )
        return found

    async def is_suppressed(self, address: str) -> bool:
        return bool(
            await self._once(
                ("suppressed", address),
                lambda: suppressions.is_suppressed(self.documents, address),
            )
        )

    async def is_unsubscribed(self, person_id: str) -> bool:
        return bool(
            await self._once(
                ("unsubscribed", person_id),
                lambda: suppressions.is_unsubscribed(self.documents, person_id),
            )
        )

    async def find_wave(self, wave_id: str) -> OpenedWave | None:
        found: OpenedWave | None = await self._once(
            ("wave", wave_id), lambda: waves.find_wave(self.documents, wave_id)
        )
        return found

    async def _find_all(self, state: type[S], keys: Sequence[str]) -> dict[str, S]:
        found = await newest.list_by_id(self.documents, state, keys)
        self._known |= {(state, key): found.get(key) for key in keys}
        return found

    async def _once(self, key: tuple[Any, ...], read: Callable[[], Awaitable[Any]]) -> Any:
        if key not in self._known:
            self._known[key] = await read()
        return self._known[key]
