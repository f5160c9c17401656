"""Prints foreseen errors as one sentence on stderr, with exit code 1. Unforeseen errors keep their
traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from doorpakken_plumbing.kafka.admin import AdminRefused
from doorpakken_plumbing.kafka.integrations import IntegrationRefused
from doorpakken_plumbing.mongo.admin import MongodNotReady

from doorpakken_local.commands.compose_env import NotWritten
from doorpakken_local.commands.display import complain
from doorpakken_local.commands.domain_clock import NotATime
from doorpakken_local.commands.down import NotStopped
from doorpakken_local.commands.events_tail import NoSuchTopic
from doorpakken_local.credentials import Unreadable
from doorpakken_local.folder import FolderInUse, FolderUnfit
from doorpakken_local.infrastructure import NotConfigured
from doorpakken_local.kafka_jars import JarsNotFetched
from doorpakken_local.mongod import NoEmbeddedMongod
from doorpakken_local.owner import NotAnswered
from doorpakken_local.ports import PortTaken
from doorpakken_local.processes import PartFailed
from doorpakken_local.public_address import NoAddress
from doorpakken_local.state import NotRunning

FORESEEN = (
    AdminRefused,
    FolderInUse,
    FolderUnfit,
    JarsNotFetched,
    IntegrationRefused,
    MongodNotReady,
    NoAddress,
    NoEmbeddedMongod,
    NoSuchTopic,
    NotATime,
    NotAnswered,
    NotConfigured,
    NotRunning,
    NotStopped,
    NotWritten,
    PartFailed,
    PortTaken,
    Unreadable,
)

# Advice to the user for each error of the operating system.
ADVICE = {
    errno.ENOSPC: "Make room on the disk, or choose another folder with --data-dir.",
    errno.EDQUOT: "Make room on the disk, or choose another folder with --data-dir.",
    errno.EROFS: "Choose a folder that can be written to with --data-dir.",
    errno.EACCES: "Choose a folder that you may write to with --data-dir.",
    errno.EPERM: "Choose a folder that you may write to with --data-dir.",
    errno.ENOTDIR: "Choose a folder, and not a file, with --data-dir.",
    errno.EEXIST: "Choose a folder, and not a file, with --data-dir.",
}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Print FORESEEN exceptions and OSErrors with ADVICE on stderr and exit with code 1."""
    try:
        yield
    except FORESEEN as trouble:
        complain(str(trouble))
        raise typer.Exit(1) from trouble
    except BrokenPipeError:
        # The reader of the output has exited (`events tail | head`), so this is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as trouble:
        if trouble.errno not in ADVICE:
            raise
        complain(f"{trouble.filename or 'The disk'}: {trouble.strerror}. {ADVICE[trouble.errno]}")
        raise typer.Exit(1) from trouble
