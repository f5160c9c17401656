"""A mail server that fails as it is told, and remembers what it took."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """Speaks just enough SMTP. `script` names, for each conversation that is to fail, the command
    and what happens there: a reply, `hang`, or `reset`; when it is empty all goes well."""

    script: list[tuple[str, str]] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    seen: int = 0
    connections: int = 0
    url: str = ""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        try:
            await self._say(writer, "220 mail.example")
            while line := await reader.readline():
                if not await self._obey(line.decode().split()[0].upper(), reader, writer):
                    return
        except (ConnectionError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    async def _obey(
        self, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if self.script and self.script[0][0] == command:
            return await self._fail(self.script.pop(0)[1], writer)
        if command == "DATA":
            await self._say(writer, "354 go on")
            return await self._take(reader, writer)
        await self._say(writer, "221 bye" if command == "QUIT" else "250 ok")
        return command != "QUIT"

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        text = await reader.readuntil(b"\r\n.\r\n")
        self.seen += 1
        if self.script and self.script[0][0] == "DOT":
            how = self.script.pop(0)[1]
            if how == "take and reset":
                self.taken.append(text)
            return await self._fail(how, writer)
        self.taken.append(text)
        await self._say(writer, "250 taken")
        return True

    async def _fail(self, how: str, writer: asyncio.StreamWriter) -> bool:
        if how == "hang":
            await asyncio.sleep(60)  # the harm itself: no answer
            return False
        if how.endswith("reset"):
            writer.transport.abort()
            return False
        await self._say(writer, how)
        return not how.startswith("421")

    async def _say(self, writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def mail_server(*script: tuple[str, str]) -> AsyncIterator[MailServer]:
    """Runs one on a free port."""
    server = MailServer(list(script))
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0)
    server.url = f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()
