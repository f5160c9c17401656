"""One JSON object a line on stdout, with service, instance and the request's correlation id.
Refuses personal data: known keys are dropped, addresses masked, errors told without message.
Refuses the Kafka client's flood: it tells the same some hundred times a second."""

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
# An e-mail address, and the login in a database's address; begun only where a word begins.
_ADDRESS = re.compile(r"(?<![^\s@/:<>\"'])[^\s@/:<>\"']+(?::[^\s@/]{0,256})?@[^\s@/,<>\"']+")


def configure_logging(service: str, instance: str, level: str) -> None:
    """Sends our log lines, and those of the libraries, to stdout in one form."""
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
    """Lets each line of the Kafka client's code speak ever more seldom; all others as they like."""

    def __init__(self) -> None:
        super().__init__()
        self._said: defaultdict[tuple[str, int], Seldom] = defaultdict(Seldom)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is told."""
        if not record.name.startswith(TALKATIVE):
            return True
        return self._said[record.pathname, record.lineno].is_due()


def drop_personal(logger: Any, method: str, event: EventDict) -> EventDict:
    """Leaves out what could name or reach somebody, and masks addresses in all text."""
    return {
        name: _ADDRESS.sub("…@…", value) if isinstance(value, str) and "@" in value else value
        for name, value in event.items()
        if name not in PERSONAL
    }


def tell_errors(logger: Any, method: str, event: EventDict) -> EventDict:
    """Replaces an exception by its classes and places; messages quote what people typed."""
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
    """The error and what caused it, at most five."""
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
    """The exception of a library's record, before the formatter would print its message."""
    record: logging.LogRecord = event["_record"]
    event["exc_info"], record.exc_info, record.exc_text = record.exc_info, None, None
    return event


def _level(name: str) -> int:
    return logging.getLevelNamesMapping()[name.upper()]
