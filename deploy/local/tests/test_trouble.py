"""Trouble with the machine is one sentence that says what to do, and nothing is left behind."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from doorpakken_local import kafka_jars
from doorpakken_local.folder import NEEDED_MIB
from doorpakken_plumbing.mongo.layout import LAYOUT

from deploy.local.tests.commanded import complaint

NOBODY = "http://127.0.0.1:9"  # a port on which nobody listens


def up(data_dir: Path, base_port: int, **environ: str) -> str:
    """What `doorpakken up` complains of."""
    where = ["--data-dir", str(data_dir), "--base-port", str(base_port)]
    return complaint("up", "--infrastructure-only", *where, **environ)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of one mebibyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("this user may not mount a disk in memory (mount -t tmpfs)")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(mounted: Path, base_port: int) -> None:
    sentence = up(mounted / "data", base_port)
    assert sentence == (
        f"The disk under {mounted / 'data'} has 1 MiB left, and a system needs {NEEDED_MIB}. "
        "Make room, or choose another folder with --data-dir."
    )


def test_a_folder_that_cannot_be_written_to(mounted: Path, base_port: int) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    sentence = up(mounted / "data", base_port)
    assert sentence == (
        f"{mounted / 'data'}: Read-only file system. "
        "Choose a folder that can be written to with --data-dir."
    )


def test_a_folder_inside_a_file(tmp_path: Path, base_port: int) -> None:
    (tmp_path / "file").write_text("")
    sentence = up(tmp_path / "file" / "data", base_port)
    assert "Not a directory. Choose a folder, and not a file, with --data-dir." in sentence


@pytest.mark.parametrize("layout", [LAYOUT - 1, LAYOUT + 1])
def test_a_folder_of_another_version(tmp_path: Path, base_port: int, layout: int) -> None:
    (tmp_path / "layout").write_text(f"{layout}\n")
    sentence = up(tmp_path, base_port)
    assert f"another version of Doorpakken (layout {layout}, this one has {LAYOUT})" in sentence
    assert "--data-dir" in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["layout"]


def test_a_folder_of_before_there_were_marks(tmp_path: Path, base_port: int) -> None:
    (tmp_path / "mongod").mkdir()
    sentence = up(tmp_path, base_port)
    assert f"another version of Doorpakken (layout 1, this one has {LAYOUT})" in sentence


def test_damaged_secrets(tmp_path: Path, base_port: int) -> None:
    (tmp_path / "credentials.json").write_text('{"kafka": {}')
    assert f"{tmp_path / 'credentials.json'} is damaged" in up(tmp_path, base_port)


def test_a_download_without_a_network(tmp_path: Path, base_port: int) -> None:
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOBODY)
    cache = tmp_path / "cache"
    sentence = up(tmp_path / "data", base_port, XDG_CACHE_HOME=str(cache), no_proxy="", **closed)
    assert sentence.startswith("Kafka (42 MiB) could not be downloaded from Maven Central (")
    assert files_in(cache) == []


def test_a_mongodb_of_ones_own_that_cannot_be_read(tmp_path: Path, base_port: int) -> None:
    sentence = up(tmp_path, base_port, MONGODB_URI="root:secret@127.0.0.1:9")
    assert sentence == (
        "MONGODB_URI cannot be read; it looks like mongodb://user:password@host:27017/."
    )


def test_a_damaged_download_is_refused_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = kafka_jars.class_path()

    def truncated(work: Path) -> list[Path]:
        for jar in sound:
            (work / jar.name).write_bytes(jar.read_bytes()[:1000])
        return [work / jar.name for jar in sound]

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kafka_jars, "_resolve", truncated)
    with pytest.raises(kafka_jars.JarsNotFetched, match="came damaged"):
        kafka_jars.fetch()
    assert files_in(tmp_path) == []

    monkeypatch.setattr(kafka_jars, "_resolve", lambda _work: sound)
    kafka_jars.fetch()
    assert files_in(tmp_path) == sorted(kafka_jars.class_path())


def test_no_room_for_the_download(mounted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = kafka_jars.class_path()
    monkeypatch.setenv("XDG_CACHE_HOME", str(mounted))
    monkeypatch.setattr(kafka_jars, "_resolve", lambda _work: sound)
    told = f"could not be kept in {mounted}/doorpakken: No space left on device. Make room there"
    with pytest.raises(kafka_jars.JarsNotFetched, match=told):
        kafka_jars.fetch()
    assert [jar for jar in files_in(mounted) if jar.stat().st_size != jar_size(sound, jar)] == []


def jar_size(sound: list[Path], jar: Path) -> int:
    return next(one.stat().st_size for one in sound if one.name == jar.name)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
