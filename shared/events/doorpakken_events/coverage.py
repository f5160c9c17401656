"""How far a need came: asked, offered, promised, done and confirmed, counted the same wherever it
is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from doorpakken_events import states

_PROMISED = {
    states.Commitment.ACCEPTED,
    states.Commitment.DELIVERED,
    states.Commitment.DISPUTED,
    states.Commitment.CONFIRMED,
}


class NeedStatus(StrEnum):
    """How far a need is, the furthest that holds."""

    OPEN = auto()
    OFFERED = auto()
    PARTLY_COVERED = auto()
    COVERED = auto()
    MET = auto()
    CLOSED = auto()


@dataclass(frozen=True)
class Share:
    """What one promise gives toward its need, in the need's unit: what was promised, what its owner
    said is done, and what was confirmed."""

    state: str
    promised: int = 0
    done: int = 0
    received: int = 0
    offer_id: str | None = None

    @property
    def committed(self) -> int:
        if self.state == states.Commitment.ACCEPTED:
            return max(self.promised, self.done)
        if self.state == states.Commitment.DISPUTED:
            return self.promised
        return self.delivered

    @property
    def delivered(self) -> int:
        if self.state in (states.Commitment.ACCEPTED, states.Commitment.DELIVERED):
            return self.done
        return self.confirmed

    @property
    def confirmed(self) -> int:
        return self.received if self.state == states.Commitment.CONFIRMED else 0


@dataclass(frozen=True)
class Coverage:
    """The amounts of one need, in its unit; more than was asked is welcome, and shown. `offers` and
    `promises` say how many they are."""

    asked: int
    offered: int = 0
    offers: int = 0
    committed: int = 0
    delivered: int = 0
    confirmed: int = 0
    promises: int = 0
    is_closed: bool = False

    @property
    def open(self) -> int:
        """What nobody offered yet."""
        return max(0, self.asked - self.offered)

    @property
    def over(self) -> int:
        return max(0, self.offered - self.asked)

    @property
    def to_promise(self) -> int:
        return max(0, self.asked - self.committed)

    @property
    def promised_over(self) -> int:
        return max(0, self.committed - self.asked)

    @property
    def status(self) -> NeedStatus:
        furthest = (
            (self.is_closed, NeedStatus.CLOSED),
            (self.confirmed >= self.asked, NeedStatus.MET),
            (self.committed >= self.asked, NeedStatus.COVERED),
            (self.committed > 0, NeedStatus.PARTLY_COVERED),
            (self.offered > 0, NeedStatus.OFFERED),
        )
        return next((status for holds, status in furthest if holds), NeedStatus.OPEN)


def covered(
    asked: int, offers: Mapping[str, int], shares: Iterable[Share], *, is_closed: bool = False
) -> Coverage:
    """`offers` are the amounts of the offers that stand, by id. An offer counts by what was
    promised from it where that is more, also after it was taken back."""
    shares = [*shares]
    offered = dict(offers)
    rest = 0
    for share in shares:
        if share.offer_id is None:
            rest += share.committed
    for offer_id in {share.offer_id for share in shares if share.offer_id}:
        promised = sum(share.committed for share in shares if share.offer_id == offer_id)
        offered[offer_id] = max(offered.get(offer_id, 0), promised)
    return Coverage(
        asked=asked,
        offered=sum(offered.values()) + rest,
        offers=len(offers),
        committed=sum(share.committed for share in shares),
        delivered=sum(share.delivered for share in shares),
        confirmed=sum(share.confirmed for share in shares),
        promises=sum(share.state in _PROMISED for share in shares),
        is_closed=is_closed,
    )
