"""`doorpakken demo`: starts a system, or uses the running one, and plays the story in it.
Fails when a count differs."""

from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from doorpakken_local import state
from doorpakken_local.commands import foreground
from doorpakken_local.commands.display import complain, progress
from doorpakken_local.demo.counting.summary import show
from doorpakken_local.demo.generator.people import generate
from doorpakken_local.demo.performance import perform
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.stories.story import Story, load
from doorpakken_local.folder import DataFolder
from doorpakken_local.system import System

# Makes every page state that its people and promises are invented; so are number and address.
SETTINGS = {
    "EXAMPLE_DATA": "true",
    "PARTNERSHIP_PHONE": "020 555 0100",
    "PARTNERSHIP_ADDRESS": "Voorbeeldplein 1, Amsterdam",
}


@dataclass
class Demo:
    """The options of the command, and its result."""

    data_dir: Path
    base_port: int
    console: Console
    once: bool = False
    report_file: Path | None = None
    seed: int | None = None
    attendees: int | None = None
    is_right: bool = field(default=False, init=False)

    async def run(self) -> bool:
        """Whether all counts were right. A system started here stays up until Ctrl-C, unless `once`
        is set or a count is wrong."""
        if place := _find_running(DataFolder(self.data_dir.resolve())):
            await self._perform(place)
        else:
            system = System(self.data_dir, self.base_port, settings=SETTINGS)
            await foreground.run(system, self.console, lambda: self._play_in(system))
        return self.is_right

    async def _play_in(self, system: System) -> bool:
        await self._perform(Place.of(system))
        if not self.once and self.is_right:
            self.console.print("The system stays up. Ctrl-C stops it.")
        return self.is_right and not self.once

    async def _perform(self, place: Place) -> None:
        try:
            with progress(self.console) as tell:
                report = await perform(place, self._story(), tell)
        except StoryStopped as reason:
            complain(f"The story stopped. {reason}\nLogs: {place.folder.logs}")
            return
        if self.report_file:
            report.write(self.report_file)
        self.is_right = report.is_right
        show(report, place, self.console)

    def _story(self) -> Story:
        if self.seed is None and self.attendees is None:
            return load()
        return generate(seed=self.seed or 0, attendees=self.attendees or 64)


def _find_running(folder: DataFolder) -> Place | None:
    try:
        return Place.running(folder)
    except state.NotRunning:
        return None
