"""`make contracts` writes the contracts; `python -m doorpakken_events.contracts release NAME`
also freezes the schemas as a version that later ones may not break, and refuses one that does."""

import sys

from doorpakken_events.contracts.files import FOLDER, stale, write
from doorpakken_events.contracts.released import release


def main(arguments: list[str]) -> None:
    changed = stale(FOLDER)
    write(FOLDER)
    sys.stdout.write(f"{len(changed)} contract files written in {FOLDER}\n")
    if arguments[:1] == ["release"] and len(arguments) == 2:
        release(FOLDER, arguments[1])


if __name__ == "__main__":
    main(sys.argv[1:])
