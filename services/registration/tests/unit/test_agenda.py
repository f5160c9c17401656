"""What the agenda of the next gathering begins with, on the story as it stands 50 days after."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from doorpakken_events import states
from doorpakken_events.coverage import Share, covered
from doorpakken_registration.commitments.agendas import Agenda, LackingNeed, Point, agenda_of
from doorpakken_registration.commitments.model.commitment import PROMISE, Commitment, State
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.needs import CoveredNeed, CoveredPitch

AT = datetime(2023, 10, 6, 13, tzinfo=UTC)
TODAY = date(2023, 11, 25)


def test_the_order_of_the_story() -> None:
    promises = [
        _promise("C1", State.ACCEPTED, date(2024, 1, 24)),
        _promise("C3", State.ACCEPTED, date(2023, 12, 23), replans=1),
        _promise("C4", State.CONFIRMED, date(2023, 11, 5)),
        _promise("C5", State.ACCEPTED, date(2023, 11, 20)),
        _promise("C6", State.DELIVERED, date(2023, 11, 15)),
        _promise("C7", State.ACCEPTED, date(2023, 12, 5)),
        _promise("C8", State.ENDED, date(2023, 12, 25)),
        _promise("C9", State.PROPOSED, date(2023, 12, 5)),
    ]
    found = agenda_of(promises, [], TODAY)
    assert _said(found) == [
        (Point.PAST_DATE, ["C5"]),
        (Point.NOT_CONFIRMED, ["C6"]),
        (Point.NO_ANSWER, ["C9"]),
        (Point.NEW_DATE, ["C3"]),
    ]
    assert found.running == 2


def test_a_date_is_past_after_its_day() -> None:
    found = agenda_of([_promise("C5", State.ACCEPTED, TODAY)], [], TODAY)
    assert (_said(found), found.running) == ([], 1)


def test_needs_without_any_offer_come_before_those_that_lack_a_promise() -> None:
    needs = [
        _need("N1", offered=24),
        _need("N2", offered=60, promised=60),
        _need("N3"),
        _need("N4", closed_at=AT),
    ]
    found = agenda_of([], [CoveredPitch(_pitch(), needs)], TODAY)
    assert _ids(found.without_offer) == ["N3"]
    assert _ids(found.not_promised) == ["N1"]
    assert agenda_of([], [CoveredPitch(_pitch(), needs[1:2])], TODAY).is_empty


def _said(agenda: Agenda) -> list[tuple[Point, list[str]]]:
    return [(point, [one.id for one in found]) for point, found in agenda.promises]


def _ids(found: Iterable[LackingNeed]) -> list[str]:
    return [one.covered.need.need_id for one in found]


def _promise(commitment_id: str, state: State, due: date, replans: int = 0) -> Commitment:
    return Commitment(
        id=commitment_id,
        version=1,
        gathering_id="g",
        pitch_id="p",
        kind=PROMISE,
        made_by="owner",
        what="plekken",
        how="",
        first_due=due,
        due=due,
        state=state,
        made_at=AT,
        asked_at=AT,
        planned_at=AT,
        need_id="n",
        replans=replans,
    )


def _need(
    need_id: str, offered: int = 0, promised: int = 0, closed_at: datetime | None = None
) -> CoveredNeed:
    need = Need("expertise", "spreekuur", 60, "hour", None, need_id, closed_at)
    shares = [Share(State.ACCEPTED, promised, offer_id="o")] if promised else []
    return CoveredNeed(need, covered(60, {"o": offered} if offered else {}, shares))


def _pitch() -> Pitch:
    accepted = states.Pitch.ACCEPTED
    return Pitch("p", 1, "g", "project", "OCTA", "Jongeren", ("a",), None, (), accepted, AT)
