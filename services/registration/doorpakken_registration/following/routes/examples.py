"""Examples of following, for the API's description."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "FollowerBody": {
        "name": "Imane Lindebloesem",
        "email": "imane@naaiatelier.example",
        "language": "nl",
    },
    "FollowingBody": {"is_following": True},
    "FollowingView": {
        "state": "confirmed",
        "since": "2023-10-06T18:30:00Z",
        "words": "Stuur mij een mail als er een nieuwe bijeenkomst is. Ik kan altijd stoppen.",
    },
}
