"""A range of ports that nobody uses."""

import pytest

from conftest import free_base_port


@pytest.fixture
def base_port() -> int:
    return free_base_port()
