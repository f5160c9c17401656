"""Writes spans as JSON lines to a file of bounded size, and keeps one previous file.
A span that cannot be written fails its batch; the service goes on."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import StatusCode


class SpanFile(SpanExporter):
    """Appends spans to `path`; past `file_bytes` the file becomes `<path>.1`."""

    def __init__(self, path: Path, service: str, instance: str, file_bytes: int) -> None:
        self._path = path
        self._names = {"service": service, "instance": instance}
        self._file_bytes = file_bytes
        path.parent.mkdir(parents=True, exist_ok=True)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        lines = "".join(f"{json.dumps(self._line(span))}\n" for span in spans)
        try:
            self._make_room(len(lines))
            with self._path.open("a", encoding="utf-8") as file:
                file.write(lines)
        except OSError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def _make_room(self, more_bytes: int) -> None:
        if self._path.exists() and self._path.stat().st_size + more_bytes > self._file_bytes:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))

    def _line(self, span: ReadableSpan) -> dict[str, Any]:
        context, start, end = span.context, span.start_time or 0, span.end_time or 0
        return {
            **self._names,
            "name": span.name,
            "kind": span.kind.name.lower(),
            "trace_id": f"{context.trace_id:032x}",
            "span_id": f"{context.span_id:016x}",
            "parent_id": f"{span.parent.span_id:016x}" if span.parent else None,
            "started_ns": start,
            "duration_us": (end - start) // 1000,
            "failed": span.status.status_code is StatusCode.ERROR,
            "attributes": dict(span.attributes or {}),
        }
