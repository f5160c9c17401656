"""Where staff can go: the pages over all gatherings, and those of the gathering they are in.
A new page for staff is one line here; its title is in WORDS, and its English in the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doorpakken_plumbing.identity.staff import EVERYWHERE, Staff
from doorpakken_plumbing.settings import ServiceSettings


@dataclass(frozen=True)
class Destination:
    """A page of a service; `{id}` in its path is that of a gathering. `role` is needed at that
    gathering, and at any gathering for a page over all of them; an empty one is anybody of
    staff."""

    service: str
    path: str
    title: str
    role: str
    everywhere: bool = False


OVER_ALL = (
    Destination("registration", "/staff", "today", ""),
    Destination("registration", "/staff/gatherings", "gatherings", "reader"),
    Destination("registration", "/staff/people", "people", "reader", everywhere=True),
    Destination("registration", "/staff/organisations", "organisations", "reader", everywhere=True),
    Destination("matching", "/", "plans", "reader"),
    Destination("notification", "/outbox", "outbox", "reader"),
    Destination("reporting", "/", "dashboards", "reader"),
    Destination(
        "registration", "/staff/colleagues", "colleagues", "administrator", everywhere=True
    ),
    Destination("registration", "/staff/account", "account", ""),
)
OF_GATHERING = (
    Destination("registration", "/staff/g/{id}", "gathering", "organiser"),
    Destination("registration", "/staff/g/{id}/today", "today", "organiser"),
    Destination("registration", "/staff/g/{id}/participants", "participants", "reader"),
    Destination("registration", "/staff/g/{id}/door", "door", "door"),
    Destination("registration", "/staff/g/{id}/pitches", "pitches", "organiser"),
    Destination("matching", "/g/{id}/rooms", "rooms", "organiser"),
    Destination("matching", "/g/{id}/plans", "plan", "reader"),
    Destination("notification", "/g/{id}/outbox", "outbox", "reader"),
    Destination("registration", "/staff/g/{id}/outcomes", "outcomes", "organiser"),
    Destination("reporting", "/dashboard/{id}", "dashboard", "reader"),
)


@dataclass(frozen=True)
class Link:
    """A link as one member of staff sees it on one page."""

    url: str
    title: str
    is_here: bool


@dataclass(frozen=True)
class Navigation:
    """What one member of staff can go to from one page."""

    home: str
    links: Sequence[Link]
    gathering: Any = None
    gathering_url: str = ""
    gathering_links: Sequence[Link] = ()


def navigation_of(settings: ServiceSettings, staff: Staff, gathering: Any, path: str) -> Navigation:
    """`gathering` is the one that the page is about, as the service keeps it, or None."""
    home = f"{settings.registration_url}/staff"
    links = [_link(settings, one, path) for one in OVER_ALL if _may(staff, one)]
    known = getattr(gathering, "gathering_id", None) or getattr(gathering, "id", None)
    if not known:
        return Navigation(home, links)
    # The other services hear of a gathering when it is published; its version is 0 before that.
    is_published = getattr(gathering, "version", 1) > 0
    within = [
        _link(settings, one, path, known)
        for one in OF_GATHERING
        if staff.may(one.role, known) and (is_published or one.service == "registration")
    ]
    return Navigation(home, links, gathering, within[0].url if within else "", within)


def _may(staff: Staff, to: Destination) -> bool:
    if to.everywhere:
        return staff.may(to.role, EVERYWHERE)
    return not to.role or staff.where(to.role) != frozenset()


def _link(settings: ServiceSettings, to: Destination, path: str, known: str = "") -> Link:
    base, below = getattr(settings, f"{to.service}_url"), to.path.format(id=known)
    is_here = to.service == settings.service and path == below
    return Link(f"{base}{below}", to.title, is_here)
