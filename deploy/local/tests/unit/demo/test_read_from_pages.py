"""What staff and visitors read from pages and mails and type elsewhere: codes and numbers."""

import pytest
from doorpakken_local.demo.steps.cards import numbers_on
from doorpakken_local.demo.steps.conversation import codes_on
from doorpakken_local.demo.visiting.mailbox import Mail, NoCode

TABLES = """
<section class="card"><h2>Tafel 1: Dit is Gladys</h2>
  <p class="code"><a href="/t/K7Q">K7Q</a></p></section>
<section class="card"><h2>Tafel 2: Dit is Kwame</h2>
  <p class="note">Gesloten.</p></section>
<section class="card"><h2>Tafel 3: OCTA</h2>
  <p class="code"><a href="/t/XM2">XM2</a></p></section>
"""
CARD = "<ul><li><strong>1</strong> OCTA</li><li><strong>2</strong> Pepre &amp; Zout</li></ul>"


def test_the_code_of_each_open_table() -> None:
    assert codes_on(TABLES) == {"Tafel 1": "K7Q", "Tafel 3": "XM2"}


def test_the_number_of_each_pitch_on_the_card() -> None:
    assert numbers_on(CARD) == {"OCTA": "1", "Pepre & Zout": "2"}


@pytest.mark.parametrize("said", ["Uw code voor de deur", "Your code for the door"])
def test_the_code_for_the_door(said: str) -> None:
    assert mail(f"Goedendag,\n\n{said}: K7Q XM2\n").door_code == "K7Q XM2"


def test_a_mail_without_a_code_is_refused() -> None:
    with pytest.raises(NoCode):
        _ = mail("Goedendag").door_code


def mail(text: str) -> Mail:
    return Mail("1", ("mila@post.example",), "U bent aangemeld", text, "", None)
