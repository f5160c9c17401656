"""A plan as its form sends it, in what people type: the third row is used and the second is not."""

PLAN = {
    "kind": "project",
    "title": "OCTA",
    "summary": "Jongeren en bedrijven",
    "needs.0.description": "stof en verzekering",
    "needs.0.amount": "3.200,50",
    "needs.0.what": "money.euro_cent",
    "needs.0.wanted_by": "6 november 2030",
    "needs.2.description": "ruimte",
    "needs.2.amount": "10",
    "needs.2.what": "space.day_part",
    "needs.2.wanted_by": "7-11-2030",
}
