"""Output of `doorpakken integration`: the configuration of a new integration, and the list of all.
A password is shown once, because it is not stored."""

import json
from collections.abc import Mapping, Sequence

from doorpakken_plumbing.kafka.integrations import PUBLIC, Integration
from doorpakken_plumbing.kafka.records import Login
from rich.console import Console
from rich.table import Table

ONCE = "# The password is shown this once. Keep this where the integration keeps its secrets."


def configuration(integration: Integration, login: Login) -> dict[str, str]:
    options = login.options()
    return {
        "KAFKA_BOOTSTRAP": login.bootstrap,
        "KAFKA_SECURITY_PROTOCOL": options["security_protocol"],
        "KAFKA_SASL_MECHANISM": options["sasl_mechanism"],
        "KAFKA_USERNAME": login.username,
        "KAFKA_PASSWORD": login.password,
        "KAFKA_GROUP": f"{integration.group_prefix}1",
        "KAFKA_TOPICS": ",".join(sorted(integration.topics)),
    }


def as_env(variables: Mapping[str, str]) -> str:
    return "\n".join((ONCE, *(f"{name}={value}" for name, value in variables.items())))


def show(known: Sequence[Integration], console: Console) -> None:
    rows = [(one.name, one.granted, len(one.topics & PUBLIC)) for one in known]
    if not console.is_terminal:
        for name, granted, public in rows:
            print(json.dumps({"name": name, "granted": granted, "public": public}))
    elif not rows:
        console.print("There are no integrations.")
    else:
        table = Table("name", "granted", "public topics")
        for name, granted, public in rows:
            table.add_row(name, ", ".join(granted), str(public))
        console.print(table)
