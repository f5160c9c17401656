"""One whole system: infrastructure, the four services and their replicas, started and stopped in
order. Refuses a folder or a port that another system uses."""

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from doorpakken_events.catalogue import SERVICES
from doorpakken_plumbing.mongo import admin as mongo_admin

from doorpakken_local import credentials, state
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import Access, Infrastructure
from doorpakken_local.ports import DEFAULT_BASE_PORT, Ports, wait_until_free
from doorpakken_local.processes import Processes, Running, Tell, together
from doorpakken_local.readiness import wait_until_ready
from doorpakken_local.services import Instance, Surroundings, instances

# A state file without a holder was left by a killed system, whose parts may still be ending.
LEFTOVER_SECONDS = 15.0


def silent(_part: str, _state: str) -> None:
    """Ignores progress reports."""


@dataclass
class System:
    """`settings` are passed to every service (such as WAVE_RELEASE), `replicas` are counts by
    service. `environ` is inherited by every part and may name external servers to use instead."""

    data_dir: Path
    base_port: int = DEFAULT_BASE_PORT
    replicas: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    infrastructure_only: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def __post_init__(self) -> None:
        self.folder = DataFolder(self.data_dir.resolve())
        self.ports = Ports(self.base_port)
        self.processes = Processes()
        self.instances: dict[str, Instance] = {}
        self._held = ExitStack()
        self._cleanup = AsyncExitStack()
        self._is_holding = False
        self._surroundings: Surroundings | None = None

    async def start(self, tell: Tell = silent) -> None:
        """Return when every part is ready; a failed start stops what it had started."""
        self.folder.make()
        self._held.enter_context(self.folder.held())
        self._is_holding = True
        try:
            await self._start(tell)
        except BaseException:
            await self.stop()
            raise

    async def start_services(self, tell: Tell = silent) -> None:
        self.instances = {one.name: one for one in instances(self.ports, self.replicas)}
        async with together() as group:
            for name in self.instances:
                group.create_task(self._start_instance(name, tell, {}))
        state.write(self.folder, self._state())

    async def stop(self, tell: Tell = silent) -> None:
        """Stop the services, then the infrastructure. Does nothing when nothing was started."""
        await self.processes.stop_all(tell)
        await self._cleanup.aclose()
        if self._is_holding:
            state.forget(self.folder)
            self._is_holding = False
        self._held.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def access(self) -> Access:
        return self.surroundings.access

    @property
    def surroundings(self) -> Surroundings:
        if self._surroundings is None:
            raise RuntimeError("the system has not been started")
        return self._surroundings

    @property
    def urls(self) -> dict[str, str]:
        found = {name: self.instances[name].url for name in SERVICES if name in self.instances}
        mailbox = self.access.mailbox_url
        return found | ({"mailbox": mailbox} if mailbox else {})

    @property
    def staff_password(self) -> str:
        return credentials.staff_password(self.folder)

    def kill(self, name: str) -> None:
        """SIGKILL to an instance, `kafka`, `mongod` or `mailbox`."""
        self.processes.kill(name)

    def pause(self, name: str) -> None:
        """SIGSTOP, to simulate an overloaded machine."""
        self.processes.signal(name, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self.processes.signal(name, signal.SIGCONT)

    async def stop_one(self, name: str) -> None:
        await self.processes.stop(name)

    async def add_instance(self, service: str) -> str:
        """Start one more process of a service; returns the name of the part."""
        numbers = {one.number for one in self.instances.values() if one.service == service}
        number = next(one for one in count(2) if one not in numbers)
        taken = {one.port for one in self.instances.values()}
        port = next(port for at in count() if (port := self.ports.replica(at)) not in taken)
        instance = Instance(service, number, port)
        self.instances[instance.name] = instance
        await self.start_one(instance.name)
        return instance.name

    async def remove_instance(self, name: str) -> None:
        await self.stop_one(name)
        del self.instances[name]

    async def start_one(self, name: str, settings: Mapping[str, str] | None = None) -> None:
        """Start a part that was killed or stopped; `settings` are added to those of an instance."""
        instance = self.instances.get(name)
        running = (
            self._launch(name, settings or {}) if instance else self.processes.start_again(name)
        )
        # Written before it is ready: it runs already, but may wait for other parts.
        state.write(self.folder, self._state())
        await (wait_until_ready(running, instance.url) if instance else running.listening())

    async def _start(self, tell: Tell) -> None:
        made = await asyncio.to_thread(credentials.find_or_make, self.folder)
        infrastructure = Infrastructure(
            self.folder, self.ports, made, self.processes, self.environ, self._cleanup
        )
        known = instances(self.ports, self.replicas)
        services = {} if self.infrastructure_only else {one.name: one.port for one in known}
        patience = LEFTOVER_SECONDS if self.folder.state.exists() else 0
        state.forget(self.folder)
        await wait_until_free(infrastructure.ports_used() | services, patience)
        access = await infrastructure.start(tell)
        self._surroundings = Surroundings(self.folder, self.ports, made, access, self.settings)
        for instance in known:
            self._surroundings.write_env(instance)
        if self.infrastructure_only:
            state.write(self.folder, self._state())
        else:
            await self.start_services(tell)

    def _state(self) -> state.State:
        access = self.access
        return state.State(
            pid=os.getpid(),
            base_port=self.base_port,
            started_at=datetime.now(UTC),
            urls=self.urls,
            instances={name: instance.url for name, instance in self.instances.items()},
            smtp_url=access.smtp_url,
            kafka_bootstrap=access.kafka.bootstrap,
            kafka_username=access.kafka.username,
            mongodb=mongo_admin.without_login(access.mongodb_admin_uri),
            parts={running.part.name: running.pid for running in self.processes.list()},
        )

    async def _start_instance(self, name: str, tell: Tell, settings: Mapping[str, str]) -> None:
        tell(name, "starting")
        await wait_until_ready(self._launch(name, settings), self.instances[name].url)
        tell(name, "ready")

    def _launch(self, name: str, settings: Mapping[str, str]) -> Running:
        part = self.surroundings.part(self.instances[name], self.environ, settings)
        return self.processes.start(part)
