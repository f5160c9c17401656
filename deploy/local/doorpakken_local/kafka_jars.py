"""Fetches the jars of Apache Kafka once per user and checks them against `kafka-jars.lock`.
Refuses jars that are not the ones locked."""

import hashlib
import os
import shutil
import sys
from importlib import resources
from pathlib import Path

KAFKA_VERSION = "4.3.1"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Built apart from Kafka: asked for together, the older kafka-clients it wants would win.
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"
LOGGING_JAR = "log4j-slf4j-impl"
LOCK = "kafka-jars.lock"


class JarsNotFetched(Exception):
    """Kafka could not be fetched, or what came is not what was locked."""


def class_path() -> list[Path]:
    """Where the locked jars are, or will be once fetched."""
    return [_folder() / name for name in _locked()]


def fetch() -> None:
    """Put the locked jars into the user's cache (42 MiB)."""
    folder, locked = _folder(), _locked()
    fetched = {jar.name: jar for jar in _resolve()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, digest in locked.items():
        jar = fetched.get(name)
        if jar is None or _sha256(jar) != digest:
            raise JarsNotFetched(f"The registry's {name} is not the one in {LOCK}.")
        partial = folder / f".{name}.{os.getpid()}"
        shutil.copyfile(jar, partial)
        partial.replace(folder / name)


def cache() -> Path:
    """This user's cache of Doorpakken, shared by all data folders."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "doorpakken"


def write_lock() -> None:
    """Lock the jars that the registry has today for the versions named above."""
    jars = sorted(_resolve(), key=lambda jar: jar.name)
    lines = (f"{_sha256(jar)}  {jar.name}\n" for jar in jars)
    Path(__file__).with_name(LOCK).write_text("".join(lines))


def _folder() -> Path:
    return cache() / f"kafka-{KAFKA_VERSION}"


def _locked() -> dict[str, str]:
    text = resources.files("doorpakken_local").joinpath(LOCK).read_text()
    return {name: digest for digest, name in (line.split() for line in text.splitlines())}


def _resolve() -> list[Path]:
    import jgo  # slow to import and needed once per user

    try:
        jars = _jars(jgo.build(KAFKA).path)
        logging = [jar for jar in _jars(jgo.build(LOGGING).path) if LOGGING_JAR in jar.name]
    except Exception as error:
        raise JarsNotFetched(f"Kafka's jars could not be downloaded: {error}") from error
    return jars + logging


def _jars(environment: Path) -> list[Path]:
    return [*environment.glob("jars/*.jar"), *environment.glob("modules/*.jar")]


def _sha256(jar: Path) -> str:
    return hashlib.sha256(jar.read_bytes()).hexdigest()


if __name__ == "__main__":
    {"fetch": fetch, "lock": write_lock}[sys.argv[1]]()
