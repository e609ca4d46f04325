"""Logging: structlog, one JSON object per line; each carries run, pipeline, feed and url if known."""

from __future__ import annotations

import logging
import re
import sys
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


def set_up(target: Path | str | None) -> None:
    """Send log lines to a file, to stderr (`-`), or nowhere (None). May be called again."""
    root = logging.getLogger("offing")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    handler: logging.Handler = logging.NullHandler()
    if target == STDERR:
        handler = logging.StreamHandler(sys.stderr)
    elif target is not None:
        handler = LogFile(target, encoding="utf-8", delay=True)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    if "structlog" in sys.modules:
        _configure()


def _configure() -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redacted,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: logging.getLogger("offing"),
        cache_logger_on_first_use=False,
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
