"""`doorpakken` commands in the test's own process: starting Python for each takes two seconds."""

from doorpakken_local.cli import app
from typer.testing import CliRunner, Result


def command(*words: str, **environ: str) -> Result:
    """What the command did; away from an event loop, since it runs one of its own."""
    return CliRunner().invoke(app, words, env=environ)


def complaint(*words: str, **environ: str) -> str:
    """The one sentence with which the command ends."""
    done = command(*words, **environ)
    assert done.exit_code == 1, done
    assert isinstance(done.exception, SystemExit), done.exception  # and not as a traceback
    [sentence] = done.stderr.splitlines()
    return sentence
