"""Follows every link of the pages, as far as they look alike. Refuses to leave the origin and to
send a form: of a form it asks only whether there is somebody where it would be sent."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from selectolax.lexbor import LexborHTMLParser

LEADS = ("href", "src", "action", "formaction", "data-fragment", "data-live")
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[^/]*\d[^/]*")


@dataclass
class Crawl:
    """What was asked for, and what was wrong with it; `shapes` counts the addresses that look
    alike, over several crawls where it is shared, and no more than `most` of each are followed."""

    session: httpx.AsyncClient
    origin: str
    most: int = 2
    shapes: Counter[str] = field(default_factory=Counter)
    asked: dict[str, int] = field(default_factory=dict)  # status by address
    pages: list[str] = field(default_factory=list)  # what people see, by the address it is at
    foreign: set[str] = field(default_factory=set)
    streams: set[str] = field(default_factory=set)

    async def run(self, first: str) -> None:
        """Everything that can be reached from this page."""
        waiting = deque([first])
        while waiting:
            address = waiting.popleft()
            if address not in self.asked and self._is_new(address):
                waiting += await self._links(address)

    @property
    def missing(self) -> list[str]:
        """What is not there, or broke."""
        return [one for one, status in self.asked.items() if status == 404 or status >= 500]

    def _is_new(self, address: str) -> bool:
        shape = NAMES.sub("…", urlsplit(address).path)
        self.shapes[shape] += 1
        return self.shapes[shape] <= self.most

    async def _links(self, address: str) -> list[str]:
        async with self.session.stream("GET", address) as answer:
            self.asked[address] = answer.status_code
            self._check(answer)
            kind = answer.headers.get("content-type", "")
            if kind.startswith("text/event-stream"):
                self.streams.add(address)
                return []
            text = (await answer.aread()).decode() if kind.startswith("text/html") else ""
            if text and answer.status_code == 200:
                self.pages.append(str(answer.url))
        return [link for link in _leads(text, str(answer.url)) if self._is_ours(link)]

    def _check(self, answer: httpx.Response) -> None:
        for hop in (*answer.history, answer):
            self._is_ours(_whole(str(hop.url)))

    def _is_ours(self, address: str) -> bool:
        if not address.startswith("http"):
            return False  # mailto:, tel:, data:
        is_ours = address.startswith(f"{self.origin}/")
        if not is_ours:
            self.foreign.add(address)
        return is_ours


def _leads(html: str, page: str) -> list[str]:
    tree = LexborHTMLParser(html)
    found = [
        node.attributes[lead]
        for lead in LEADS
        for node in tree.css(f"[{lead}]")
        if node.attributes[lead]
    ]
    return [_whole(urljoin(page, one)) for one in found if one]


def _whole(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path or "/", fragment=""))
