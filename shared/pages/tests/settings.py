"""Settings of one service, as far as pages read them."""

from doorpakken_plumbing.partnership import Partnership

SETTINGS = {
    "public_url": "https://zuidoost.example/registration",
    "registration_url": "https://zuidoost.example/registration",
    "matching_url": "https://zuidoost.example/matching",
    "notification_url": "https://zuidoost.example/notification",
    "reporting_url": "https://zuidoost.example/reporting",
    "service": "registration",
}


class Settings(Partnership):
    """Whose pages these are, and where the services are."""

    example_data: bool = False
    service: str
    public_url: str
    registration_url: str
    matching_url: str
    notification_url: str
    reporting_url: str
