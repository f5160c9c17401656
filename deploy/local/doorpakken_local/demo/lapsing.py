"""The day after answers are due: what nobody said yes to lapses, its places are offered to those in
line, and they say yes. Refuses to go on while a place is still kept for somebody."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.probe import until
from doorpakken_local.demo.words import API

TAKEN = 201


async def lapse(play: Play) -> None:
    """Holds lapse, and whoever is offered a place takes it, until nobody in line is offered one."""
    await play.settled()
    await until("every hold to lapse", lambda: _held(play), lambda held: held == 0)
    while await _accept_offers(play):
        await play.settled()


async def _held(play: Play) -> int:
    figures = await play.desk.reporting.get(f"{play.gathering_path}/figures")
    return sum(session["held"] for session in figures["sessions"])


async def _accept_offers(play: Play) -> int:
    """Staff enter the yes of who was offered a place; how many there were."""
    accepted = 0
    for name, session_ids in play.chosen.items():
        for session_id in session_ids:
            accepted += await _accept(play, play.attendees[name]["id"], session_id)
    return accepted


async def _accept(play: Play, attendee_id: str, session_id: str) -> bool:
    """Whether there was an offer; who sits already, or stands in line, is refused."""
    answer = await play.desk.registration.session.post(
        f"{API}/sessions/{session_id}/sign-ups", json={"attendee_id": attendee_id}
    )
    return answer.status_code == TAKEN
