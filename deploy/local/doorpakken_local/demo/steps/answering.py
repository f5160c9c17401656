"""The days after the invitations: people answer through the button in their mail, and staff enter
answers on paper. Fails unless every seat is confirmed by a mail with a calendar entry."""

from collections import Counter
from collections.abc import Sequence

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.choosing import choose, named_in
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import API, Json


async def answer(play: Play) -> None:
    sessions = await play.sessions()
    answering = [person for person in play.story.present if person.says != "nothing"]

    async def say(person: Person) -> None:
        if person.email:
            await _by_mail(play, person, sessions)
        else:
            await _on_paper(play, person, sessions)
        play.tally.answers[person.answer] += 1

    await each(answering, say)


async def _by_mail(play: Play, person: Person, sessions: Sequence[Json]) -> None:
    mail = await invitation_of(play, person)
    browser = play.web.browser(person.language)
    page = await browser.open(mail.button(play.place.urls["registration"]))
    chosen = _choose(play, person, named_in(mail.text, sessions), sessions)
    entries = {"answer": [person.answer]}
    if chosen:
        entries["session"] = chosen
    if person.because:
        entries["reason"] = [person.because]
    await browser.send(page.form(), entries)


async def invitation_of(play: Play, person: Person) -> Mail:
    return await play.mail_for(person, "invitation")


async def _on_paper(play: Play, person: Person, sessions: Sequence[Json]) -> None:
    attendee_id = play.attendees[person.name]["id"]
    chosen = _choose(play, person, _planned(play, attendee_id, sessions), sessions)
    body = {"answer": person.answer, "sessions": chosen, "attendee_id": attendee_id}
    if person.because:
        body["reason"] = person.because
    done = await play.desk.registration.post(f"{API}/waves/{play.wave_id}/answers", body)
    play.tally.seats_on_paper += sum(one["state"] == "active" for one in done["sign_ups"])


def _choose(
    play: Play, person: Person, suggested: Sequence[Json], sessions: Sequence[Json]
) -> list[str]:
    if person.answer != "accepted":
        return []
    chosen = [session["id"] for session in choose(person, suggested, sessions)]
    play.tally.chosen[person.name] = chosen
    return chosen


def _planned(play: Play, attendee_id: str, sessions: Sequence[Json]) -> list[Json]:
    by_id = {session["id"]: session for session in sessions}
    mine = next(one for one in play.plan["people"] if one["attendee_id"] == attendee_id)
    return [by_id[one["session_id"]] for one in (*mine["seats"], *mine["alternatives"])]


async def confirm(play: Play) -> None:
    """Wait for one mail with a calendar entry per seat of a person with an address, and one that
    cancels it per seat that was given up."""
    await play.settled()
    seats = sum(session["taken"] for session in await play.sessions())
    tally = play.tally
    expected = {
        "confirmation": tally.confirmations(seats),
        "seat_ended": tally.mails["seat_ended"],
    }
    await until(
        "confirmations with a calendar",
        lambda: _calendars(play),
        lambda found: found == expected,
    )


async def _calendars(play: Play) -> dict[str, int]:
    kinds = Counter(mail.kind for mail in await play.mailbox.all())
    return {kind: kinds[kind] for kind in ("confirmation", "seat_ended")}
