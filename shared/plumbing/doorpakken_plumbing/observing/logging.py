"""Logging: one JSON object a line on stdout, with service, instance and correlation id.
Removes personal data: known keys are dropped, addresses masked, errors logged without message.
Limits the Kafka client, which logs the same line some hundred times a second."""

import logging
import re
import sys
import traceback
from collections import defaultdict
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from doorpakken_plumbing.observing.tracing import correlation_id
from doorpakken_plumbing.observing.waiting import Seldom

PERSONAL = frozenset(
    {
        *(
            "name",
            "email",
            "phone",
            "address",
            "to",
            "recipient",
            "recipients",
            "subject",
            "person",
        ),
        *("body", "text", "html", "value", "payload", "reason_text", "form", "query", "referer"),
        *("token", "link", "cookie", "authorization", "password", "secret", "uri", "key"),
    }
)
LIBRARY_LEVEL = logging.WARNING
TALKATIVE = "aiokafka"
FRAMES_MAX = 12
# An e-mail address, and the login in a database URI; matched only from the start of a word.
_ADDRESS = re.compile(r"(?<![^\s@/:<>\"'])[^\s@/:<>\"']+(?::[^\s@/]{0,256})?@[^\s@/,<>\"']+")


def configure_logging(service: str, instance: str, level: str) -> None:
    shared = [_names(service, instance), *_PROCESSORS]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(_level(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_library_formatter(shared))
    handler.addFilter(SeldomTheSame())
    logging.basicConfig(handlers=[handler], level=LIBRARY_LEVEL, force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"


class SeldomTheSame(logging.Filter):
    """Passes each log statement of the Kafka client at growing intervals, and all other records."""

    def __init__(self) -> None:
        super().__init__()
        self._said: defaultdict[tuple[str, int], Seldom] = defaultdict(Seldom)

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(TALKATIVE):
            return True
        return self._said[record.pathname, record.lineno].is_due()


def drop_personal(logger: Any, method: str, event: EventDict) -> EventDict:
    return {
        name: _ADDRESS.sub("…@…", value) if isinstance(value, str) and "@" in value else value
        for name, value in event.items()
        if name not in PERSONAL
    }


def tell_errors(logger: Any, method: str, event: EventDict) -> EventDict:
    """Replaces an exception by class names and places; its message may quote user input."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = [type(one).__name__ for one in _chain(error)]
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-FRAMES_MAX:]
        ]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while len(chain) < 5 and (cause := chain[-1].__cause__ or chain[-1].__context__):
        chain.append(cause)
    return chain


def _add_correlation(logger: Any, method: str, event: EventDict) -> EventDict:
    if found := correlation_id():
        event.setdefault("correlation_id", found)
    return event


_PROCESSORS: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _add_correlation,
    tell_errors,
    drop_personal,
)


def _names(service: str, instance: str) -> Processor:
    def add_names(logger: Any, method: str, event: EventDict) -> EventDict:
        event["service"] = service
        event["instance"] = instance
        return event

    return add_names


def _library_formatter(shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, _take_exception, *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def _take_exception(logger: Any, method: str, event: EventDict) -> EventDict:
    # The formatter would print the message of an exception that it finds in the record.
    record: logging.LogRecord = event["_record"]
    event["exc_info"], record.exc_info, record.exc_text = record.exc_info, None, None
    return event


def _level(name: str) -> int:
    return logging.getLevelNamesMapping()[name.upper()]
