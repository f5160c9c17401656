"""Cleans up after senders that stopped, this one or another: gives back what they leased, and
resolves what they meant to send by the journal. Also releases waves and drops old bytes."""

from collections.abc import Collection

from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from doorpakken_notification import waves
from doorpakken_notification.delivery import journal
from doorpakken_notification.delivery.endings import Endings
from doorpakken_notification.delivery.journal import Journal
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mail_bytes, sending


class Recovery:
    """What one instance does beside sending."""

    def __init__(
        self, service: Service, settings: Settings, journal: Journal, endings: Endings
    ) -> None:
        self._documents = service.mongo
        self._settings = settings
        self._journal = journal
        self._endings = endings

    async def replay_journal(self) -> None:
        await sending.free_own(self._documents, self._settings.instance)
        for mail in await self._intents():
            await self._resolve(mail)
        self._journal.trim()

    async def beat(self, on_their_way: Collection[str]) -> None:
        by_rule = self._settings.wave_release == "when_complete"
        await waves.keep_moving(self._documents, when_complete=by_rule)
        await sending.free_lapsed(self._documents)
        await mail_bytes.drop_old(self._documents, clock.real_now())
        for mail in await sending.list_lapsed_intents(self._documents):
            if mail.key not in on_their_way:
                await self._resolve(mail)
        if not on_their_way and not await self._intents():
            self._journal.trim(self._settings.journal_size_bytes)

    async def _intents(self) -> list[Mail]:
        return await sending.list_intents(self._documents, self._settings.instance)

    async def _resolve(self, mail: Mail) -> None:
        by = mail.held_by.by
        told = journal.read(journal.path_of(self._settings.data_dir, by))
        try:
            is_ours = by == self._settings.instance
            await self._endings.resolve_intent(mail, told, is_ours=is_ours)
        except Exception as error:  # noqa: BLE001 - one mail's trouble is no other's
            await self._endings.set_apart(mail, error)
