"""Who has no e-mail address: a letter of one page with their own link, and a line to telephone."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from doorpakken_notification import waves
from doorpakken_notification.letters import drawn, letters_of
from doorpakken_notification.paper import Told, list_calls, list_letters
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.links import read_link
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering

UNTIL = datetime(2023, 10, 11, 21, 59, tzinfo=UTC)
NAMES = {
    "gladys": 'Gladys "🌱" Waterlelie',
    "layla": "ليلى الحسن",
    "hostile": '#image("/etc/passwd") $x$ *y* \\ <a>',
}


async def _on_paper(desk: Desk, gathering: Gathering) -> waves.Wave:
    await desk.hear(*gathering.told(*NAMES, "mailed"))
    for name, written in NAMES.items():
        language = "en" if name == "layla" else "nl"
        await desk.hear(gathering.contact(name, 2, email=None, name=written, language=language))
    await desk.hear(gathering.seat("gladys", "held", 1, hold_until=UNTIL))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("on_paper", len(NAMES))
        await desk.settles("sent", 1)
    return await waves.get_wave(desk.mongo, gathering.run)


async def test_a_letter_is_one_page_for_each_person_and_the_same_bytes_again(
    desk: Desk, gathering: Gathering
) -> None:
    wave = await _on_paper(desk, gathering)
    pdf = await letters_of(desk.mongo, wave, desk.settings)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(NAMES)
    assert await letters_of(desk.mongo, wave, desk.settings) == pdf


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext on the PATH")
async def test_a_letter_says_what_the_mail_says_and_how_to_answer(
    desk: Desk, gathering: Gathering, tmp_path: Path
) -> None:
    wave = await _on_paper(desk, gathering)
    (tmp_path / "letters.pdf").write_bytes(await letters_of(desk.mongo, wave, desk.settings))
    pages = _pages(tmp_path / "letters.pdf")
    dutch = next(page for page in pages if "Gladys" in page)
    codes = {one.contents.recipient.name: one.short_code for one in await _letters(desk, wave)}
    for words in (
        "Beste Gladys",
        "Fijn dat u er was op vrijdag 6 oktober.",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Waarom u? U kunt helpen met plekken voor werk of stage.",
        "Wij houden tot woensdag 11 oktober een plaats voor u vrij.",
        "Kies vóór woensdag 11 oktober.",
        "Bel 020 555 0100.",
        codes[NAMES["gladys"]],
        "zoiszuidoost",
    ):
        assert words in dutch
    assert any("Dear" in page and "These are" not in page for page in pages)
    assert any('#image("/etc/passwd") $x$ *y* \\ <a>' in page for page in pages)


def _pages(pdf: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.split("\f")]


async def _letters(desk: Desk, wave: waves.Wave) -> list[Told]:
    return await list_letters(desk.mongo, wave, desk.settings)


async def test_the_link_of_a_letter_is_that_of_the_mail(desk: Desk, gathering: Gathering) -> None:
    wave = await _on_paper(desk, gathering)
    first = (await _letters(desk, wave))[0]
    token = first.contents.values["url"].rpartition("/l/")[2]
    link = read_link(desk.settings.keys, token, clock.now())
    assert (link.purpose, link.object_id) == ("answer", gathering.run)
    assert link.person_id == first.contents.recipient.person_id


async def test_there_are_no_letters_before_the_release(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.contact("gladys", 2, email=None))
    wave = await waves.get_wave(desk.mongo, gathering.run)
    with pytest.raises(NotFound):
        await letters_of(desk.mongo, wave, desk.settings)


async def test_questions_to_people_without_mail_are_calls(desk: Desk, gathering: Gathering) -> None:
    wave = await _on_paper(desk, gathering)
    await desk.hear(gathering.contact("nurse", email=None), gathering.contact("host", email=None))
    await desk.hear(gathering.organisation(), gathering.endorsed())
    await desk.hear(
        gathering.mail_request("endorsement_request", "nurse", f"{gathering.id}-endorsement"),
        gathering.host(2, ask=2),
    )
    offered = datetime(2023, 10, 22, 16, tzinfo=UTC)
    await desk.hear(gathering.seat("layla", "offered", 1, hold_until=offered))
    async with desk.delivering():
        await desk.settles("on_paper", len(NAMES) + 3)
    calls = await list_calls(desk.mongo, wave, desk.settings)
    assert sorted((call.kind, call.attendee_id) for call in calls) == [
        ("endorsement_request", None),
        ("host_request", None),
        ("offer", f"{gathering.id}-layla"),
    ]
    await desk.hear(gathering.host(3, ask=2, state="yes"))
    await desk.hear(gathering.seat("layla", "active", 2), gathering.endorsed(2, state="confirmed"))
    assert await list_calls(desk.mongo, wave, desk.settings) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë 🌱 Klaver", "Zoë Klaver"),
        ("👩‍👩‍👧 Ana", "Ana"),
        ("ليلى", "ليلى"),
        ("王小明 ° © → ✓", "王小明 ° © →"),
    ],
)
def test_pictures_are_left_out_and_letters_stay(text: str, shown: str) -> None:
    assert drawn(text) == shown
