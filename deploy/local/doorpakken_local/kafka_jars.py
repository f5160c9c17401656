"""Downloads the jars of Apache Kafka once per user and checks them against `kafka-jars.lock`.
Refuses jars whose digest differs."""

import errno
import hashlib
import os
import shutil
import sys
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

KAFKA_VERSION = "4.3.1"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Resolved apart from Kafka: its dependency on an older kafka-clients would replace Kafka's own.
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"
LOGGING_JAR = "log4j-slf4j-impl"
LOCK = "kafka-jars.lock"
DISK_TROUBLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)


class JarsNotFetched(Exception):
    """Kafka could not be downloaded or stored, or a jar differs from the lock file."""


def class_path() -> list[Path]:
    """The paths of the locked jars, which may not have been downloaded yet."""
    return [_folder() / name for name in _locked()]


def fetch() -> None:
    """Download the locked jars into the user's cache (42 MiB). A failed download leaves nothing
    behind and raises JarsNotFetched."""
    try:
        _fetch()
    except OSError as error:
        raise JarsNotFetched(
            f"Kafka (42 MiB) could not be kept in {cache()}: {error.strerror}. Make room there, or "
            "name another folder in XDG_CACHE_HOME; nothing was kept."
        ) from error


def _fetch() -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache(), prefix="download-") as work:
        fetched = {jar.name: jar for jar in _resolve(Path(work))}
        for name, digest in _locked().items():
            if name not in fetched or _sha256(fetched[name]) != digest:
                raise JarsNotFetched(
                    f"{name} came damaged, or is not the one locked in {LOCK}; nothing was kept. "
                    "Try again."
                )
        for name in _locked():
            partial = Path(work) / f"{name}.partial"
            shutil.copyfile(fetched[name], partial)
            partial.replace(folder / name)


def cache() -> Path:
    """One cache per user, shared by all data folders."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "doorpakken"


def write_lock() -> None:
    with TemporaryDirectory() as work:
        jars = sorted(_resolve(Path(work)), key=lambda jar: jar.name)
        lines = [f"{_sha256(jar)}  {jar.name}\n" for jar in jars]
    Path(__file__).with_name(LOCK).write_text("".join(lines))


def _folder() -> Path:
    return cache() / f"kafka-{KAFKA_VERSION}"


def _locked() -> dict[str, str]:
    text = resources.files("doorpakken_local").joinpath(LOCK).read_text()
    return {name: digest for digest, name in (line.split() for line in text.splitlines())}


def _resolve(work: Path) -> list[Path]:
    """Download into an empty repository: jars in the shared Maven cache may be damaged."""
    from jgo.env import EnvironmentBuilder  # slow to import and needed once per user
    from jgo.maven import MavenContext

    builder = EnvironmentBuilder(MavenContext(repo_cache=work / "repository"), work / "built")
    try:
        jars = _jars(builder.from_endpoint(KAFKA).path)
        logging = _jars(builder.from_endpoint(LOGGING).path)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_TROUBLE:
            raise
        raise JarsNotFetched(
            f"Kafka (42 MiB) could not be downloaded from Maven Central ({type(error).__name__}). "
            "Look at the network or the proxy settings and try again; nothing was kept."
        ) from error
    return jars + [jar for jar in logging if LOGGING_JAR in jar.name]


def _jars(environment: Path) -> list[Path]:
    return [*environment.glob("jars/*.jar"), *environment.glob("modules/*.jar")]


def _sha256(jar: Path) -> str:
    return hashlib.sha256(jar.read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        {"fetch": fetch, "lock": write_lock}[sys.argv[1]]()
    except JarsNotFetched as trouble:
        sys.exit(str(trouble))
