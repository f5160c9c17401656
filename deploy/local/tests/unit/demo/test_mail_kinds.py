"""What a mail is about is told by its subject, as its template writes it in either language."""

import pytest
from doorpakken_local.demo.visiting.mail_kinds import UnknownMail, kind_of


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("U bent aangemeld voor Doorpakken", "personal_link"),
        ("Wij hebben uw pitch ontvangen", "personal_link"),
        ("Hier is uw persoonlijke link", "personal_link"),
        (
            "Gifty Vlas, which work session will you join? Choose before Wednesday 11 October",
            "invitation",
        ),
        ("U doet mee op donderdag 26 oktober: OCTA", "confirmation"),
        (
            "Er is een plaats vrij bij OCTA. Wilt u die? Antwoord vóór zondag 22 oktober",
            "offer",
        ),
        (
            "Er is plaats voor u op de bijeenkomst Zuidoost. Wilt u die? Antwoord vóór maandag",
            "place_offered",
        ),
        ("U bent afgemeld voor OCTA", "seat_ended"),
    ],
)
def test_a_subject_tells_its_kind(subject: str, kind: str) -> None:
    assert kind_of(subject) == kind


def test_a_subject_of_no_template_is_refused() -> None:
    with pytest.raises(UnknownMail):
        kind_of("Gratis zonnepanelen")
