"""Logging: structlog, one JSON object or readable line per event; each carries run, pipeline, item and url if known.

Worker processes write to the same place as their parent, with the run and item for which they work. What libraries
warn of is logged as `library`.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offing import redaction
from offing.private import make_private

if TYPE_CHECKING:  # importing takes two tenths of a second, which a process that logs nothing saves
    from structlog.types import EventDict

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
STDERR = "-"
_TRACE = "exception"


class LogFormat(StrEnum):
    """What a line looks like: for programs, or for people at a terminal."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least important lines that are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """The level as the standard library counts."""
        return int(getattr(logging, self.name))


@dataclass(frozen=True, slots=True)
class LogSetup:
    """Where lines go (a file, `-` for stderr, None for nowhere), what they look like, and which are written."""

    target: str | None = None
    format: LogFormat = LogFormat.JSON
    level: LogLevel = LogLevel.INFO


_in_use = [LogSetup()]
_for_whom: ContextVar[Mapping[str, Any]] = ContextVar("for_whom", default={})  # noqa: B039 -- never changed in place


def redact(text: str) -> str:
    """Return the text without credentials and without control characters that could forge a line."""
    return redaction.redact(_CONTROL.sub(" ", text))


def _redacted(_: Any, __: str, event: EventDict) -> EventDict:
    """Redact every value, nested ones too; only tracebacks keep their line breaks."""
    clean: dict[str, Any] = _of_one_line(
        redaction.redacted({k: v for k, v in event.items() if k != _TRACE}, by_name=True)
    )
    if _TRACE in event:
        clean[_TRACE] = redaction.redact(_encodable(str(event[_TRACE])))
    return clean


def _of_one_line(value: Any) -> Any:
    """A value whose texts, at any depth, hold no control characters and nothing that cannot be written to a file."""
    if isinstance(value, str):
        return _CONTROL.sub(" ", _encodable(value))
    if isinstance(value, dict):
        return {_of_one_line(key): _of_one_line(inner) for key, inner in value.items()}
    return [_of_one_line(inner) for inner in value] if isinstance(value, list) else value


def _encodable(text: str) -> str:
    """Return the text with lone surrogates escaped; a page may contain them, a file cannot."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class LogFile(logging.FileHandler):
    """A log file that never stops work: what a full or read-only disk rejects is lost, and `lost` says why.

    A newly created one is readable by its owner only.
    """

    lost = ""

    def _open(self) -> TextIOWrapper:
        """Open the file; called for the first line."""
        make_private(self.baseFilename)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; the first one opens the file."""
        try:
            super().emit(record)
        except OSError as error:
            self._lose(error)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's name
        """Called when a line could not be written."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._lose(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Close the file; unwritten lines may be lost."""
        try:
            super().close()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        self.lost = self.lost or f"the log {self.baseFilename} cannot be written to ({error.strerror}): see to its disk"


def lost() -> str:
    """Return why log lines were lost, as a sentence; empty if none were."""
    handlers = logging.getLogger("offing").handlers
    return next((each.lost for each in handlers if isinstance(each, LogFile) and each.lost), "")


class _FromLibraries(logging.Handler):
    """Passes on what libraries warn of, which would otherwise be printed on stderr without run, item or format."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log one warning as a line of ours."""
        get_logger().log(
            record.levelno, "library", library=record.name, said=record.getMessage(), exc_info=record.exc_info
        )


def set_up(target: Path | str | None, form: LogFormat | None = None, level: LogLevel | None = None) -> None:
    """Send log lines to a file, to stderr (`-`), or nowhere (None). May be called again.

    Args:
        target: where they go.
        form: what they look like; None leaves it as it is.
        level: the least important ones that are written; None leaves it as it is.
    """
    now = _in_use[0]
    begin(LogSetup(None if target is None else str(target), form or now.format, level or now.level))


def begin(setup: LogSetup) -> None:
    """Log as described from now on, in a worker process as its parent does."""
    _in_use[0] = setup
    root, others = logging.getLogger("offing"), logging.getLogger()
    for logger in (root, others):
        for old in [each for each in logger.handlers if logger is root or isinstance(each, _FromLibraries)]:
            logger.removeHandler(old)
            old.close()
    handler: logging.Handler = logging.NullHandler()
    if setup.target == STDERR:
        handler = logging.StreamHandler(sys.stderr)
    elif setup.target is not None:
        handler = LogFile(setup.target, encoding="utf-8", delay=True)
    root.addHandler(handler)
    root.setLevel(setup.level.number)
    root.propagate = False
    if setup.target is not None:
        others.addHandler(_FromLibraries(max(logging.WARNING, setup.level.number)))
    if "structlog" in sys.modules:
        _configure()


def in_use() -> LogSetup:
    """Return how this process logs."""
    return _in_use[0]


def context() -> dict[str, Any]:
    """Return what is bound for lines of this task, to be bound in another process too."""
    if "structlog" not in sys.modules:
        return {}
    import structlog

    return structlog.contextvars.get_contextvars()


@contextmanager
def working_for(whom: Mapping[str, Any]) -> Iterator[None]:
    """Put what `context` returned elsewhere on each line that is written meanwhile; structlog is not needed for it."""
    token = _for_whom.set(whom)
    try:
        yield
    finally:
        _for_whom.reset(token)


def _with_whom(_: Any, __: str, event: EventDict) -> EventDict:
    return {**_for_whom.get(), **event}


def _configure() -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_whom,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redacted,
            _renderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_in_use[0].level.number),
        logger_factory=lambda *_: logging.getLogger("offing"),
        cache_logger_on_first_use=False,
    )


def _renderer() -> Any:
    """Return what makes a line of an event; colours only on a terminal."""
    import structlog

    if _in_use[0].format is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    coloured = _in_use[0].target == STDERR and sys.stderr.isatty()
    return structlog.dev.ConsoleRenderer(
        colors=coloured, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
    )


def get_logger() -> Any:
    """Return the logger.

    Bind run, pipeline, feed and url with `structlog.contextvars`. Silent until `set_up` is called.
    """
    import structlog

    if not structlog.is_configured():
        if not logging.getLogger("offing").handlers:
            set_up(None)
        _configure()
    return structlog.get_logger()
