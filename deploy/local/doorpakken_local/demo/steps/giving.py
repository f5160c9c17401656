"""What people give at the gathering: help toward a need, and the plans they want to work on.
They use their personal link, or staff enter it for them."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps import as_typed
from doorpakken_local.demo.steps.cards import enter_cards
from doorpakken_local.demo.steps.speaking import with_own_link
from doorpakken_local.demo.stories.parts import Offer, Wish
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import Json


async def offer(play: Play) -> None:
    await each(play.story.offers, lambda offered: _offer(play, offered))


async def _offer(play: Play, offered: Offer) -> None:
    if offered.says_it == "link":
        browser = await with_own_link(play, offered.by)
        url = f"{play.place.urls['registration']}{play.gathering_path}/offers"
        await browser.call(url, _offered(play, offered))
    else:
        await _enter(play, offered)
    play.tally.offers.append(offered)


def _offered(play: Play, offered: Offer) -> Json:
    if offered.need is None:
        return offered.model_dump(include={"category", "amount", "unit"})
    unit = play.story.needs[offered.need].unit
    return {"need_id": play.need_ids[offered.need], "amount": offered.amount, "unit": unit}


async def _enter(play: Play, offered: Offer) -> None:
    page = await play.office.open(f"/staff/g/{play.gathering_id}/offers")
    whose = "organisation_id" if play.story.is_organisation(offered.by) else "person_id"
    giver = page.form(leads_to="/offers").value(whose, offered.by)
    await play.office.submit(page, _typed(play, offered) | {whose: giver}, leads_to="/offers")


def _typed(play: Play, offered: Offer) -> dict[str, str]:
    told = _offered(play, offered)
    what = {"what": f"{offered.category}.{told['unit']}"}
    toward = {"need_id": told["need_id"]} if offered.need else what
    return toward | {"amount": as_typed.amount(offered.amount, told["unit"])}


async def wish(play: Play) -> None:
    on_phones = [one for one in play.story.wishes if one.says_it == "link"]
    await each(on_phones, lambda wished: _by_phone(play, wished))
    await enter_cards(play, [one for one in play.story.wishes if one.says_it == "card"])


async def _by_phone(play: Play, wished: Wish) -> None:
    browser = await with_own_link(play, wished.by)
    registration = play.place.urls["registration"]
    page = await browser.open(f"{registration}/me/wishes/{play.gathering_id}")
    ids = [play.pitch_ids[title] for title in wished.pitches]
    entries = {f"choice.{rank}": [pitch_id] for rank, pitch_id in enumerate(ids, start=1)}
    await browser.send(page.form(), entries)
    play.tally.wishes.append(wished)
