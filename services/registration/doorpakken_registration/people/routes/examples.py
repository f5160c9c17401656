"""Examples of people for the API's description, and the ids of invented people in all examples."""

from typing import Any

GLADYS = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0011"
ROWENA = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0021"
MARLOES = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0031"
MOM = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0041"
REIGERBANK = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0042"

WHO: dict[str, Any] = {
    "name": "Gladys Waterlelie",
    "email": "gladys@mom.example",
    "phone": None,
    "language": "nl",
}

EXAMPLES: dict[str, Any] = {
    "PersonBody": WHO,
    "LinkRequestBody": {"email": "gladys@mom.example"},
}
