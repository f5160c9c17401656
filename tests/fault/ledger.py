"""Counts what was done to a system and what came of it, over all scenarios of a run: the sentence
at the end and the report as JSON. Refuses to count what did not happen."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.fault.invariants import Finding


@dataclass(frozen=True)
class Fault:
    """Something that was done to a running part; seconds since the scenario began."""

    what: str
    part: str
    after_seconds: float


@dataclass(frozen=True)
class Measure:
    """The slowest of a kind. Whether it met its target says as much of the machine as of the
    product, so it is told and judged by people."""

    name: str
    value: float
    unit: str
    target: float | None

    @property
    def ok(self) -> bool:
        """Whether it met its target, if it has one."""
        return self.target is None or self.value <= self.target

    @property
    def text(self) -> str:
        """The row in a few words."""
        missed = "" if self.ok else f" (target {self.target:g})"
        return f"{self.name} {self.value:g} {self.unit}{missed}"


@dataclass
class Account:
    """One scenario: what was done, what was looked at, and what was found."""

    scenario: str
    faults: list[Fault] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)
    measured: dict[str, Measure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def measure(
        self, name: str, value: float, target: float | None = None, unit: str = "s"
    ) -> None:
        """A row of the report: the slowest of its kind, and its target on a quiet machine."""
        known = self.measured.get(name)
        slowest = round(max(value, known.value if known else 0), 2)
        self.measured[name] = Measure(name, slowest, unit, target)

    @property
    def line(self) -> str:
        """What was done and measured, for people."""
        measured = (row.text for row in self.measured.values())
        seen = f"{self.looked_at.get('records', 0)} records"
        return ", ".join([f"{self.scenario:<4} {len(self.faults):>3} faults", seen, *measured])


@dataclass
class Ledger:
    """All scenarios of a run."""

    seed: int
    accounts: list[Account] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each kind."""
        return Counter(one.kind for account in self.accounts for one in account.findings)

    @property
    def sentence(self) -> str:
        """What people want to know."""
        faults = sum(len(account.faults) for account in self.accounts)
        counts = self.counts
        wrong = f", {counts['wrong']} otherwise wrong" if counts["wrong"] else ""
        return (
            f"{faults} faults, {counts['lost']} lost, {counts['duplicated']} duplicated, "
            f"{counts['applied out of order']} applied out of order{wrong}"
        )

    def write(self, path: Path) -> None:
        """The whole account, for programs."""
        report: dict[str, Any] = {
            "seed": self.seed,
            "sentence": self.sentence,
            "scenarios": [asdict(account) for account in self.accounts],
            "times": [
                {"scenario": account.scenario, **asdict(row), "ok": row.ok}
                for account in self.accounts
                for row in account.measured.values()
            ],
        }
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
