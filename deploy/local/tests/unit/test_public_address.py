"""One address for all pages, as services are told it."""

import pytest
from doorpakken_local.public_address import NoAddress, settings_for


def test_each_service_stands_below_its_name_and_registration_at_the_top() -> None:
    settings = settings_for("https://doorpakken.example/")
    assert settings == {
        "REGISTRATION_URL": "https://doorpakken.example",
        "MATCHING_URL": "https://doorpakken.example/matching",
        "NOTIFICATION_URL": "https://doorpakken.example/notification",
        "REPORTING_URL": "https://doorpakken.example/reporting",
        "TRUSTED_PROXIES": "127.0.0.1",
    }


@pytest.mark.parametrize("url", ["doorpakken.example", "ftp://a.example", "https://a.example/b"])
def test_what_is_no_such_address_is_refused(url: str) -> None:
    with pytest.raises(NoAddress, match="is not an address"):
        settings_for(url)
