"""Python loads this by itself in a service that a test starts with this folder on its path: the
product is broken in the one way that MUTANT names, before the service begins."""

import os

from broken import MUTANTS  # type: ignore[import-not-found]  # beside it, on the service's path

MUTANTS[os.environ["MUTANT"]]()
