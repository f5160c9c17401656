"""What people give at the gathering: help toward a need, and the plans they want to work on.
They use their personal link, or staff enter it for them."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.cards import enter_cards
from doorpakken_local.demo.steps.speaking import speaker, with_own_link
from doorpakken_local.demo.stories.parts import Offer, Wish
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import Json


async def offer(play: Play) -> None:
    await each(play.story.offers, lambda offered: _offer(play, offered))


async def _offer(play: Play, offered: Offer) -> None:
    path, body = f"{play.gathering_path}/offers", _offered(play, offered)
    if offered.says_it == "link":
        browser = await with_own_link(play, offered.by)
        await browser.call(f"{play.place.urls['registration']}{path}", body)
    else:
        await play.desk.registration.post(path, body | speaker(play, offered.by))
    play.tally.offers.append(offered)


def _offered(play: Play, offered: Offer) -> Json:
    if offered.need is None:
        return offered.model_dump(include={"category", "amount", "unit"})
    unit = play.story.needs[offered.need].unit
    return {"need_id": play.need_ids[offered.need], "amount": offered.amount, "unit": unit}


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
