"""What a page is told when it falls behind, comes back, or the database cannot go on."""

import asyncio
from collections import deque

from doorpakken_plumbing.http.live import Change, Tail, Viewer


def tail_of(*viewers: Viewer, last: str | None = None, history: int = 10) -> Tail:
    return Tail(("attendee",), last, deque(maxlen=history), set(viewers))


def viewer(size: int = 10) -> Viewer:
    return Viewer(asyncio.Queue(size))


def changes(*tokens: str) -> list[Change]:
    return [Change(token, "attendee", f"a-{token}") for token in tokens]


def told(viewer: Viewer) -> list[str | None]:
    """The events that wait, by their id or, without one, their name."""
    events: list[str | None] = []
    while not viewer.queue.empty():
        event = viewer.queue.get_nowait()
        events.append((event.id or event.event) if event else None)
    return events


def test_everybody_is_told_every_change_in_order() -> None:
    one, two = viewer(), viewer()
    tail = tail_of(one, two)
    for change in changes("1", "2", "3"):
        tail.take(change)
    assert told(one) == told(two) == ["1", "2", "3"]


def test_who_falls_behind_is_told_only_to_reload() -> None:
    slow, quick = viewer(size=2), viewer()
    tail = tail_of(slow, quick)
    for change in changes("1", "2", "3"):
        tail.take(change)
    assert told(slow) == ["reload"]
    assert told(quick) == ["1", "2", "3"]

    tail.take(changes("4")[0])
    assert told(slow) == ["4"]


def test_who_comes_back_is_given_what_came_after() -> None:
    tail = tail_of(last="0", history=3)
    assert tail.missed_since("0") == []
    for change in changes("1", "2", "3", "4"):
        tail.take(change)

    assert tail.missed_since("4") == []
    assert tail.missed_since("2") == changes("3", "4")
    assert tail.missed_since("1") is None
    assert tail.missed_since("9") is None


def test_a_broken_history_is_forgotten_by_all() -> None:
    one = viewer()
    tail = tail_of(one)
    tail.take(changes("1")[0])
    tail.forget()

    assert told(one) == ["reload"]
    assert tail.last is None
    assert tail.missed_since("1") is None


def test_the_end_comes_before_what_waits() -> None:
    one = viewer(size=1)
    one.tell(changes("1")[0].event())
    one.end()
    assert told(one) == [None]
