"""The way of a mail as the README tells it: through modules that exist, and through few."""

import re
from importlib import resources
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
STEP = re.compile(r"^\d\. `([\w/.]+)`", re.MULTILINE)
MODULES_MAX = 8


def test_the_way_of_a_mail_leads_through_few_modules() -> None:
    way = README.read_text().split("**How a mail comes about**")[1].split("**States**")[0]
    modules = STEP.findall(way)
    assert modules[0] == "handlers.py"
    assert modules[-1] == "delivery/connection.py"
    assert len(modules) <= MODULES_MAX
    package = resources.files("doorpakken_notification")
    assert [module for module in modules if not (Path(str(package)) / module).exists()] == []
