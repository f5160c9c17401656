"""What formats Kafka has the users' salted passwords, and no command line shows them."""

import stat
from pathlib import Path

from doorpakken_local.credentials import find_or_make
from doorpakken_local.folder import DataFolder
from doorpakken_local.kafka import Kafka
from doorpakken_local.ports import Ports


def test_no_password_of_kafka_is_in_a_command_line(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.kafka.mkdir()
    kafka = Kafka(folder, Ports(20_000), find_or_make(folder), [])
    formatting = kafka.formatting()
    assert not [word for word in formatting.argv if "salt" in word.lower()]
    (name,) = [word[1:] for word in formatting.argv if word.startswith("@")]
    told = Path(name)
    assert told.read_text().count("saltedpassword=") == 2
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    kafka.formatted()
    assert not told.exists()
