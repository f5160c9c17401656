"""What a bench found, as rows of name, value, unit, target and ok: printed, and written as JSON."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One figure; `target` is text such as `>= 0.7`, empty where the figure is only told."""

    name: str
    value: float
    unit: str
    target: str = ""
    ok: bool = True


def at_least(name: str, value: float, unit: str, least: float) -> Row:
    """A figure that should not be smaller."""
    return Row(name, value, unit, f">= {least:g}", value >= least)


def at_most(name: str, value: float, unit: str, most: float) -> Row:
    """A figure that should not be larger."""
    return Row(name, value, unit, f"<= {most:g}", value <= most)


def tell(rows: list[Row], path: Path | None) -> bool:
    """Prints the rows and writes them where a path is given; whether all are ok."""
    for row in rows:
        mark = "ok" if row.ok else "MISSED"
        sys.stdout.write(
            f"{row.name:<52} {row.value:>10.2f} {row.unit:<6} {row.target:<8} {mark}\n"
        )
    if path:
        text = json.dumps([asdict(row) for row in rows], indent=2)
        path.write_text(f"{text}\n", encoding="utf-8")
    return all(row.ok for row in rows)
