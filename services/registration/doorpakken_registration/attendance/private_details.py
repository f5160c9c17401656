"""Private details of attendees, for organisers only, and consent to the list of participants.
Answers to questions that were not asked are dropped; nothing is stored after the gathering."""

from collections.abc import Mapping, Sequence

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer

from doorpakken_registration.attendance.store import private_details as store
from doorpakken_registration.claims.model.claim import told_with
from doorpakken_registration.gatherings.gatherings import PARTICULARS_GO
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.model.private_details import (
    NOTE_LENGTH_MAX,
    Particulars,
    Told,
    replies_to,
)
from doorpakken_registration.people.model.consent import Consent
from doorpakken_registration.people.store import consents as consents_store


async def told_by(documents: Documents, attendee_id: str) -> Told:
    return await store.find_particulars(documents, attendee_id) or Told()


class PrivateDetailsBatch:
    """The private details and consents of one transaction, written by `save`."""

    def __init__(self, tx: Transaction, before: Mapping[str, Told] | None = None) -> None:
        self._tx = tx
        self._before = dict(before or {})
        self._told: dict[str, Particulars] = {}
        self._listed: dict[str, tuple[Attendee, str, bool]] = {}

    def tell(self, gathering: Gathering, attendee: Attendee, told: Told) -> None:
        """Replaces the details, where `add` extends them; ignored once the gathering is over or
        cancelled."""
        if not gathering.is_ahead(clock.now()):
            return
        self._told[attendee.id] = Particulars(
            id=attendee.id,
            person_id=attendee.person_id,
            gathering_id=gathering.id,
            arrangements=told.arrangements,
            note=told.note,
            replies=replies_to(gathering.questions, told.replies),
        )

    @classmethod
    async def after(cls, tx: Transaction, attendee_ids: Sequence[str]) -> "PrivateDetailsBatch":
        return cls(tx, {one.id: one for one in await store.list_told_by(tx, attendee_ids)})

    def add(self, gathering: Gathering, attendee: Attendee, told: Told) -> None:
        before = self._told.get(attendee.id) or self._before.get(attendee.id) or Told()
        if not told.is_empty:
            self.tell(gathering, attendee, told_with(before, told, NOTE_LENGTH_MAX))

    def allow_listing(self, attendee: Attendee, words: str, *, is_given: bool = True) -> None:
        self._listed[attendee.id] = attendee, words, is_given

    async def save(self) -> None:
        await store.put_particulars(self._tx, self._told.values())
        if not self._listed:
            return
        known = {one.id: one for one in await consents_store.list_consents(self._tx, self._listed)}
        await consents_store.put_consents(
            self._tx,
            [
                known.get(one.id, Consent(one.id, one.person_id, one.gathering_id)).said(
                    clock.now(), words, is_given=is_given
                )
                for one, words, is_given in self._listed.values()
            ],
        )


async def forget_all(tx: Transaction, timer: Timer) -> None:
    await store.remove_particulars(tx, timer.data["gathering_id"])


TIMERS = {PARTICULARS_GO: forget_all}
