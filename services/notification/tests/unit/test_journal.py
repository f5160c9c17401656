"""The local journal: what it says after a crash."""

from pathlib import Path

from doorpakken_notification.delivery.journal import Journal, path_of, read


async def test_lines_survive_and_a_torn_one_is_none(tmp_path: Path) -> None:
    path = path_of(tmp_path, "1")
    journal = Journal(path)
    await journal.begin("<a@x>", 1)
    await journal.take("<a@x>", 1)
    await journal.begin("<b@x>", 2)
    journal.close()
    with path.open("a") as file:
        file.write("taken <b@x")
    told = read(path)
    assert told.begun == {("<a@x>", 1), ("<b@x>", 2)}
    assert told.taken == {"<a@x>"}
    assert told.is_whole


def test_lines_that_ran_into_each_other_prove_nothing(tmp_path: Path) -> None:
    path = tmp_path / "1.journal"
    path.write_bytes(b"taken <a@x> 1\nbegun <b@xtaken <c@x> 1\nbegun <d@x> 1taken\n\xff\n")
    told = read(path)
    assert told.taken == {"<a@x>"}
    assert not told.begun
    assert not told.is_whole


async def test_a_new_one_goes_on_where_the_last_stopped_until_trimmed(tmp_path: Path) -> None:
    path = path_of(tmp_path, "1")
    first = Journal(path)
    await first.take("<a@x>", 1)
    first.close()
    again = Journal(path)
    assert read(path).taken == {"<a@x>"}
    again.trim(most_bytes=1000)
    assert read(path).taken == {"<a@x>"}
    again.trim()
    assert read(path).taken == frozenset()
    again.close()


def test_without_a_file_nothing_was_said(tmp_path: Path) -> None:
    assert not read(tmp_path / "none").taken
