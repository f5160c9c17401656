"""Each pitcher is asked by mail to lead the session, and says yes.
Fails when a host does not get the mail."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Pitch
from doorpakken_local.demo.visiting.crowd import each


async def say_yes(play: Play) -> None:
    await each(play.story.pitches, lambda pitch: _say_yes(play, pitch))
    await play.settled()


async def _say_yes(play: Play, pitch: Pitch) -> None:
    host = play.story.person(pitch.pitcher)
    mail = await play.mail_for(host, "host_request")
    browser = play.web.browser(host.language)
    page = await browser.open(mail.button(play.place.urls["registration"]))
    await browser.send(page.form(), {"answer": ["yes"]})
    play.tally.mails["host_request"] += 1
    play.tally.hosts += 1
