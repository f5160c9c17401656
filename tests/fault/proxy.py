"""A TCP proxy before MongoDB that loses the answers to commits: the server has done it, and whoever
asked was not told. Refuses to look at more than the head of a message and its command's name."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
HEAD = struct.Struct("<iiii")  # length, request id, id it responds to, kind of message
COMMIT = b"commitTransaction"

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Cut(Exception):
    """The connection ends here."""


@dataclass
class CommitProxy:
    """Passes everything on but the answers to the next `losing` commits; with each of them its
    connection ends. `lost` counts them."""

    target_port: int
    port: int = 0
    losing: int = 0
    lost: int = 0
    _commits: set[int] = field(default_factory=set)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["CommitProxy"]:
        """Listens on a free port until the end."""
        server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(LOOPBACK, self.target_port)
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(_pass_on((reader, back), self._asked))
                ways.create_task(_pass_on((there, writer), self._answered))
        except* (Cut, OSError, asyncio.IncompleteReadError):
            back.close()
            writer.close()

    def _asked(self, request_id: int, _responds_to: int, body: bytes) -> None:
        if self.losing and COMMIT in body:
            self._commits.add(request_id)

    def _answered(self, _request_id: int, responds_to: int, _body: bytes) -> None:
        if self.losing and responds_to in self._commits:
            self.losing -= 1
            self.lost += 1
            raise Cut


async def _pass_on(way: Stream, look: Callable[[int, int, bytes], None]) -> None:
    reader, writer = way
    while True:
        head = await reader.readexactly(HEAD.size)
        length, request_id, responds_to, _ = HEAD.unpack(head)
        body = await reader.readexactly(length - HEAD.size)
        look(request_id, responds_to, body)
        writer.write(head + body)
        await writer.drain()
