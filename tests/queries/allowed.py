"""What `allowed.toml` says: which fields never have many documents with one value, and which
queries may be slow; each with its reason."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

FILE = Path(__file__).with_name("allowed.toml")


@dataclass(frozen=True)
class Allowed:
    """Reasons by `owner.collection.field` or `owner.collection`, in which a `*` is anything, and by
    the name of the query."""

    small: Mapping[str, str] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Self:
        """As it is committed."""
        rows = tomllib.loads(FILE.read_text())
        return cls(rows.get("small", {}), rows.get("queries", {}))

    def excuses(self, query: str) -> bool:
        """Whether a query may be slow."""
        return any(_fits(query, pattern) for pattern in self.queries)

    def is_small(self, *name: str) -> bool:
        """Whether a field (owner, collection, field) or a collection never has many."""
        whole = ".".join(name)
        return any(_fits(whole, pattern) for pattern in self.small)


def _fits(name: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name) is not None
