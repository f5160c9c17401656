"""Support: people and organisations support or join a plan, contacts of organisations confirm by
mail or never answer, and one supporter withdraws. Fails when a contact does not get the mail."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.speaking import organisation_id, speaker, with_own_link
from doorpakken_local.demo.stories.parts import Support
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import API


async def name_contacts(play: Play) -> None:
    await each(play.story.contacts.items(), lambda named: _name_contact(play, *named))


async def _name_contact(play: Play, organisation: str, name: str) -> None:
    page = await play.office.open(f"/staff/organisations/{organisation_id(play, organisation)}")
    entries = {"contact": [play.attendees[name]["person_id"]]}
    await play.office.submit(page, entries, leads_to="/contacts")


async def support(play: Play) -> None:
    await each(play.story.support, lambda said: _support(play, said))


async def _support(play: Play, said: Support) -> None:
    path = f"{API}/pitches/{play.pitch_ids[said.pitch]}/endorsements"
    body = {"stance": said.stance} | ({"reason": said.reason} if said.reason else {})
    if not play.story.is_organisation(said.by):
        play.tally.support[said.becomes] += 1
    if said.says_it == "staff":
        given = await play.desk.registration.post(path, body | speaker(play, said.by))
        if said.becomes == "withdrawn":
            await play.desk.registration.delete(f"{API}/endorsements/{given['id']}")
        return
    browser = await with_own_link(play, said.by)
    registration = play.place.urls["registration"]
    given = await browser.call(f"{registration}{path}", body)
    if said.becomes == "withdrawn":
        await browser.call(f"{registration}{API}/endorsements/{given['id']}", method="DELETE")


async def confirm(play: Play) -> None:
    """Waits for the mail to every contact; only those whose support becomes `confirmed` answer
    it."""
    asked = [one for one in play.story.support if play.story.is_organisation(one.by)]
    await each(asked, lambda said: _confirm(play, said))


async def _confirm(play: Play, said: Support) -> None:
    contact = play.story.person(play.story.contacts[said.by])
    mail = await play.mail_for(contact, "endorsement_request")
    if said.becomes == "confirmed":
        browser = play.web.browser(contact.language)
        page = await browser.open(mail.button(play.place.urls["registration"]))
        await browser.send(page.form(), {"answer": ["yes"]})
    play.tally.mails["endorsement_request"] += 1
    play.tally.support[said.becomes] += 1
